import { assertEquals } from "@std/assert";
import { formatVerdict } from "../format_number.ts";
import { fixedResults } from "../testdata/fixed_results.ts";
import { verdictKind, verdictMarks } from "../verdict_kind.ts";
import { livePage } from "./live_page.ts";

Deno.test("livePage says the verdict of every cell as the report does", () => {
  const [code] = /const marks = [^]*?(?=const section)/.exec(livePage)!;
  const verdict = new Function(`${code} return verdict;`)();
  const cells = fixedResults.modules[0]!.cells.filter((cell) => cell.verdict !== "not measured");
  const standIn = { ...cells[1]!, verdict: "stand-in" } as const;
  for (const cell of [...cells, standIn]) {
    assertEquals(verdict(cell), `${verdictMarks[verdictKind(cell)]} ${formatVerdict(cell)}`, cell.id);
  }
});
