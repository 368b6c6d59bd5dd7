import { type AttentionMap, checkAttentionMap, checkPositions } from "./attention_map.ts";

/**
 * Of each token the sink that it attends to: the key of its largest weight where that is a sink (Zhang, Khan and
 * Papyan, arXiv 2502.00919, section 3.2: tokens cluster by the sink that they attended to).
 *
 * @param map Attention of one head.
 * @param sinks Positions of the sinks.
 * @returns `(T)`: the position of the sink, or -1 where the token attends most to a key that is none.
 * @throws {RangeError} Where the map has no `(T, T)` weights, or a sink is no position.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = Float64Array.of(1, 0, 0, 0.1, 0.9, 0, 0.1, 0.7, 0.2);
 * assertEquals(Array.from(groupByAttendedSink({ length: 3, weights }, [1])), [-1, 1, 1]);
 * ```
 */
export function groupByAttendedSink(map: AttentionMap, sinks: readonly number[]): Int32Array {
  checkAttentionMap("group tokens by sink", map);
  checkPositions("group tokens by sink", sinks, map.length);
  return Int32Array.from({ length: map.length }, (_, i) => {
    let most = 0;
    for (let j = 1; j <= i; j++) {
      if (map.weights[i * map.length + j]! > map.weights[i * map.length + most]!) most = j;
    }
    return sinks.includes(most) ? most : -1;
  });
}
