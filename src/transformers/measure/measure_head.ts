import { catchMass } from "../attention/catch_mass.ts";
import { explainedBySinks, type ExplainedShare } from "../attention/explained_by_sinks.ts";
import { findSinks } from "../attention/find_sinks.ts";
import { lagNull } from "../attention/lag_null.ts";
import { receivedAttention } from "../attention/received_attention.ts";
import type { HeadTrace } from "../model/layer_trace.ts";

/** What keys receive in one attention map, over those that have at least T/4 later queries. */
export interface Received {
  /** The largest average attention on a key. */
  readonly largest: number;
  /** The key that receives it. */
  readonly position: number;
  /** Positions of the keys above 0.2: the sinks of Zhang, Khan and Papyan. */
  readonly sinks: readonly number[];
  /** What delimiters receive on average over what all keys do; `null` where there is no delimiter. */
  readonly delimiterLift: number | null;
}

/** One head on one window. */
export interface HeadMeasurement extends Received {
  readonly window: number;
  readonly layer: number;
  readonly head: number;
  /** The same in the null that keeps the lags of the head alone. */
  readonly lagNull: Received;
  /** Attention that the sinks catch; `null` where there is none. */
  readonly catchMass: number | null;
  /** Variance of the outputs in the span of the values of the sinks; `null` where there is none. */
  readonly tagShare: ExplainedShare | null;
}

/**
 * Measures sinks, catch and tag of one head (Zhang, Khan and Papyan, arXiv 2502.00919, sections 2 and 3.2) on one window.
 *
 * @param trace The head.
 * @param delimiters `(T)`: which tokens are delimiters.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = Float64Array.of(1, 0, 0, 0, 0.5, 0.5, 0, 0, 0.5, 0.25, 0.25, 0, 0.5, 0.25, 0, 0.25);
 * const vectors = { values: Float64Array.of(1, 2, 3, 4), outputs: Float64Array.of(4, 3, 2, 1), dimension: 1 };
 * const trace = { window: 0, layer: 0, head: 0, map: { length: 4, weights }, ...vectors };
 * const { largest, sinks, delimiterLift, catchMass } = measureHead(trace, [true, false, false, false]);
 * assertEquals([largest, sinks, delimiterLift, catchMass], [0.5, [0, 1], 2, (0.5 + 0.75 + 0.75) / 3]);
 * ```
 */
export function measureHead(trace: HeadTrace, delimiters: readonly boolean[]): HeadMeasurement {
  const { window, layer, head, map } = trace;
  const received = receivedIn(map, delimiters);
  const { sinks } = received;
  return {
    window,
    layer,
    head,
    ...received,
    lagNull: receivedIn(lagNull(map), delimiters),
    catchMass: sinks.length === 0 ? null : catchMass(map, sinks),
    tagShare: sinks.length === 0 ? null : explainedBySinks(trace, sinks),
  };
}

function receivedIn(map: HeadTrace["map"], delimiters: readonly boolean[]): Received {
  const { length } = map;
  const laterQueries = length / 4;
  const counted = receivedAttention(map).filter((_, key) => length - 1 - key >= laterQueries);
  const position = counted.indexOf(counted.reduce((a, b) => Math.max(a, b), -Infinity));
  const onDelimiters = counted.filter((_, key) => delimiters[key]);
  return {
    largest: counted[position] ?? NaN,
    position,
    sinks: findSinks(map, { laterQueries }),
    delimiterLift: onDelimiters.length === 0 ? null : mean(onDelimiters) / mean(counted),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
