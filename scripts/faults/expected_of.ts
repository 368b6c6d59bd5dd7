import { UsageError } from "../../src/errors.ts";
import { readResults } from "../read_results.ts";
import { startRun } from "./run_process.ts";
import { valuesOf } from "./values_of.ts";

/** What an undisturbed run of a module gives, and in what time. */
export interface Expected {
  /** What {@linkcode valuesOf} says of it. */
  readonly expected: string;
  readonly undisturbedMs: number;
}

/**
 * What an undisturbed run gives: from a results.json, or run now.
 *
 * @param module The id of the module.
 * @param args What comes behind `deno task reproduce`, without the output folder.
 * @param out The output folder of a run that is made for this.
 * @param reference A results.json of the same run that was made before; `undefined` for none.
 * @throws {UsageError} Where the module is not in the reference.
 */
export async function expectedOf(
  module: string,
  args: readonly string[],
  out: string,
  reference: string | undefined,
): Promise<Expected> {
  if (reference === undefined) await startRun([...args, "--out", out]).outcome;
  const path = reference ?? `${out}/results.json`;
  const results = readResults(path);
  const undisturbedMs = results.modules.find(({ id }) => id === module)?.elapsedMs;
  if (undisturbedMs === undefined) throw new UsageError(`Cannot use ${path}: ${module} is not in it`);
  return { expected: valuesOf(results, module), undisturbedMs };
}
