/**
 * What the jobs of the second reproduction do.
 *
 * @module
 */
import { dirname, join } from "@std/path";
import type { Reading, RunContext, TaskInput } from "../../reproduction.ts";

/** The tasks of the reader. */
export const tasks = {
  /** The number of seeds and the bytes of a file, added up; leaves a mark that other jobs can see. */
  async sum(
    { parameters: { seeds }, reads: { file } }: TaskInput<
      { readonly seeds: number },
      { readonly file: Reading }
    >,
    { read, checkpoint }: RunContext,
  ): Promise<number> {
    await Deno.writeTextFile(markBeside(checkpoint), "");
    const contents = await Promise.all(file.files.map((name) => read({ dataset: file.dataset, name })));
    return contents.flatMap((bytes) => [...bytes]).reduce((sum, byte) => sum + byte, seeds);
  },
  /** How many threads the job may use. */
  width(_input: TaskInput<Record<never, never>, Record<never, never>>, { threads }: RunContext): number {
    return threads;
  },
};

/** The mark of a job that reads, beside the checkpoints of its run. */
export function markBeside(checkpoint: string): string {
  return join(dirname(checkpoint), "..", "read");
}
