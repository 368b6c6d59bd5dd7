import { UsageError } from "../../src/errors.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";
import { startRun } from "./run_process.ts";
import { measuredValues } from "./measured_values.ts";

/** What an undisturbed run of a reproduction gives, and in what time. */
export interface UndisturbedRun {
  /** What {@linkcode measuredValues} says of it. */
  readonly expected: string;
  readonly undisturbedMs: number;
}

/**
 * What an undisturbed run gives: from a results.json, or run now.
 *
 * @param reproduction The id of the reproduction.
 * @param args What comes behind `deno task reproduce`, without the output folder.
 * @param out The output folder of a run that is made for this.
 * @param reference A results.json of the same run that was made before; `undefined` for none.
 * @throws {UsageError} Where the reproduction is not in the reference.
 */
export async function undisturbedRun(
  reproduction: string,
  args: readonly string[],
  out: string,
  reference: string | undefined,
): Promise<UndisturbedRun> {
  if (reference === undefined) await startRun([...args, "--out", out]).outcome;
  const path = reference ?? `${out}/results.json`;
  const results = readResults(path);
  const undisturbedMs = results.modules.find(({ id }) => id === reproduction)?.elapsedMs;
  if (undisturbedMs === undefined) throw new UsageError(`Cannot use ${path}: ${reproduction} is not in it`);
  return { expected: measuredValues(results, reproduction), undisturbedMs };
}
