import type { AttentionMap } from "./attention_map.ts";
import { receivedAttention } from "./received_attention.ts";

/** When a key is a sink. */
export interface SinkRule {
  /** The average received attention that a sink exceeds; 0.2 by default. */
  readonly threshold?: number;
  /** How many queries must come after it; a quarter of the sequence by default. */
  readonly laterQueries?: number;
}

/**
 * The attention sinks of a head: keys whose average attention, received from the queries after them, exceeds 0.2
 * (Zhang, Khan and Papyan, arXiv 2502.00919, section 2). A key near the end has few queries after it and exceeds any
 * threshold by the attention that every token gives to its neighbours, so a sink must have at least T/4 of them.
 *
 * @param map Attention of one head.
 * @param rule Threshold and number of later queries.
 * @returns The positions of the sinks, rising.
 * @throws {RangeError} Where the map has no `(T, T)` weights, or fewer than one later query is asked for.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = Float64Array.of(1, 0, 0, 0, 0.9, 0.1, 0, 0, 0.8, 0.1, 0.1, 0, 0.5, 0, 0.4, 0.1);
 * assertEquals(findSinks({ length: 4, weights }), [0, 2]);
 * assertEquals(findSinks({ length: 4, weights }, { laterQueries: 2 }), [0]);
 * ```
 */
export function findSinks(
  map: AttentionMap,
  { threshold = 0.2, laterQueries = map.length / 4 }: SinkRule = {},
): number[] {
  if (!(laterQueries > 0)) {
    throw new RangeError(
      `Cannot find sinks: the number of later queries must be > 0: current value is ${laterQueries}`,
    );
  }
  const received = receivedAttention(map);
  return Array.from(received.keys()).filter((j) =>
    received[j]! > threshold && map.length - 1 - j >= laterQueries
  );
}
