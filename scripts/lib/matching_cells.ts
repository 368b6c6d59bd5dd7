import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { globMatcher } from "../../src/suite/runner/glob.ts";

/** A cell of a reproduction. */
export interface CellPlace {
  /** The id of the reproduction. */
  readonly module: string;
  /** The id of the cell. */
  readonly cell: string;
}

/**
 * The cells of golden files, each once, in their order.
 *
 * @param golden The folder of the golden files.
 * @param modules The ids of the reproductions.
 */
export function listCells(golden: string, modules: readonly string[]): CellPlace[] {
  return modules.flatMap((module) =>
    [...new Set(loadClaims(golden, module).map(({ cell }) => cell))].map((cell) => ({ module, cell }))
  );
}

/**
 * The cells that a text names: by their id, by that of their reproduction and their own, by a glob over either, or all of one
 * reproduction by its id.
 *
 * @param text What was typed.
 * @param cells All cells.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cells = [
 *   { module: "energy", cell: "table1/J=1" },
 *   { module: "energy", cell: "table1/J=2" },
 *   { module: "images", cell: "table1/J=1" },
 * ];
 * assertEquals(matchingCells("table1/J=2", cells), [cells[1]]);
 * assertEquals(matchingCells("table1/J=1", cells), [cells[0], cells[2]]);
 * assertEquals(matchingCells("images/table1/J=1", cells), [cells[2]]);
 * assertEquals(matchingCells("energy/*", cells), cells.slice(0, 2));
 * assertEquals(matchingCells("energy", cells), cells.slice(0, 2));
 * ```
 */
export function matchingCells(text: string, cells: readonly CellPlace[]): CellPlace[] {
  const isNamed = ({ module, cell }: CellPlace) => [module, cell, `${module}/${cell}`].includes(text);
  const named = cells.filter(isNamed);
  if (named.length > 0) return named;
  const matches = globMatcher(text);
  return cells.filter(({ module, cell }) => matches(cell) || matches(`${module}/${cell}`));
}
