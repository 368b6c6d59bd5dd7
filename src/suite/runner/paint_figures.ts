import type { Figure } from "../figure.ts";
import { allowedRange } from "../golden/allowed_range.ts";
import type { FigureCell, FigureSource, Profile, Reproduction } from "../reproduction.ts";
import type { JobResults } from "./job_results.ts";
import type { PlannedJob } from "./plan_run.ts";
import type { CellResult, ReproductionResult } from "./results.ts";

/** A figure and the reproduction that it belongs to. */
export interface ReproductionFigure {
  /** The id of the reproduction. */
  readonly reproduction: string;
  readonly figure: Figure;
  /**
   * Whether it shows anything of a stand-in: of data that took the place of real ones, or of a smoke run, which computes too little
   * for any claim.
   */
  readonly standIn: boolean;
}

/** A job as figures need it. */
type FigureJob = Pick<PlannedJob, "id" | "task" | "key" | "reads">;

/**
 * The figures of a reproduction, from its finished jobs and judged cells, whether they were computed now or before.
 *
 * @throws {Error} Where two figures have the same id.
 */
export function paintFigures(
  reproduction: Reproduction,
  jobs: readonly FigureJob[],
  results: JobResults,
  { cells }: Pick<ReproductionResult, "cells">,
  profile: Profile,
): ReproductionFigure[] {
  const isStandIn = ({ reads }: FigureJob) =>
    profile === "smoke" || Object.values(reads).some(({ standIn }) => standIn);
  const isStandInCell = ({ verdict }: CellResult) => verdict === "stand-in";
  const paint = (source: FigureSource) => reproduction.figures?.(source) ?? [];
  const figures = paint(figureSource(jobs, results, cells));
  if (new Set(figures.map(({ id }) => id)).size < figures.length) {
    throw new Error(`Two figures of ${reproduction.id} have the same id`);
  }
  if (!jobs.some(isStandIn) && !cells.some(isStandInCell)) {
    return figures.map((figure) => ({ reproduction: reproduction.id, figure, standIn: false }));
  }
  // What shows nothing of a stand-in is the same figure where no stand-in has been computed.
  const withoutStandIns = figureSource(
    jobs.filter((job) => !isStandIn(job)),
    results,
    cells.map((cell) => isStandInCell(cell) ? { ...cell, measured: null } : cell),
  );
  const real = new Map(paint(withoutStandIns).map((figure) => [figure.id, JSON.stringify(figure)]));
  return figures.map((figure) => ({
    reproduction: reproduction.id,
    figure,
    standIn: real.get(figure.id) !== JSON.stringify(figure),
  }));
}

function figureSource(
  jobs: readonly FigureJob[],
  results: JobResults,
  cells: readonly CellResult[],
): FigureSource {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  return {
    finished: (task) =>
      jobs.filter((job) => job.task === task).flatMap(({ id, key }) => {
        const finished = results.get(key);
        return finished === undefined ? [] : [{ job: id, result: finished.result }];
      }),
    cell(id) {
      const cell = byId.get(id);
      return cell === undefined ? undefined : figureCell(cell);
    },
  };
}

function figureCell(cell: CellResult): FigureCell {
  const standardError = cell.measured?.standardError ?? null;
  return {
    published: cell.published?.value ?? null,
    measured: cell.measured?.value ?? null,
    standardError,
    allowed: allowedRange(cell, standardError),
  };
}
