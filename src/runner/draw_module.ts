import type { Figure } from "../figure.ts";
import type { Reproduction } from "../reproduction.ts";
import type { FinishedJob } from "./measure_module.ts";
import type { ModuleResult } from "./results.ts";

/** A figure and the module that it belongs to. */
export interface ModuleFigure {
  /** The id of the module. */
  readonly module: string;
  readonly figure: Figure;
}

/**
 * The figures of a module, from its finished jobs and judged cells.
 *
 * @throws {Error} Where two figures have the same id.
 */
export function drawModule(
  reproduction: Reproduction,
  finished: readonly FinishedJob[],
  { cells }: Pick<ModuleResult, "cells">,
): ModuleFigure[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const figures = reproduction.figures?.({
    results: finished.map(({ id, result }) => ({ job: id, result })),
    cell(id) {
      const cell = byId.get(id);
      if (cell === undefined) return undefined;
      return {
        published: cell.published?.value ?? null,
        measured: cell.measured?.value ?? null,
        standardError: cell.measured?.standardError ?? null,
      };
    },
  }) ?? [];
  if (new Set(figures.map(({ id }) => id)).size < figures.length) {
    throw new Error(`Two figures of ${reproduction.id} have the same id`);
  }
  return figures.map((figure) => ({ module: reproduction.id, figure }));
}
