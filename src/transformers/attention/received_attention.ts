import { type AttentionMap, checkAttentionMap } from "./attention_map.ts";

/**
 * The average attention that each key receives from the queries after it:
 *
 *     received[j] = 1 / (T - 1 - j) sum over i > j of A[i][j]
 *
 * This is the average of the sink rule of Zhang, Khan and Papyan (arXiv 2502.00919, section 2), which does not say over
 * which queries it is taken; a query before j cannot attend to j, and j itself is left out, since every token may
 * attend to itself.
 *
 * @param map Attention of one head.
 * @returns `(T)`; the last is NaN, since no query comes after it.
 * @throws {RangeError} Where the map has no `(T, T)` weights.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = Float64Array.of(1, 0, 0, 0.5, 0.5, 0, 0.25, 0.75, 0);
 * assertEquals(Array.from(receivedAttention({ length: 3, weights })), [0.375, 0.75, NaN]);
 * ```
 */
export function receivedAttention(map: AttentionMap): Float64Array {
  checkAttentionMap("measure received attention", map);
  const { length, weights } = map;
  const received = new Float64Array(length);
  for (let i = 1; i < length; i++) {
    for (let j = 0; j < i; j++) received[j]! += weights[i * length + j]!;
  }
  return received.map((sum, j) => sum / (length - 1 - j));
}
