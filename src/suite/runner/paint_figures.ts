import type { Figure } from "../figure.ts";
import type { FigureSource, Reproduction } from "../reproduction.ts";
import type { JobResults } from "./job_results.ts";
import type { PlannedJob } from "./plan_run.ts";
import type { ReproductionResult } from "./results.ts";

/** A figure and the reproduction that it belongs to. */
export interface ReproductionFigure {
  /** The id of the reproduction. */
  readonly reproduction: string;
  readonly figure: Figure;
}

/**
 * The figures of a reproduction, from its finished jobs and judged cells.
 *
 * @throws {Error} Where two figures have the same id.
 */
export function paintFigures(
  reproduction: Reproduction,
  jobs: readonly Pick<PlannedJob, "id" | "task" | "key">[],
  results: JobResults,
  { cells }: Pick<ReproductionResult, "cells">,
): ReproductionFigure[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const source: FigureSource = {
    finished: (task) =>
      jobs.filter((job) => job.task === task).flatMap(({ id, key }) => {
        const finished = results.get(key);
        return finished === undefined ? [] : [{ job: id, result: finished.result }];
      }),
    cell(id) {
      const cell = byId.get(id);
      if (cell === undefined) return undefined;
      return {
        published: cell.published?.value ?? null,
        measured: cell.measured?.value ?? null,
        standardError: cell.measured?.standardError ?? null,
      };
    },
  };
  const figures = reproduction.figures?.(source) ?? [];
  if (new Set(figures.map(({ id }) => id)).size < figures.length) {
    throw new Error(`Two figures of ${reproduction.id} have the same id`);
  }
  return figures.map((figure) => ({ reproduction: reproduction.id, figure }));
}
