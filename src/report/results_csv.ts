import { stringify } from "@std/csv";
import type { Results } from "../runner/results.ts";

/** results.csv: one row a cell of every module, numbers in full. */
export function resultsCsv(results: Results): string {
  const rows = results.modules.flatMap((module) =>
    module.cells.map((cell) => ({
      module: module.id,
      cell: cell.id,
      quantity: cell.quantity,
      unit: cell.unit,
      published: cell.published?.text ?? "",
      measured: cell.measured?.value ?? "",
      standard_error: cell.measured?.standardError ?? "",
      unit_of_error: cell.measured?.unitOfError ?? "",
      deviation: cell.deviation ?? "",
      kind: cell.tolerance.kind,
      tolerance: cell.tolerance.value,
      expect: cell.expect,
      verdict: cell.verdict,
      baseline: cell.baseline?.verdict ?? "",
    }))
  );
  const columns = Object.keys(rows[0] ?? { module: "" });
  return stringify(rows, { columns });
}
