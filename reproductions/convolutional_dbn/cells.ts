/**
 * The cells of convolutional_dbn.
 *
 * @module
 */
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import { precisionDifference } from "./method/average_precision.ts";
import type { ClassName, FirstLayerRun, HigherLayerRun, PhotographRun } from "./run.ts";

/** The classes, in the paper's order. */
export const classNames: readonly ClassName[] = ["faces", "cars", "airplanes", "motorbikes"];

/** The jobs of each layer, one for each seed. */
export interface LayerJobs {
  /** The first layer. */
  readonly first: readonly Job<FirstLayerRun>[];
  /** The second layer of Kyoto's images. */
  readonly kyoto: readonly Job<HigherLayerRun>[];
  /** The second layers of classes, and the second and third one of all of them. */
  readonly photographs: Readonly<Record<ClassName | "mixture", readonly Job<PhotographRun>[]>>;
}

/** One value a seed. */
function perSeed(values: readonly number[]): Measurement {
  return { values, unitOfError: "seed" };
}

/** The middle value of an even number of values or of an odd one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function shareAbove(values: readonly number[], level: number): number {
  return 100 * values.filter((value) => value > level).length / values.length;
}

/** How Gabor-like the first bases are. */
export function firstLayerCells({ first }: LayerJobs): Cell[] {
  const measure = (id: string, value: (run: FirstLayerRun) => number) =>
    cell(id, first, (runs) => perSeed(runs.map(value)));
  return [
    measure("layer1/gabor/median", ({ r2 }) => median(r2)),
    measure("layer1/gabor/above-0.6", ({ r2 }) => shareAbove(r2, 0.6)),
    measure("layer1/gabor/above-0.8", ({ r2 }) => shareAbove(r2, 0.8)),
    measure("control/layer1/mix/above-0.8", ({ mixed }) => shareAbove(mixed, 0.8)),
  ];
}

/** What second layers reconstruct, and how much direction their bases have. */
export function secondLayerCells({ kyoto, photographs }: LayerJobs): Cell[] {
  const cellsOf = (seen: string, jobs: readonly Job[], layerOf: (result: never) => HigherLayerRun) => {
    const layers = (results: readonly unknown[]) => results.map((result) => layerOf(result as never));
    return [
      cell(
        `layer2/${seen}/reconstruction`,
        jobs,
        (results) => perSeed(layers(results).map(({ reconstruction }) => reconstruction)),
      ),
      cell(
        `layer2/${seen}/coherence`,
        jobs,
        (results) => perSeed(layers(results).map(({ coherence }) => coherence.learnt / coherence.permuted)),
      ),
    ];
  };
  return [
    ...cellsOf("kyoto", kyoto, (run: HigherLayerRun) => run),
    ...withMixture(photographs).flatMap((seen) =>
      cellsOf(seen, photographs[seen], ({ second }: PhotographRun) => second)
    ),
  ];
}

type LayerName = keyof PhotographRun["activity"];

/** The precision of one layer less that of another; of a single seed with the standard error over images. */
export function precisionOrder(
  runs: readonly PhotographRun[],
  lower: LayerName,
  upper: LayerName,
  sought?: ClassName,
): Measurement {
  const found = runs.map(({ activity }) => precisionDifference(activity[lower]!, activity[upper]!, sought));
  const values = found.map(({ value }) => value);
  return values.length === 1
    ? { values, standardError: found[0]!.standardError, unitOfError: "image" }
    : perSeed(values);
}

/** How well units find their class. */
export function precisionCells({ photographs }: LayerJobs): Cell[] {
  return [
    ...classNames.flatMap((name) => [
      cell(
        `order/ap/${name}/layer1-layer2`,
        photographs[name],
        (runs) => precisionOrder(runs, "first", "second", name),
      ),
      cell(
        `order/ap/${name}/random-layer2`,
        photographs[name],
        (runs) => precisionOrder(runs, "random", "second", name),
      ),
    ]),
    ...photographs.mixture.length === 0 ? [] : mixtureCells(photographs.mixture),
  ];
}

/** What layers of all classes together are learnt from: none where the profile leaves them out. */
function withMixture(photographs: LayerJobs["photographs"]): (ClassName | "mixture")[] {
  return photographs.mixture.length === 0 ? [...classNames] : [...classNames, "mixture"];
}

function mixtureCells(mixture: LayerJobs["photographs"]["mixture"]): Cell[] {
  return [
    cell(
      "order/mixture/layer1-layer2",
      mixture,
      (runs) => precisionOrder(runs, "first", "second"),
    ),
    cell(
      "order/mixture/layer2-layer3",
      mixture,
      (runs) => precisionOrder(runs, "second", "third"),
    ),
    cell(
      "layer3/mixture/reconstruction",
      mixture,
      (runs) => perSeed(runs.map(({ third }) => third!.reconstruction)),
    ),
  ];
}
