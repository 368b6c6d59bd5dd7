import type { HeadMeasurement } from "./measure_head.ts";

/** What all heads show together. */
export interface AttentionSummary {
  /** The head and key of the largest received attention. */
  readonly most: Pick<HeadMeasurement, "window" | "layer" | "head" | "largest" | "position">;
  /** The largest received attention in the lag nulls. */
  readonly nullLargest: number;
  /** Sinks of all heads on a window, on average. */
  readonly sinks: number;
  /** The same in the lag nulls. */
  readonly nullSinks: number;
  /** Delimiter lift, averaged over the heads and windows that hold a delimiter; NaN where none does. */
  readonly delimiterLift: number;
  /** The same in the lag nulls. */
  readonly nullDelimiterLift: number;
}

/**
 * Summarises heads.
 *
 * @param heads One at least.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const none = { largest: 0.1, position: 0, sinks: [], delimiterLift: null };
 * const head = { window: 0, layer: 0, head: 0, lagNull: none, catchMass: null, tagShare: null };
 * const summary = summariseAttention([
 *   { ...head, largest: 0.3, position: 5, sinks: [5], delimiterLift: 2 },
 *   { ...head, window: 1, ...none },
 * ]);
 * assertEquals([summary.most.position, summary.sinks, summary.delimiterLift], [5, 0.5, 2]);
 * ```
 */
export function summariseAttention(heads: readonly HeadMeasurement[]): AttentionSummary {
  const most = heads.reduce((a, b) => b.largest > a.largest ? b : a);
  const windows = new Set(heads.map(({ window }) => window)).size;
  const mean = (values: readonly (number | null)[]) => {
    const there = values.filter((value) => value !== null);
    return there.reduce((a, b) => a + b, 0) / there.length;
  };
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    most: {
      window: most.window,
      layer: most.layer,
      head: most.head,
      largest: most.largest,
      position: most.position,
    },
    nullLargest: heads.reduce((largest, { lagNull }) => Math.max(largest, lagNull.largest), 0),
    sinks: total(heads.map(({ sinks }) => sinks.length)) / windows,
    nullSinks: total(heads.map(({ lagNull }) => lagNull.sinks.length)) / windows,
    delimiterLift: mean(heads.map(({ delimiterLift }) => delimiterLift)),
    nullDelimiterLift: mean(heads.map(({ lagNull }) => lagNull.delimiterLift)),
  };
}
