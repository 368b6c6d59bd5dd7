import { type AttentionMap, checkAttentionMap, checkPositions } from "./attention_map.ts";

/**
 * How much attention sinks catch: the mean over the queries after the first sink of the weight on all sinks before
 * the query,
 *
 *     catch = mean over i > min(S) of sum over s in S, s < i of A[i][s]
 *
 * For one sink it is its received attention. Zhang, Khan and Papyan (arXiv 2502.00919, sections 3.1 and 7) show the catch as
 * a picture; in the first layer of their averaging network it is 1.
 *
 * @param map Attention of one head.
 * @param sinks Positions of the sinks, one at least, each once.
 * @returns In [0, 1]; NaN where no query comes after the first sink.
 * @throws {RangeError} Where the map has no `(T, T)` weights, or a sink is no position or there is none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = Float64Array.of(1, 0, 0, 0.5, 0.5, 0, 0.25, 0.5, 0.25);
 * assertEquals(catchMass({ length: 3, weights }, [0]), 0.375);
 * assertEquals(catchMass({ length: 3, weights }, [0, 1]), 0.625);
 * ```
 */
export function catchMass(map: AttentionMap, sinks: readonly number[]): number {
  checkAttentionMap("measure the catch mass", map);
  checkPositions("measure the catch mass", sinks, map.length);
  if (sinks.length === 0) throw new RangeError("Cannot measure the catch mass: there must be a sink");
  const first = sinks.reduce((a, b) => Math.min(a, b));
  let sum = 0;
  for (let i = first + 1; i < map.length; i++) {
    for (const sink of sinks) if (sink < i) sum += map.weights[i * map.length + sink]!;
  }
  return sum / (map.length - 1 - first);
}
