/**
 * The cells of the trained toys: what is taken from each run.
 *
 * @module
 */
import type { Measurement } from "../../src/reproduction.ts";
import type { ToyRun } from "./measure_toy.ts";
import type { ToyLoss, TrainingResult } from "./toy_training.ts";

/** A cell of one training. */
interface ToyCell {
  /** Whether it is measured on the solved runs alone: the others have no mechanism to look at. */
  readonly solvedAlone: boolean;
  /** Its value in one run. */
  readonly value: (run: ToyRun) => number;
}

/** The cells of a training by name. */
const cells: Readonly<Record<string, ToyCell>> = {
  // In runs of ten, as the paper counts them.
  "solved": { solvedAlone: false, value: (run) => run.solved ? 10 : 0 },
  // 1 where [SEP] is a sink, in most sequences, exactly if the run is solved.
  "sink": { solvedAlone: false, value: (run) => run.sinkShare > 0.5 === run.solved ? 1 : 0 },
  "catch": { solvedAlone: true, value: (run) => run.catch },
  "release": { solvedAlone: true, value: (run) => run.release },
  "purity": { solvedAlone: true, value: (run) => run.separation.outputs.purity },
  "silhouette": { solvedAlone: true, value: (run) => run.separation.outputs.silhouette },
  "between": { solvedAlone: true, value: (run) => run.separation.outputs.between },
  "purity-values": { solvedAlone: true, value: (run) => run.separation.values.purity },
  "silhouette-values": { solvedAlone: true, value: (run) => run.separation.values.silhouette },
  "silhouette-residual": { solvedAlone: true, value: (run) => run.separation.residual.silhouette },
  "tag-share": { solvedAlone: true, value: (run) => run.tagShare },
};

/**
 * The ids of the cells of a training.
 *
 * @param solvedAlone Whether to name those that need a solved run too.
 */
export function toyCells(loss: ToyLoss, solvedAlone: boolean): string[] {
  return Object.entries(cells)
    .filter(([_, cell]) => solvedAlone || !cell.solvedAlone)
    .map(([name]) => `toy/${loss}/${name}`);
}

/** Measures `toy/<loss>/<name>`: one value for each run, or each solved run. */
export function measureToyCell(cell: string, results: readonly TrainingResult[]): Measurement {
  const { solvedAlone, value } = cells[cell.slice(cell.lastIndexOf("/") + 1)]!;
  const runs = results.flatMap((result) => result.runs).filter((run) => run.solved || !solvedAlone);
  return { values: runs.map(value), unitOfError: "seed" };
}
