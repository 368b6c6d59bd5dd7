import { addProduct } from "../../compute/linalg/multiply_transposed.ts";
import { runningBackend } from "../../compute/tfjs/running_backend.ts";
import type { LabelledFeatures } from "../labelled_features.ts";
import { centredRows, covariance } from "./moment_memory.ts";
import type { ClassMoments } from "./within_class_covariance.ts";

/** Blocks of rows that are left out in turn, all of one size and with the classes in the same shares. */
export interface Blocks {
  /** Into how many the rows of each class are dealt out, one after the other. */
  readonly blocks: number;
  /** How many of them are left out in turn, from the first on: all of them, or fewer to save time. */
  readonly leftOut: number;
}

/**
 * The moments of features without one block of rows, for one block after the other.
 *
 * Row j of a class belongs to block j modulo `blocks`, so that rows which stand side by side fall into different blocks. The last
 * rows of a class, fewer than there are blocks, belong to none: all blocks of a class have the same size, and every result the same
 * number of rows. What a block adds to the covariance is taken off again, in float64: the products of its rows around the means of
 * all rows, and what the means move by. That costs what the covariance of all rows costs, all blocks together.
 *
 * @param data The features.
 * @param whole The moments of all rows.
 * @param choice The blocks.
 * @throws {RangeError} Where blocks are fewer than two, or more than the rows of a class; or where fewer than two are left out, or
 * more than there are.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { classFeatures } from "./class_features.ts";
 * import { withinClassCovariance } from "./within_class_covariance.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const data = { features: Float32Array.of(0, 2, 4, 6), dimension: 1, labels: new Uint8Array(4), classes: 1 };
 * const whole = withinClassCovariance(classFeatures(data));
 * const [first] = momentsWithoutBlock(data, whole, { blocks: 2, leftOut: 2 });
 * // Of 2 and 6.
 * assertEquals([first!.means[0]![0], first!.within[0]!.toFixed(12)], [4, "4.000000000000"]);
 * backend.dispose();
 * ```
 */
export function* momentsWithoutBlock(
  data: LabelledFeatures,
  whole: ClassMoments,
  { blocks, leftOut }: Blocks,
): Generator<ClassMoments> {
  const { dimension: d, classes } = data;
  const { means, counts } = whole;
  checkBlocks({ blocks, leftOut }, Math.min(...counts));
  const rows = Array.from({ length: classes }, (_, label) => rowsOf(label, data.labels));
  const sizes = counts.map((count) => Math.floor(count / blocks));
  const left = counts.map((count, label) => count - sizes[label]!);

  // Sigma_W has a class with 1 / (C n_y); without a block of it that becomes 1 / (C n_y'). Where the blocks hold all rows the two
  // differ by one factor for all classes; a class with rows of no block gets less.
  const factor = blocks / (blocks - 1);
  const base = subtractProducts(
    whole.within.map((value) => value * factor),
    rows.flatMap((own, label) => {
      if (counts[label]! % blocks === 0) return [];
      const surplus = (factor / counts[label]! - 1 / left[label]!) / classes;
      return [deviations(data, own, means[label]!, Math.sqrt(surplus))];
    }),
    d,
  );
  for (let block = 0; block < leftOut; block++) {
    const moved: Float64Array[] = [];
    const pieces = rows.flatMap((own, label) => {
      const members = own.filter((_, j) => j % blocks === block && j < blocks * sizes[label]!);
      const piece = deviations(data, members, means[label]!, 1 / Math.sqrt(left[label]! * classes));
      const sum = columnSums(piece, d);
      // The sum over the rows that are left is the negative of this one, and their mean moves by it.
      const scale = Math.sqrt(left[label]! * classes) / left[label]!;
      moved.push(means[label]!.map((value, k) => value - scale * sum[k]!));
      const ofMean = sum.map((value) => value / Math.sqrt(left[label]!));
      return [piece, ofMean];
    });
    yield { means: moved, within: subtractProducts(base, pieces, d), counts: left };
  }
}

function checkBlocks({ blocks, leftOut }: Blocks, smallestClass: number): void {
  if (!Number.isInteger(blocks) || blocks < 2 || blocks > smallestClass) {
    throw new RangeError(
      `Cannot leave out blocks of rows: the blocks must be whole and from 2 to the rows of the smallest class, ${smallestClass}: ` +
        `current value is ${blocks}`,
    );
  }
  if (!Number.isInteger(leftOut) || leftOut < 2 || leftOut > blocks) {
    throw new RangeError(
      `Cannot leave out blocks of rows: those left out must be whole and from 2 to all ${blocks}: current value is ${leftOut}`,
    );
  }
}

/** The numbers of the rows of a class. */
function rowsOf(label: number, labels: Uint8Array): number[] {
  return Array.from(labels.keys()).filter((row) => labels[row] === label);
}

/** Chosen rows less a mean, times a number: `(chosen, d)`. */
function deviations(
  { features, dimension: d }: LabelledFeatures,
  chosen: readonly number[],
  mean: Float64Array,
  scale: number,
): Float64Array {
  const result = new Float64Array(chosen.length * d);
  for (const [i, row] of chosen.entries()) {
    for (let k = 0; k < d; k++) result[i * d + k] = (features[row * d + k]! - mean[k]!) * scale;
  }
  return result;
}

function columnSums(rows: Float64Array, d: number): Float64Array {
  const sums = new Float64Array(d);
  for (let at = 0; at < rows.length; at += d) {
    for (let k = 0; k < d; k++) sums[k]! += rows[at + k]!;
  }
  return sums;
}

/** A covariance less the products of rows; its diagonal, which is nowhere below 0, is kept there where rounding leaves it. */
function subtractProducts(
  matrix: Float64Array,
  pieces: readonly Float64Array[],
  d: number,
): Float64Array {
  const running = runningBackend();
  const { pool } = running;
  const result = covariance.place(pool, matrix);
  for (const piece of pieces) {
    const x = centredRows.place(pool, piece);
    const sides = { steps: piece.length / d, rows: d, columns: d, xStride: d, yStride: d, stride: d };
    addProduct(running, { x, y: x, result, ...sides, upper: true, subtract: true });
  }
  const rest = pool.doubles(result, d * d).slice();
  for (let k = 0; k < d; k++) rest[k * d + k] = Math.max(0, rest[k * d + k]!);
  return rest;
}
