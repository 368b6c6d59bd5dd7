import { exitStatus } from "../../errors.ts";
import { isUnexpected } from "./judge_cells.ts";
import type { CellResult, Results } from "./results.ts";

/**
 * The exit status that finished results stand for: the first that applies of 1 (a verdict that is not the
 * expected one, a moved baseline or digest, a failed job), 3 (data missing or damaged) and 0. Smoke runs on
 * stand-ins by design, so they do not count there; nor do cells of an earlier run, which the results keep. A digest counts
 * where every cell that it is over was asked for. A job that could not read its data counts as damaged data.
 *
 * @param results The judged results.
 * @param asked Whether a cell was asked for; every one by default.
 */
export function exitStatusOfResults(
  { profile, modules }: Results,
  asked: (reproduction: string, cell: string) => boolean = () => true,
): number {
  const some = (is: (cell: CellResult) => boolean) =>
    modules.some(({ id, cells }) => cells.some((cell) => asked(id, cell.id) && is(cell)));
  const hasMoved = some(({ baseline }) => baseline?.verdict === "moved") ||
    modules.some(({ id, cells, digestVerdict }) =>
      digestVerdict === "moved" && cells.every((cell) => cell.measured === null || asked(id, cell.id))
    );
  const failures = modules.flatMap((module) => module.failures);
  const hasFault = failures.some(({ error }) => error !== "DataError");
  if (some(isUnexpected) || hasMoved || hasFault) return exitStatus.unexpected;
  const isMissing = profile !== "smoke" && some(({ verdict }) => verdict === "stand-in");
  return failures.length > 0 || isMissing ? exitStatus.data : exitStatus.ok;
}
