import { UsageError } from "../../errors.ts";
import type { Machine } from "./environment.ts";
import type { Environment } from "./results.ts";

/**
 * Where and when a merged run took place. It lasted from the start of its first shard to the end of its last, the time
 * between them included and that of merging not. Processors and systems are those of the shards; of their threads
 * and cores the most that one had, since shards may have shared a machine; of V8's flags all that one had. The commit is the one that the merged run is judged with.
 *
 * @param shards The environments of the shards.
 * @param machine The machine that merges, with the Deno and instruction set of the shards.
 * @throws {UsageError} Where a shard says no time.
 */
export function mergedEnvironment(
  shards: readonly Environment[],
  machine: Machine,
): Omit<Environment, "data"> {
  const starts = shards.map(({ startedAt }) => Date.parse(startedAt));
  const start = Math.min(...starts);
  const end = Math.max(...shards.map(endTime));
  if (!Number.isFinite(new Date(start).getTime()) || !Number.isFinite(new Date(end).getTime())) {
    throw new UsageError(
      "Cannot merge: results.json of a shard says no time: run that shard again into the same folder, finished jobs are kept",
    );
  }
  const v8Flags = [...new Set(shards.flatMap(({ v8Flags = [] }) => v8Flags))].sort();
  const { v8Flags: _ofMerging, ...merging } = machine;
  const distinct = (of: (shard: Environment) => string) => [...new Set(shards.map(of))].sort().join(", ");
  return {
    ...merging,
    ...(v8Flags.length === 0 ? {} : { v8Flags }),
    threads: Math.max(...shards.map(({ threads }) => threads)),
    cores: Math.max(...shards.map(({ cores }) => cores)),
    cpu: distinct(({ cpu }) => cpu),
    os: distinct(({ os }) => os),
    startedAt: new Date(start).toISOString(),
    elapsedMs: end - start,
  };
}

/**
 * When a run ended: ms since 1970.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(endTime({ startedAt: "1970-01-01T00:00:01Z", elapsedMs: 500 }), 1500);
 * ```
 */
export function endTime({ startedAt, elapsedMs }: Pick<Environment, "startedAt" | "elapsedMs">): number {
  return Date.parse(startedAt) + elapsedMs;
}
