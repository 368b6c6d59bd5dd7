/**
 * What the jobs of the toy reproduction do.
 *
 * @module
 */
import { UsageError } from "../../../errors.ts";
import { isFile } from "../../../files/is_file.ts";
import type { RunContext, TaskInput } from "../../reproduction.ts";
import { markBeside } from "./reader_tasks.ts";

type Parameters = { readonly i: number; readonly seeds: number };

/** The tasks of the toy. */
export const tasks = {
  async number(
    { parameters: { i, seeds } }: TaskInput<Parameters, Record<never, never>>,
    context: RunContext,
  ): Promise<number> {
    if (seeds === 2 && i === 3) throw new RangeError("Cannot run job 3: this seed makes it fail");
    if (seeds === 3 && i === 3) return NaN;
    if (seeds === 7 && i === 5) throw new UsageError("Cannot write here: make room");
    if (seeds === 4) await new Promise((resolve) => setTimeout(resolve, 300));
    if (seeds === 5) {
      context.progress(0.5);
      return context.threads;
    }
    if ((seeds === 6 || seeds === 10) && i === 3) return await countRuns(context, seeds === 10 ? 400 : 0);
    if (seeds === 8 && i === 5) return await waitForReader(context);
    const shared = await context.artifact("shared", [], () => Uint8Array.of(7));
    return shared[0]! * context.rng("toy", i).normal();
  },
};

/** Waits, fails in its first run, and finds in the second what the first one kept. */
async function countRuns({ checkpoint, progress }: RunContext, ms: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  await Deno.writeTextFile(checkpoint, "x", { append: true });
  progress(0.4);
  const { length } = await Deno.readTextFile(checkpoint);
  if (length < 2) throw new Error("Cannot finish in one run: this seed needs two");
  return length;
}

/** Ends once a job of the other reproduction has begun. */
async function waitForReader({ checkpoint }: RunContext): Promise<number> {
  const deadline = Date.now() + 20_000;
  while (!isFile(markBeside(checkpoint))) {
    if (Date.now() > deadline) {
      throw new Error("Cannot meet the reader: none of its jobs began while this one ran");
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return 1;
}
