/**
 * The mean of the rows of a matrix, in float64.
 *
 * @param rows `(count, dimension)`, row-major, count >= 1.
 * @param dimension Columns.
 * @returns `(dimension)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...meanRow(Float32Array.of(1, 2, 3, 6), 2)], [2, 4]);
 * ```
 */
export function meanRow(rows: Float32Array, dimension: number): Float64Array {
  const sums = new Float64Array(dimension);
  for (let at = 0; at < rows.length; at += dimension) {
    for (let k = 0; k < dimension; k++) sums[k]! += rows[at + k]!;
  }
  return sums.map((sum) => sum * dimension / rows.length);
}
