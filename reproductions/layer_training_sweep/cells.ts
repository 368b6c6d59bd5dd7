/**
 * The cells: what is claimed of the accuracies of a sweep, of trajectories and of dichotomies.
 *
 * @module
 */
import { power } from "../../src/numeric/linalg/power.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { errorDifference, perSeed } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import { rankCorrelation } from "../../src/numeric/statistics/rank_correlation.ts";
import { dichotomies, trajectories } from "./protocol.ts";
import type { DichotomyResult, SweepResult, TrajectoryResult } from "./run.ts";

/** Sweeps of one setting, one a seed. */
type Sweeps = readonly Job<SweepResult>[];

/** The claims of Figures 6 and 7 on a line of sweeps: accuracy falls from layer to layer, and the first lies above the last. */
export function orderCells(line: string, sweeps: Sweeps): Cell[] {
  return [
    cell(
      `${line}/spearman-train`,
      sweeps,
      (found) => worst(found, ({ train }) => correlationWithLayer(train)),
    ),
    cell(`${line}/spearman-test`, sweeps, (found) => worst(found, ({ test }) => correlationWithLayer(test))),
    cell(`${line}/gap`, sweeps, measureGap),
  ];
}

/** That no accuracy rises from a layer to the next, on either set. */
export function stepCell(line: string, sweeps: Sweeps): Cell {
  return cell(
    `${line}/largest-step-up`,
    sweeps,
    (found) => worst(found, ({ train, test }) => Math.max(stepUp(train), stepUp(test))),
  );
}

/** The claims where one open choice is another: on the test set alone. */
export function robustnessCells(variant: string, sweeps: Sweeps): Cell[] {
  return [
    cell(
      `robustness/${variant}/spearman`,
      sweeps,
      (found) => worst(found, ({ test }) => correlationWithLayer(test)),
    ),
    cell(`robustness/${variant}/gap`, sweeps, measureGap),
  ];
}

/** The growth of length by a layer, of each family. */
export function trajectoryCells(jobs: readonly Job<TrajectoryResult>[]): Cell[] {
  return trajectories.families.map(({ weightVariance, width }, family) =>
    cell(
      `trajectory/variance=${weightVariance}/width=${width}`,
      jobs,
      (found) => perSeed(found.map(({ families }) => growth(families[family]!.lengths))),
    )
  );
}

/** The order and growth of the number of dichotomies with the remaining depth, and how it depends on the total depth. */
export function dichotomyCells(jobs: readonly Job<DichotomyResult>[]): Cell[] {
  const curves = (found: readonly DichotomyResult[]) =>
    found.map(({ numbers }) => remainingDepths.map((remaining) => numberAt(numbers, remaining)));
  return [
    cell(
      "dichotomies/spearman",
      jobs,
      (found) => perSeed(curves(found).map((curve) => rankCorrelation(remainingDepths, curve))),
    ),
    cell("dichotomies/growth", jobs, (found) => perSeed(curves(found).map(growth))),
    cell("dichotomies/depth-spread", jobs, (found) => ({ values: [depthSpread(found)] })),
  ];
}

/** What holds for every seed where it holds for the worst of them. */
function worst(found: readonly SweepResult[], measure: (result: SweepResult) => number): Measurement {
  return { values: [Math.max(...found.map(measure))] };
}

/** Spearman's correlation of the trained layer and the accuracy. */
function correlationWithLayer(accuracies: readonly number[]): number {
  return rankCorrelation(accuracies.map((_, layer) => layer), accuracies);
}

/** The largest gain of accuracy from one layer to the next, in points. */
function stepUp(accuracies: readonly number[]): number {
  return 100 * Math.max(...accuracies.slice(1).map((accuracy, i) => accuracy - accuracies[i]!));
}

/** How far the first layer lies above the last, in points on the test set; both networks of a seed see the same digits. */
function measureGap(found: readonly SweepResult[]): Measurement {
  const { values } = perSeed(found.map(({ test }) => 100 * (test[0]! - test.at(-1)!)));
  const first = found.map(({ mistakes }) => mistakes[0]!);
  const last = found.map(({ mistakes }) => mistakes.at(-1)!);
  return { ...errorDifference(first, last, "seed"), values };
}

/** The mean growth by a step of a curve; the mean of the ratios would weigh short trajectories more. */
function growth(curve: readonly number[]): number {
  return power(curve.at(-1)! / curve[0]!, 1 / (curve.length - 1));
}

/** The remaining depths that some of the networks have. */
const remainingDepths: readonly number[] = Array.from(
  { length: Math.max(...dichotomies.depths) },
  (_, remaining) => remaining,
);

/** The mean number of dichotomies at a remaining depth, over networks of one depth or of all that have it. */
function numberAt(numbers: DichotomyResult["numbers"], remaining: number, depth?: number): number {
  const matching = numbers.filter((number) =>
    number.remaining === remaining && (depth ?? number.depth) === number.depth
  );
  return mean(matching.map(({ count }) => count));
}

/**
 * How far the number depends on the depth of the whole network: the mean distance, in per cent, of the numbers at one
 * depth from those at all depths, over remaining depths that several depths have. Taken over all seeds at once, since
 * the noise of single networks would count as distance.
 */
function depthSpread(found: readonly DichotomyResult[]): number {
  const numbers = found.flatMap(({ numbers }) => numbers);
  const distances = remainingDepths.flatMap((remaining) => {
    const depths = dichotomies.depths.filter((depth) => remaining < depth);
    if (depths.length < 2) return [];
    const all = numberAt(numbers, remaining);
    return depths.map((depth) => Math.abs(numberAt(numbers, remaining, depth) / all - 1));
  });
  return 100 * mean(distances);
}
