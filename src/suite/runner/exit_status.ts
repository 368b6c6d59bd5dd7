import { exitStatus } from "../../errors.ts";
import { isUnexpected } from "./judge_cells.ts";
import type { Results } from "./results.ts";
import type { FailedJob } from "./run_jobs.ts";

/**
 * The exit status that finished results stand for: the first that applies of 1 (a verdict that is not the
 * expected one, a moved baseline or digest, a failed job), 3 (data missing or damaged) and 0. Smoke runs on
 * stand-ins by design, so they do not count there; nor do cells of an earlier run, which the results keep.
 *
 * @param results The judged results.
 * @param failures The failed jobs; one that could not read its data counts as damaged data.
 * @param asked Whether a cell was asked for; every one by default.
 */
export function exitStatusOfResults(
  results: Results,
  failures: readonly FailedJob[] = [],
  asked: (reproduction: string, cell: string) => boolean = () => true,
): number {
  const modules = results.modules.map((module) => {
    return { ...module, cells: module.cells.filter(({ id }) => asked(module.id, id)) };
  }).filter(({ cells }) => cells.length > 0);
  const some = (is: (cell: Results["modules"][number]["cells"][number]) => boolean) =>
    modules.some(({ cells }) => cells.some(is));
  const moved = modules.some(({ digestVerdict }) => digestVerdict === "moved") ||
    some(({ baseline }) => baseline?.verdict === "moved");
  const faults = failures.filter(({ error }) => error !== "DataError");
  if (some(isUnexpected) || moved || faults.length > 0) return exitStatus.unexpected;
  const isMissing = results.profile !== "smoke" && some(({ verdict }) => verdict === "stand-in");
  return failures.length > 0 || isMissing ? exitStatus.data : exitStatus.ok;
}
