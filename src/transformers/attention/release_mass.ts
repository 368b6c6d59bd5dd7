import { type AttentionMap, checkAttentionMap, checkPositions } from "./attention_map.ts";

/**
 * How much of its attention a query of a later layer gives to tagged tokens,
 *
 *     release = sum over j in tagged of A[query][j]
 *
 * the tags being released into the residual stream by an earlier layer (Zhang, Khan and Papyan, arXiv 2502.00919, sections 3.3 and
 * 7). In the second layer of their averaging network it is 1 for the tokens after [SEP].
 *
 * @param map Attention of one head of the later layer.
 * @param tagged Positions of the tagged tokens, each once.
 * @param query The query, the last one by default.
 * @returns In [0, 1].
 * @throws {RangeError} Where the map has no `(T, T)` weights, or one of the positions is none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = Float64Array.of(1, 0, 0, 0.5, 0.5, 0, 0.25, 0.5, 0.25);
 * assertEquals(releaseMass({ length: 3, weights }, [1, 2]), 0.75);
 * ```
 */
export function releaseMass(
  map: AttentionMap,
  tagged: readonly number[],
  query: number = map.length - 1,
): number {
  checkAttentionMap("measure the release mass", map);
  checkPositions("measure the release mass", [query, ...tagged], map.length);
  return tagged.reduce((sum, j) => sum + map.weights[query * map.length + j]!, 0);
}
