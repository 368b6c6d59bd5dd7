/**
 * A filter with the sub-sampling that follows it, as a sparse map from one spectrum to a smaller one: where the
 * filter vanishes there is no work.
 *
 * @module
 */

/** The non-zero values of a filter, with the frequencies that they join. */
export interface FoldingFilter {
  /** Indices into the spectrum that is filtered. */
  readonly source: Int32Array;
  /** Indices into the spectrum after sub-sampling: `source` modulo the coarse grid. */
  readonly target: Int32Array;
  /** Values of the filter, over the number of aliases. */
  readonly value: Float64Array;
}

/**
 * Prepares a filter.
 *
 * @param filter Values in the Fourier domain, of shape (height, width).
 * @param height Rows of the fine grid, a multiple of `step`.
 * @param width Columns of the fine grid, a multiple of `step`.
 * @param step The sub-sampling of both axes.
 * @returns The sparse form.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { source, target, value } = foldingFilter(Float64Array.of(0, 4, 0, 8), 2, 2, 2);
 * assertEquals([[...source], [...target], [...value]], [[1, 3], [0, 0], [1, 2]]);
 * ```
 */
export function foldingFilter(
  filter: Float64Array,
  height: number,
  width: number,
  step: number,
): FoldingFilter {
  const indices = new Int32Array(filter.length);
  let count = 0;
  for (let i = 0; i < filter.length; i++) if (filter[i] !== 0) indices[count++] = i;
  const source = indices.slice(0, count);
  const coarse = { height: height / step, width: width / step };
  const target = source.map((i) =>
    (Math.floor(i / width) % coarse.height) * coarse.width + (i % width) % coarse.width
  );
  const value = new Float64Array(count);
  for (let e = 0; e < count; e++) value[e] = filter[source[e]!]! / step ** 2;
  return { source, target, value };
}

/**
 * Filters and sub-samples a spectrum.
 *
 * @param filter What {@linkcode foldingFilter} returned.
 * @param re Real parts of the spectrum.
 * @param im Imaginary parts of the spectrum.
 * @param outRe Receives real parts.
 * @param outIm Receives imaginary parts.
 * @param size The number of frequencies of the coarse grid.
 */
export function applyFoldingFilter(
  { source, target, value }: FoldingFilter,
  re: Float64Array,
  im: Float64Array,
  outRe: Float64Array,
  outIm: Float64Array,
  size: number,
): void {
  outRe.fill(0, 0, size);
  outIm.fill(0, 0, size);
  for (let e = 0; e < source.length; e++) {
    const from = source[e]!;
    const to = target[e]!;
    const factor = value[e]!;
    outRe[to] = outRe[to]! + factor * re[from]!;
    outIm[to] = outIm[to]! + factor * im[from]!;
  }
}
