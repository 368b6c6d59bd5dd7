import type { Mistakes } from "../../src/classify/mistakes.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import type { OrthonormalWavelet } from "../../src/numeric/wavelets/orthonormal_wavelet.ts";
import { errorRate } from "../../src/suite/error_rates.ts";
import type { Measurement } from "../../src/suite/reproduction.ts";
import { layerName, mistakesBehind, nonlinearitiesOf } from "./cells.ts";
import type { FixedLayer } from "./method/layers.ts";
import type { LayerRun } from "./run.ts";

/** Training sets as jobs name them, and how many images each has where that is one axis. */
export const trainingSets: readonly { readonly name: string; readonly n: number | null }[] = [
  { name: "mnist/n=1000", n: 1000 },
  { name: "mnist/n=10000", n: 10_000 },
  { name: "mnist/n=60000", n: 60_000 },
  { name: "cifar10", n: null },
];

/** The id of the job that learns from a sample of a training set. */
export function learningJobId(trainingSet: string, wavelet: OrthonormalWavelet | null, draw: number): string {
  return `${trainingSet}/${wavelet ?? "pixels"}/draw=${draw}`;
}

/** A mean with its standard error. */
export interface Estimate {
  /** The mean. */
  readonly value: number;
  /** 0 where there is none. */
  readonly standardError: number;
}

/** A measurement as a figure shows it. */
export function estimate({ values, standardError }: Measurement): Estimate {
  return { value: mean(values), standardError: standardError ?? standardErrorOfMean(values) ?? 0 };
}

/** Test errors in per cent of every layer behind which something was learnt, by training set. */
export interface ErrorTable {
  /** The names of the training sets that there are. */
  readonly columns: readonly string[];
  /** One a layer, in the order of the first column that has it. */
  readonly rows: readonly { readonly layer: string; readonly errors: ReadonlyMap<string, Estimate> }[];
}

/** Gathers test errors from the jobs that have finished. */
export function errorTable(
  finished: readonly { readonly job: string; readonly result: readonly LayerRun[] }[],
): ErrorTable {
  const results = new Map(finished.map(({ job, result }) => [job, [...result]]));
  const layers: FixedLayer[] = [
    { wavelet: null, nonlinearity: "identity" },
    ...(["haar", "db2", "db4"] as const).flatMap((wavelet) =>
      nonlinearitiesOf(wavelet).map((nonlinearity) => ({ wavelet, nonlinearity }))
    ),
  ];
  /** Of every sample in turn that has finished. */
  const mistakes = (trainingSet: string, layer: FixedLayer): Mistakes[] => {
    const runs: LayerRun[][] = [];
    for (let draw = 0;; draw++) {
      const run = results.get(learningJobId(trainingSet, layer.wavelet, draw));
      if (run === undefined) return mistakesBehind(runs, layer);
      runs.push(run);
    }
  };
  const rows = layers.map((layer) => ({
    layer: layerName(layer),
    errors: new Map(
      trainingSets.flatMap(({ name }) => {
        const found = mistakes(name, layer);
        return found.length === 0 ? [] : [[name, estimate(errorRate(found, "draw"))] as const];
      }),
    ),
  })).filter(({ errors }) => errors.size > 0);
  return {
    columns: trainingSets.map(({ name }) => name).filter((name) =>
      rows.some(({ errors }) => errors.has(name))
    ),
    rows,
  };
}
