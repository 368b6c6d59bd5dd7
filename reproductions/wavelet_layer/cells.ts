/**
 * The cells: ids, and how each is measured from the jobs.
 *
 * @module
 */
import { type Mistakes, wrongItems } from "../../src/classify/mistakes.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { OrthonormalWavelet } from "../../src/numeric/wavelets/orthonormal_wavelet.ts";
import { difference, errorDifference, errorRate } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import type { FixedLayer, Nonlinearity } from "./method/layers.ts";
import type { RepresentationName } from "./method/representations.ts";
import { nameOf, transformations } from "./method/transformations.ts";
import type { InvarianceRun, LayerRun, WeightDistances } from "./run.ts";

/** The jobs of a training size or a data set: of pixels, and of each wavelet, a sample each. */
export interface LearningJobs {
  /** Nothing but the pixels. */
  readonly pixels: readonly Job<LayerRun[]>[];
  /** By wavelet. */
  readonly wavelets: Readonly<Partial<Record<OrthonormalWavelet, readonly Job<LayerRun[]>[]>>>;
}

/** The wavelet whose coefficients stand for all of them where a cell is of none in particular. */
export const plainWavelet: OrthonormalWavelet = "db2";

/** The wavelet behind which the slide's thresholds are not measured: it tells nothing that db2 does not. */
const withoutPrinted: OrthonormalWavelet = "db4";

/** What is learnt from the coefficients of a wavelet. */
export function nonlinearitiesOf(wavelet: OrthonormalWavelet): Nonlinearity[] {
  return [
    ...wavelet === plainWavelet ? ["identity" as const] : [],
    "hard",
    "soft",
    "abs",
    "split",
    ...wavelet === withoutPrinted ? [] : ["printed-hard" as const, "printed-soft" as const],
  ];
}

/** A layer in cells: `hard-db2`, or `pixels`. */
export function layerName({ wavelet, nonlinearity }: FixedLayer): string {
  return wavelet === null ? "pixels" : `${nonlinearity === "identity" ? "wavelet" : nonlinearity}-${wavelet}`;
}

/** The cells of one size of training sets of MNIST. */
export function digitCells(n: number, jobs: LearningJobs): Cell[] {
  const { compare, gain, wavelets } = comparisons(jobs);
  const pixels: FixedLayer = { wavelet: null, nonlinearity: "identity" };
  const table = `mnist/n=${n}`;
  return [
    compare(`${table}/wavelet-pixels`, { wavelet: plainWavelet, nonlinearity: "identity" }, pixels),
    ...wavelets.flatMap((wavelet) => [
      ...(["hard", "soft"] as const).map((nonlinearity) =>
        compare(`${table}/${nonlinearity}-${wavelet}`, { wavelet, nonlinearity }, pixels)
      ),
      ...(["abs", "split"] as const).map((nonlinearity) =>
        gain(`${table}/${nonlinearity}-${wavelet}`, { wavelet, nonlinearity }, pixels)
      ),
      ...wavelet === withoutPrinted ? [] : printedOrders(table, wavelet, compare),
    ]),
    ...wavelets.includes("haar")
      ? [compare(
        `order/${table}/abs-db2-haar`,
        { wavelet: "db2", nonlinearity: "abs" },
        { wavelet: "haar", nonlinearity: "abs" },
      )]
      : [],
  ];
}

/** The cells of CIFAR-10. */
export function photographCells(jobs: LearningJobs): Cell[] {
  const { compare } = comparisons(jobs);
  const pixels: FixedLayer = { wavelet: null, nonlinearity: "identity" };
  const wavelet = plainWavelet;
  return [
    compare("cifar10/wavelet-pixels", { wavelet, nonlinearity: "identity" }, pixels),
    ...(["hard", "soft", "abs", "split"] as const).map((nonlinearity) =>
      compare(`cifar10/${nonlinearity}-${wavelet}`, { wavelet, nonlinearity }, pixels)
    ),
    ...printedOrders("cifar10", wavelet, compare),
  ];
}

type Compare = (id: string, lower: FixedLayer, upper: FixedLayer) => Cell;

/** The thresholds as the slide prints them, against the standard ones. */
function printedOrders(table: string, wavelet: OrthonormalWavelet, compare: Compare): Cell[] {
  return (["hard", "soft"] as const).map((threshold) =>
    compare(
      `order/${table}/printed-${threshold}-${wavelet}`,
      { wavelet, nonlinearity: `printed-${threshold}` },
      { wavelet, nonlinearity: threshold },
    )
  );
}

/** What compares two layers, sample by sample. */
function comparisons(jobs: LearningJobs) {
  const of = ({ wavelet }: FixedLayer) => wavelet === null ? jobs.pixels : jobs.wavelets[wavelet]!;
  const pair =
    (measure: (lower: Mistakes[], upper: Mistakes[]) => Measurement): Compare => (id, lower, upper) =>
      cell(
        id,
        { lower: of(lower), upper: of(upper) },
        (runs) => measure(mistakesBehind(runs.lower, lower), mistakesBehind(runs.upper, upper)),
      );
  return {
    compare: pair((lower, upper) => errorDifference(lower, upper, "draw")),
    gain: pair(shareGone),
    wavelets: Object.keys(jobs.wavelets) as OrthonormalWavelet[],
  };
}

/** The mistakes of a layer in each sample. */
export function mistakesBehind(runs: readonly LayerRun[][], { nonlinearity }: FixedLayer): Mistakes[] {
  return runs.map((layers) => layers.find((run) => run.nonlinearity === nonlinearity)!.mistakes);
}

/** The share of the mistakes of `upper` that `lower` has no more; of a single run with the error of a ratio of paired items. */
function shareGone(lower: readonly Mistakes[], upper: readonly Mistakes[]): Measurement {
  const pairs = lower.map((run, i) => ratioOfMeans(wrongItems(run), wrongItems(upper[i]!)));
  const values = pairs.map(({ ratio }) => 1 - ratio);
  return values.length === 1
    ? { values, standardError: pairs[0]!.standardError, unitOfError: "test item" }
    : { values, unitOfError: "draw" };
}

/** The ratio of the means of two quantities of the same items, with its standard error to first order. */
export function ratioOfMeans(
  upper: ArrayLike<number>,
  lower: ArrayLike<number>,
): { readonly ratio: number; readonly standardError: number } {
  const n = upper.length;
  const divisor = mean(Array.from(lower));
  const ratio = mean(Array.from(upper)) / divisor;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (upper[i]! - ratio * lower[i]!) ** 2;
  return { ratio, standardError: Math.sqrt(squares / (n - 1) / n) / Math.abs(divisor) };
}

/** The jobs that measure invariance, a sample each. */
export type InvarianceJobs = Readonly<Record<RepresentationName, readonly Job<InvarianceRun>[]>>;

/** The cells of the invariance table. */
export function invarianceCells(jobs: InvarianceJobs): Cell[] {
  const lost = (name: string, representation: RepresentationName) =>
    cell(`invariance/${name}/lost/${representation}`, jobs[representation], (runs) => pointsLost(runs, name));
  const compare = (id: string, name: string, lower: RepresentationName, upper: RepresentationName) =>
    cell(
      id,
      { lower: jobs[lower], upper: jobs[upper] },
      (runs) => difference(pointsLost(runs.lower, name), pointsLost(runs.upper, name), "draw"),
    );
  const move = (name: string, representation: RepresentationName) =>
    cell(
      `invariance/${name}/move/${representation}`,
      // Samples differ in their thresholds alone; the first is taken.
      { one: jobs[representation].slice(0, 1), pixels: jobs.pixels.slice(0, 1) },
      ({ one, pixels }) => {
        const { ratio, standardError } = ratioOfMeans(one[0]!.moves[name]!, pixels[0]!.moves[name]!);
        return { values: [ratio], standardError, unitOfError: "image" };
      },
    );
  return [
    ...transformations.map(nameOf).flatMap((name) => [
      compare(`invariance/${name}/hard-pixels`, name, "hard-haar", "pixels"),
      compare(`order/invariance/${name}/scattering-hard`, name, "scattering", "hard-haar"),
    ]),
    ...(["pixels", "hard-haar", "scattering"] as const).map((representation) =>
      lost("shift=2", representation)
    ),
    lost("rotation=30", "scattering"),
    ...["shift=1", "shift=2"].flatMap((name) => [move(name, "scattering"), move(name, "hard-haar")]),
  ];
}

/** Test errors under a transformation less those without it, in points. */
export function pointsLost(runs: readonly InvarianceRun[], name: string): Measurement {
  const under = errorRate(runs.map(({ mistakes }) => mistakes[name]!), "draw");
  return difference(under, errorRate(runs.map(({ untouched }) => untouched), "draw"), "draw");
}

/** The cells of the one optimum. */
export function weightCells(jobs: readonly Job<WeightDistances>[]): Cell[] {
  return (["wavelet", "abs"] as const).map((name) =>
    cell(`identity/weights/${name}`, jobs, (distances) => ({ values: [distances[0]![name]] }))
  );
}
