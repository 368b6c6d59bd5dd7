/** What the heads of one layer made of one window. */
export interface HeadValues {
  /** `(T, T)`: row = query. */
  readonly attention: Float32Array;
  /** `(T, dimension)`. */
  readonly values: Float32Array;
  /** `(T, dimension)`: attention times values, changed in place. */
  readonly outputs: Float32Array;
  readonly dimension: number;
}

/**
 * Puts other vectors in the place of the values of some keys, for the queries after each alone: a key's own row stays as it was, and
 * attention does too.
 *
 *     z_i += sum over s in S, s < i of A[i][s] (r_i - v_s)
 *
 * with r_i = 0, or the mean value of the keys up to i that are not in S; where there is none, v_s stays.
 *
 * @param head Attention, values, and the outputs to change.
 * @param keys S.
 * @param by What takes the place of the values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const attention = Float32Array.of(1, 0, 0.5, 0.5);
 * const head = { attention, values: Float32Array.of(4, 2), outputs: Float32Array.of(4, 3), dimension: 1 };
 * replaceValues(head, [0], "zero");
 * assertEquals(head.outputs, Float32Array.of(4, 1));
 * ```
 */
export function replaceValues(
  { attention, values, outputs, dimension }: HeadValues,
  keys: readonly number[],
  by: "zero" | "mean",
): void {
  const length = values.length / dimension;
  const others = new Float64Array(dimension);
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (!keys.includes(i)) {
      for (let k = 0; k < dimension; k++) others[k]! += values[i * dimension + k]!;
      count++;
    }
    for (const key of keys) {
      if (key >= i || (by === "mean" && count === 0)) continue;
      const weight = attention[i * length + key]!;
      for (let k = 0; k < dimension; k++) {
        const replacement = by === "zero" ? 0 : others[k]! / count;
        outputs[i * dimension + k]! += weight * (replacement - values[key * dimension + k]!);
      }
    }
  }
}

/**
 * Takes from the output of every query after a key a vector of the length that the key's value adds to it, in another direction.
 *
 * @param head Attention, values, and the outputs to change.
 * @param key The key.
 * @param direction Of length 1.
 */
export function removeDirection(
  { attention, values, outputs, dimension }: HeadValues,
  key: number,
  direction: Float64Array,
): void {
  const length = values.length / dimension;
  const value = values.subarray(key * dimension, (key + 1) * dimension);
  const size = Math.sqrt(value.reduce((sum, one) => sum + one * one, 0));
  for (let i = key + 1; i < length; i++) {
    const weight = size * attention[i * length + key]!;
    for (let k = 0; k < dimension; k++) outputs[i * dimension + k]! -= weight * direction[k]!;
  }
}
