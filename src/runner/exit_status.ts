import { exitStatus } from "../errors.ts";
import type { Results } from "./results.ts";
import type { FailedJob } from "./run_jobs.ts";

/**
 * The exit status that finished results stand for: the first that applies of 1 (a verdict that is not the
 * expected one, a moved baseline or digest, a failed job), 3 (data missing or damaged) and 0. Smoke runs on
 * stand-ins by design, so they do not count there.
 *
 * @param results The judged results.
 * @param failures The failed jobs; one that could not read its data counts as damaged data.
 */
export function exitStatusOfResults(results: Results, failures: readonly FailedJob[] = []): number {
  const { unexpected, moved, standIn } = results.summary;
  const digestMoved = results.modules.some((module) => module.digestVerdict === "moved");
  const faults = failures.filter(({ error }) => error !== "DataError");
  if (unexpected > 0 || moved > 0 || digestMoved || faults.length > 0) return exitStatus.unexpected;
  if (failures.length > 0 || (standIn > 0 && results.profile !== "smoke")) return exitStatus.data;
  return exitStatus.ok;
}
