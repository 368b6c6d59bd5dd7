import { type AttentionMap, checkAttentionMap } from "./attention_map.ts";

/**
 * A map that keeps nothing of a head but how much it attends to each lag, as a null for sinks:
 *
 *     p(l)    = mean over i >= l of A[i][i - l]
 *     N[i][j] = p(i - j) / sum over l <= i of p(l)
 *
 * What the sink rule finds in N it finds by the distance of tokens alone.
 *
 * @param map Attention of one head.
 * @returns The null, whose rows sum to 1 where the head gives any attention to lags that they hold.
 * @throws {RangeError} Where the map has no `(T, T)` weights.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0);
 * const { weights: kept } = lagNull({ length: 3, weights });
 * assertEquals(Array.from(kept), [1, 0, 0, 0.75, 0.25, 0, 0, 0.75, 0.25]);
 * ```
 */
export function lagNull(map: AttentionMap): AttentionMap {
  checkAttentionMap("make the lag null", map);
  const { length, weights } = map;
  const profile = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    for (let lag = 0; lag <= i; lag++) profile[lag]! += weights[i * length + i - lag]! / (length - lag);
  }
  const kept = new Float64Array(length * length);
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum += profile[i]!;
    if (sum === 0) continue;
    for (let j = 0; j <= i; j++) kept[i * length + j] = profile[i - j]! / sum;
  }
  return { length, weights: kept };
}
