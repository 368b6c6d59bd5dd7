import { stringify } from "@std/csv";
import type { Results } from "../runner/results.ts";

/** results.csv: one row a cell of every reproduction, numbers in full. */
export function resultsCsv(results: Results): string {
  const rows = results.modules.flatMap((reproduction) =>
    reproduction.cells.map((cell) => ({
      module: reproduction.id,
      cell: cell.id,
      quantity: cell.quantity,
      unit: cell.unit,
      published: cell.published?.text ?? "",
      source: cell.source,
      role: cell.role,
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
