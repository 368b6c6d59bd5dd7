import { rankCorrelation } from "../../src/expressivity/rank_correlation.ts";
import { power } from "../../src/linalg/power.ts";
import type { Measurement } from "../../src/reproduction.ts";
import { type DichotomyResult, meanOf, type TrajectoryResult } from "./companions.ts";
import { remainingDepths, trajectoryCell } from "./protocol.ts";
import type { SweepResult } from "./sweep.ts";

/** What a job found. */
export type Result = SweepResult | TrajectoryResult | DichotomyResult;

/** Measures a cell from the results of all its jobs: one a seed, all of one experiment. */
export function measureCell(cell: string, results: readonly Result[]): Measurement {
  const what = cell.slice(cell.lastIndexOf("/") + 1);
  if (cell.startsWith("trajectory/")) {
    return perSeed(results.map((result) => growthOf(result as TrajectoryResult, cell)));
  }
  if (cell.startsWith("dichotomies/")) return measureDichotomies(what, results as readonly DichotomyResult[]);
  return measureSweep(cell, what, results as readonly SweepResult[]);
}

function measureSweep(cell: string, what: string, results: readonly SweepResult[]): Measurement {
  const layer = /\/layer=(\d+)\//.exec(cell);
  if (layer !== null) {
    return perSeed(results.map((result) => 100 * result[what as "train" | "test"][Number(layer[1]) - 1]!));
  }
  if (what === "gap") return perSeed(results.map(({ test }) => 100 * (test[0]! - test.at(-1)!)));
  // These hold for every seed where they hold for the worst of them.
  if (what === "largest-step-up") {
    return { values: [Math.max(...results.flatMap(({ train, test }) => [stepUp(train), stepUp(test)]))] };
  }
  const set = what === "spearman-train" ? "train" : "test";
  return { values: [Math.max(...results.map((result) => correlationWithLayer(result[set])))] };
}

/** Spearman's correlation of the trained layer and the accuracy. */
function correlationWithLayer(accuracies: readonly number[]): number {
  return rankCorrelation(accuracies.map((_, layer) => layer), accuracies);
}

/** The largest gain of accuracy from one layer to the next, in points. */
function stepUp(accuracies: readonly number[]): number {
  return 100 * Math.max(...accuracies.slice(1).map((accuracy, i) => accuracy - accuracies[i]!));
}

/** The mean growth of length by a layer: the mean of the ratios would weigh short trajectories more. */
function growthOf({ families }: TrajectoryResult, cell: string): number {
  const { lengths } = families.find(({ weightVariance, width }) => {
    return trajectoryCell(weightVariance, width) === cell;
  })!;
  return power(lengths.at(-1)! / lengths[0]!, 1 / (lengths.length - 1));
}

function measureDichotomies(what: string, results: readonly DichotomyResult[]): Measurement {
  const curves = results.map((result) => remainingDepths.map((remaining) => countAt(remaining, [result])));
  if (what === "spearman") return perSeed(curves.map((curve) => rankCorrelation(remainingDepths, curve)));
  if (what === "growth") {
    return perSeed(curves.map((curve) => power(curve.at(-1)! / curve[0]!, 1 / (curve.length - 1))));
  }
  if (what === "depth-spread") return { values: [depthSpread(results)] };
  const remaining = Number(what.slice("remaining=".length));
  return perSeed(curves.map((curve) => curve[remaining]!));
}

/** The mean number of dichotomies at a remaining depth, over networks of one depth or of all that have it. */
function countAt(remaining: number, results: readonly DichotomyResult[], depth?: number): number {
  const matching = results.flatMap(({ numbers }) => numbers).filter((number) => {
    return number.remaining === remaining && (depth ?? number.depth) === number.depth;
  });
  return meanOf(matching.map(({ count }) => count));
}

/**
 * How far the number depends on the depth of the whole network: the mean distance, in per cent, of the numbers at one
 * depth from those at all depths, over remaining depths that several depths have. Taken over all seeds at once, since
 * the noise of single networks would count as distance.
 */
function depthSpread(results: readonly DichotomyResult[]): number {
  const distances = remainingDepths.flatMap((remaining) => {
    const depths = results[0]!.numbers.filter((number) => number.remaining === remaining).map(({ depth }) =>
      depth
    );
    if (depths.length < 2) return [];
    const all = countAt(remaining, results);
    return depths.map((depth) => Math.abs(countAt(remaining, results, depth) / all - 1));
  });
  return 100 * meanOf(distances);
}

function perSeed(values: readonly number[]): Measurement {
  return { values, unitOfError: "seed" };
}
