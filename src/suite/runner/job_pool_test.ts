import { assertEquals, assertMatch } from "@std/assert";
import { isFile } from "../../files/is_file.ts";
import { inFolder } from "../../files/test_helpers.ts";
import type { JobRequest } from "./job_context.ts";
import { type JobOutcome, JobPool } from "./job_pool.ts";
import { StallWatch } from "./stall_watch.ts";

/** A job of which the pool needs no more than this. */
function jobKeptAt(checkpoint: string): JobRequest {
  return { reproduction: "toy", job: { id: "a", wide: false }, checkpoint } as unknown as JobRequest;
}

/** Runs a job on workers that never answer the first time, where processor time passes as long as `computes()`. */
async function runStalling(checkpoint: string, computes: (stalls: number) => boolean) {
  let clock = 0;
  let stalls = 0;
  const outcomes: JobOutcome[] = [];
  const pool = new JobPool(new URL("./testdata/stalling_worker.ts", import.meta.url), 1, {
    limitMs: 30,
    intervalMs: 10,
    computedMs: () => computes(stalls) ? clock += 10 : clock,
  });
  await pool.run([jobKeptAt(checkpoint)], {
    onStart: () => {},
    onShare: () => {},
    onStall: () => stalls++,
    onOutcome: (outcome) => outcomes.push(outcome),
  }, new AbortController().signal);
  return { outcome: outcomes[0]!, stalls };
}

Deno.test(
  "JobPool.run() begins a job again, on another worker, where nothing is computed any more",
  inFolder(async (folder) => {
    const checkpoint = `${folder}/checkpoint`;
    const { outcome, stalls } = await runStalling(checkpoint, (stalls) => stalls > 0 || !isFile(checkpoint));
    assertEquals(["result" in outcome && outcome.result, stalls], ["1", 1]);
  }),
);

Deno.test("JobPool.run() lets a job fail that stands still twice", async () => {
  // No file, so that no worker ever answers.
  const { outcome, stalls } = await runStalling("/dev/null", () => false);
  assertMatch("error" in outcome ? outcome.error.message : "", /^Cannot finish: its thread stands still/);
  assertEquals(stalls, 1);
});

Deno.test("JobPool.run() gives the memory of a long job back: the next one has another worker", async () => {
  const results: string[] = [];
  const pool = new JobPool(new URL("./testdata/counting_worker.ts", import.meta.url), 1);
  await pool.run(["1", "2", "10001", "4"].map(jobKeptAt), {
    onStart: () => {},
    onShare: () => {},
    onStall: () => {},
    onOutcome: (outcome) => results.push("result" in outcome ? outcome.result : outcome.error.message),
  }, new AbortController().signal);
  assertEquals(results, ["1", "2", "3", "1"]);
});

Deno.test("StallWatch tells of rest that lasts, and begins to count again where something is computed", async () => {
  const computed = [0, 0, 100, 100, 100, 100, 100];
  let looks = 0;
  const { promise, resolve } = Promise.withResolvers<number>();
  using _watch = new StallWatch(() => resolve(looks), {
    limitMs: 30,
    intervalMs: 10,
    computedMs: () => computed[Math.min(looks++, computed.length - 1)]!,
  });
  assertEquals(await promise, 6);
});
