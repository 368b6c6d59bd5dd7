/**
 * Ridge regression with a strength that is chosen on the training data.
 *
 * @module
 */

/** Strengths that are tried, relative to the number of training rows. */
const strengths = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];

/** The share of the training rows on which the strength is chosen. */
const heldOut = 1 / 4;

/**
 * The R^2 on test rows of ridge regressions of each target from standardised features.
 *
 * @param rows Features, one row an item.
 * @param targets One row an item.
 * @param training How many of the first items are learned from; the others are tested on.
 * @returns One R^2 a target; of the mean of the test rows it is 0.
 */
export function ridgeScores(
  rows: readonly Float64Array[],
  targets: readonly (readonly number[])[],
  training: number,
): number[] {
  const learned = Math.round(training * (1 - heldOut));
  const range = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i);
  const choosing = new DualRidge(standardise(rows, learned), range(0, learned), range(learned, training));
  const judging = new DualRidge(
    standardise(rows, training),
    range(0, training),
    range(training, rows.length),
  );
  const trials = strengths.map((strength) => choosing.scores(targets, strength));
  return targets[0]!.map((_, target) => {
    const scores = trials.map((trial) => trial[target]!);
    const best = strengths[scores.indexOf(Math.max(...scores))]!;
    return judging.scores(targets, best)[target]!;
  });
}

/** Features of mean 0 and variance 1 over the first rows; constant ones become 0. */
function standardise(rows: readonly Float64Array[], count: number): Float64Array[] {
  const width = rows[0]!.length;
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  for (const row of rows.slice(0, count)) row.forEach((value, i) => mean[i]! += value / count);
  for (const row of rows.slice(0, count)) {
    row.forEach((value, i) => scale[i]! += (value - mean[i]!) ** 2 / count);
  }
  return rows.map((row) =>
    row.map((value, i) => scale[i]! > 1e-20 ? (value - mean[i]!) / Math.sqrt(scale[i]!) : 0)
  );
}

/** Ridge regression by the products of rows: there are fewer of them than features. */
class DualRidge {
  readonly #learned: readonly number[];
  readonly #tested: readonly number[];
  readonly #kernel: Float64Array[];
  readonly #across: Float64Array[];

  constructor(rows: readonly Float64Array[], learned: readonly number[], tested: readonly number[]) {
    this.#learned = learned;
    this.#tested = tested;
    const width = rows[0]!.length;
    const products = (from: readonly number[]) =>
      from.map((a) => Float64Array.from(learned, (b) => dot(rows[a]!, rows[b]!) / width));
    this.#kernel = products(learned);
    this.#across = products(tested);
  }

  /** R^2 on the tested rows, one a target. */
  scores(targets: readonly (readonly number[])[], strength: number): number[] {
    const count = this.#learned.length;
    const factor = cholesky(
      this.#kernel.map((row, i) => row.map((value, j) => i === j ? value + strength * count : value)),
    );
    return targets[0]!.map((_, target) => {
      const values = this.#learned.map((item) => targets[item]![target]!);
      const level = values.reduce((sum, value) => sum + value, 0) / count;
      const weights = solve(factor, Float64Array.from(values, (value) => value - level));
      const truth = this.#tested.map((item) => targets[item]![target]!);
      const centre = truth.reduce((sum, value) => sum + value, 0) / truth.length;
      let residual = 0;
      let total = 0;
      for (const [i, value] of truth.entries()) {
        residual += (value - level - dot(this.#across[i]!, weights)) ** 2;
        total += (value - centre) ** 2;
      }
      return 1 - residual / total;
    });
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The lower triangle whose product with its transpose is a positive definite matrix. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const rows = matrix.map((row) => row.slice());
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = rows[i]![j]!;
      for (let k = 0; k < j; k++) sum -= rows[i]![k]! * rows[j]![k]!;
      rows[i]![j] = i === j ? Math.sqrt(sum) : sum / rows[j]![j]!;
    }
  }
  return rows;
}

function solve(factor: readonly Float64Array[], values: Float64Array): Float64Array {
  const x = values.slice();
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i]![k]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[k]![i]! * x[k]!;
    x[i]! /= factor[i]![i]!;
  }
  return x;
}
