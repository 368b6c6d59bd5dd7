import { type RunningBackend, runningBackend } from "../tfjs/running_backend.ts";
import { addProduct } from "./multiply_transposed.ts";
import { leftMemory } from "./operand_memory.ts";

/** Rows of the factor that are found before the rest of the matrix is updated. */
const blockSize = 64;

/** A factor of a symmetric positive semi-definite matrix. */
export interface PivotedCholesky {
  /** Rows of the factor: pivots above the cut. */
  readonly rank: number;
  /** U (rank, n), row-major, upper triangular: the transpose of U times U is the permuted matrix. */
  readonly factor: Float64Array;
  /** Row and column i of the permuted matrix are row and column pivots[i] of the given one. */
  readonly pivots: Uint32Array;
}

/**
 * Cholesky factor with complete pivoting (Higham, Accuracy and Stability of Numerical Algorithms, section 10.3; the
 * blocks are LAPACK's dpstrf), stopped at the numerical rank. The updates run on every thread of the wasm backend.
 *
 * @param matrix (n, n), symmetric; only its upper half is read. It is not changed.
 * @param n Side.
 * @param cut A pivot at most `cut` times the largest diagonal element ends the factor.
 * @param on The backend whose threads compute: the current one, where it is not given.
 * @returns The factor, its rank and the order of the pivots.
 * @throws {RangeError} Where the matrix is not n by n, has a value that is not finite, or a negative diagonal.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const { rank, factor, pivots } = pivotedCholesky(Float64Array.of(1, 2, 2, 4), 2, 1e-10);
 * assertEquals([rank, Array.from(factor), Array.from(pivots)], [1, [2, 1], [1, 0]]);
 * backend.dispose();
 * ```
 */
export function pivotedCholesky(
  matrix: Float64Array,
  n: number,
  cut: number,
  on: RunningBackend = runningBackend(),
): PivotedCholesky {
  if (matrix.length !== n * n) {
    throw new RangeError(`Cannot use ${matrix.length} values as a matrix of side ${n}`);
  }
  if (!matrix.every(Number.isFinite)) {
    throw new RangeError("Cannot factor a matrix with values that are not finite");
  }
  const pointer = leftMemory.place(on.pool, matrix);
  const a = on.pool.doubles(pointer, n * n);
  const pivots = Uint32Array.from({ length: n }, (_, i) => i);
  const remaining = Float64Array.from({ length: n }, (_, i) => a[i * n + i]!);
  const largest = remaining.reduce((a, b) => Math.max(a, b), 0);
  if (remaining.some((value) => value < 0)) {
    throw new RangeError("Cannot factor a matrix with a negative diagonal: it is not positive semi-definite");
  }
  let rank = 0;
  for (let block = 0; block < n && rank === block; block += blockSize) {
    const end = Math.min(n, block + blockSize);
    for (; rank < end; rank++) {
      const pivot = largestFrom(remaining, rank);
      if (remaining[pivot]! <= cut * largest) break;
      exchange(a, n, rank, pivot);
      swap(pivots, rank, pivot);
      swap(remaining, rank, pivot);
      factorRow(a, n, block, rank, remaining);
    }
    if (rank === end && end < n) {
      const rest = n - end;
      const corner = pointer + (end * n + end) * 8;
      const rows = pointer + (block * n + end) * 8;
      const sides = { steps: end - block, rows: rest, columns: rest, xStride: n, yStride: n, stride: n };
      addProduct(on, { x: rows, y: rows, result: corner, ...sides, subtract: true, upper: true });
    }
  }
  const factor = a.slice(0, rank * n);
  for (let i = 0; i < rank; i++) factor.fill(0, i * n, i * n + i);
  return { rank, factor, pivots };
}

/** Finishes row j of the factor, with the rows of its block before it, and takes it off the diagonal. */
function factorRow(a: Float64Array, n: number, block: number, j: number, remaining: Float64Array): void {
  const diagonal = Math.sqrt(remaining[j]!);
  const row = a.subarray(j * n, (j + 1) * n);
  for (let k = block; k < j; k++) {
    const above = a.subarray(k * n, (k + 1) * n);
    const factor = above[j]!;
    for (let i = j + 1; i < n; i++) row[i]! -= factor * above[i]!;
  }
  row[j] = diagonal;
  for (let i = j + 1; i < n; i++) {
    row[i]! /= diagonal;
    remaining[i]! -= row[i]! ** 2;
  }
}

function largestFrom(values: Float64Array, first: number): number {
  let best = first;
  for (let i = first + 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Exchanges rows and columns i < j of a symmetric matrix of which only the upper half is kept. */
function exchange(a: Float64Array, n: number, i: number, j: number): void {
  if (i === j) return;
  for (let k = 0; k < i; k++) swap(a, k * n + i, k * n + j);
  for (let k = i + 1; k < j; k++) swap(a, i * n + k, k * n + j);
  for (let k = j + 1; k < n; k++) swap(a, i * n + k, j * n + k);
  swap(a, i * n + i, j * n + j);
}

function swap(values: Float64Array | Uint32Array, p: number, q: number): void {
  const kept = values[p]!;
  values[p] = values[q]!;
  values[q] = kept;
}
