import type { ReproductionResult } from "../runner/results.ts";

/**
 * How long something took, in a unit that leaves few digits.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([12_345, 750_000, 21_000_000].map(formatDuration), ["12.3 s", "12.5 min", "5.8 h"]);
 * ```
 */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const minutes = seconds / 60;
  return minutes < 100 ? `${minutes.toFixed(1)} min` : `${(minutes / 60).toFixed(1)} h`;
}

/**
 * How long a run was busy with a reproduction, beside how long its jobs computed in all, whenever they did: the two differ where
 * results came from the cache and where jobs ran side by side.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatTimes({ elapsedMs: 1000, computeMs: 90_000 }), "1.0 s in this run, 90.0 s of computing");
 * assertEquals(formatTimes({ elapsedMs: 0, computeMs: 90_000 }), "all from the cache, 90.0 s of computing");
 * assertEquals(formatTimes({ elapsedMs: 0, computeMs: 0 }), "no job has finished here");
 * ```
 */
export function formatTimes(
  { elapsedMs, computeMs }: Pick<ReproductionResult, "elapsedMs" | "computeMs">,
): string {
  if (computeMs === 0) {
    return elapsedMs === 0 ? "no job has finished here" : `${formatDuration(elapsedMs)} in this run`;
  }
  const here = elapsedMs === 0 ? "all from the cache" : `${formatDuration(elapsedMs)} in this run`;
  return `${here}, ${formatDuration(computeMs)} of computing`;
}
