import type { UnitOfError } from "../reproduction.ts";
import type { PlacedCell, TableLayout } from "./table_layout.ts";

/** What a standard error is over, by its unit. */
const unitNames: Readonly<Record<UnitOfError, string>> = {
  "image": "images",
  "class": "classes",
  "seed": "seeds",
  "draw": "draws",
  "test item": "test items",
};

/** A row or column by name, and what its standard errors are over: none where it has no standard error. */
interface Series {
  readonly name: string;
  readonly units: readonly string[];
}

/**
 * What ± is in a table: a standard error over images, classes, seeds, draws or test items, column by column where columns differ, row by
 * row where rows do.
 *
 * @param table The table.
 * @returns A sentence without its full stop; `null` where no cell has a standard error.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { layoutTables } from "./table_layout.ts";
 * import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";
 *
 * const [table] = layoutTables(fixedResults.modules[0]!, fixedClaims.get("toy_paper")!);
 * assertEquals(standardErrorText(table!), "± is the standard error, over images");
 * ```
 */
export function standardErrorText({ columns, rows }: Pick<TableLayout, "columns" | "rows">): string | null {
  const byColumn = columns.map((name, i) => ({ name, units: unitsOf(rows.map(({ cells }) => cells[i])) }))
    .filter(hasError);
  const byRow = rows.map(({ name, cells }) => ({ name, units: unitsOf(cells) })).filter(hasError);
  if (byColumn.length === 0) return null;
  const all = new Set(byColumn.flatMap(({ units }) => units));
  const lead = "± is the standard error";
  if (all.size === 1) return `${lead}, over ${[...all].join("")}`;
  const isPure = (series: readonly Series[]) => series.every(({ units }) => units.length === 1);
  const series = !isPure(byColumn) && isPure(byRow) ? byRow : byColumn;
  const groups = Map.groupBy(series, ({ units }) => units.join(" or "));
  const parts = [...groups].map(([units, own]) =>
    `over ${units} in ${own.map(({ name }) => name).join(", ")}`
  );
  return `${lead}: ${parts.join("; ")}`;
}

function hasError({ units }: Series): boolean {
  return units.length > 0;
}

/** What the standard errors of cells are over, each unit once. */
function unitsOf(places: readonly (PlacedCell | undefined)[]): string[] {
  const units = places.flatMap((place) => {
    const { standardError = null, unitOfError = null } = place?.cell.measured ?? {};
    return standardError === null || unitOfError === null ? [] : [unitNames[unitOfError]];
  });
  return [...new Set(units)];
}
