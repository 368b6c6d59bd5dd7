import { norm, scaled } from "./grid.ts";

/** What power iteration found. */
export interface LargestSingularValue {
  /** The singular value. */
  readonly value: number;
  /** The direction that is expanded by it, of norm 1. */
  readonly direction: Float64Array;
  /** The ratio ||A h|| / ||h|| after each iteration. */
  readonly trace: readonly number[];
}

/**
 * The largest singular value of a linear map by power iteration: h <- A^T A h / ||A^T A h||. The ratio ||A h|| never falls, so that
 * what is found is a lower bound of the norm at every step.
 *
 * @param normal A^T A h and ||A h||^2 of a direction of norm 1.
 * @param start Where to begin, not zero.
 * @param iterations How many steps.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const squares = Float64Array.of(9, 4, 1);
 * const normal = (h: Float64Array) => ({
 *   image: h.map((value, i) => squares[i]! * value),
 *   squaredNorm: h.reduce((sum, value, i) => sum + squares[i]! * value ** 2, 0),
 * });
 * assertAlmostEquals(largestSingularValue(normal, Float64Array.of(1, 1, 1), 30).value, 3, 1e-12);
 * ```
 */
export function largestSingularValue(
  normal: (direction: Float64Array) => { readonly image: Float64Array; readonly squaredNorm: number },
  start: Float64Array,
  iterations: number,
): LargestSingularValue {
  let direction = scaled(start, 1 / norm(start));
  const trace: number[] = [];
  let best = direction;
  for (let i = 0; i < iterations; i++) {
    const { image, squaredNorm } = normal(direction);
    trace.push(Math.sqrt(Math.max(0, squaredNorm)));
    best = direction;
    const length = norm(image);
    if (length === 0) break;
    direction = scaled(image, 1 / length);
  }
  return { value: trace.at(-1)!, direction: best, trace };
}

/** By what share the last quarter of a trace changes it. */
export function lateChange(trace: readonly number[]): number {
  const last = trace.at(-1)!;
  return Math.abs(last - trace[Math.floor(0.75 * (trace.length - 1))]!) / last;
}
