import { assertEquals } from "@std/assert";
import { layoutTables, withoutGoldenRow } from "./table_layout.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";

const reproduction = fixedResults.modules[0]!;
const claims = fixedClaims.get(reproduction.id)!;

/** Headings, heads, and the ids in their places. */
function outline(tables: ReturnType<typeof layoutTables>): unknown {
  return tables.map(({ heading, columns, rows }) => [
    heading,
    columns,
    rows.map(({ name, cells }) => [name, ...cells.map((place) => place?.cell.id)]),
  ]);
}

Deno.test("layoutTables() keeps the rows and columns of the golden file", () => {
  assertEquals(outline(layoutTables(reproduction, claims)), [
    ["Table | 1", ["a", "b"], [
      ["1", "table/1/a", "table/1/b"],
      ["2", "table/2/a", "table/2/b"],
      ["3", "table/3/a", undefined],
    ]],
    ["Orders", ["difference"], [
      ["a-b", "order/a-b"],
      ["b-c", "order/b-c"],
      ["c-d", "order/c-d"],
      ["sum", "order/sum"],
    ]],
    ["Table | 1, another filter", ["a", "b"], [["1", "other/1/a", "other/1/b"]]],
  ]);
});

Deno.test("layoutTables() puts a column that only later rows have behind its neighbour, and leaves a gap", () => {
  const at = (cell: string, row: string, column: string) => ({ ...claims[0]!, cell, row, column });
  const cells = ["p", "q", "r", "s"].map((id) => ({ ...reproduction.cells[0]!, id }));
  const placed = [at("p", "1", "a"), at("q", "1", "c"), at("r", "2", "a"), at("s", "2", "b")];
  assertEquals(outline(layoutTables({ cells }, placed)), [
    ["Table | 1", ["a", "b", "c"], [["1", "p", undefined, "q"], ["2", "r", "s", undefined]]],
  ]);
});

Deno.test("layoutTables() loses no cell where two claims share a place", () => {
  const two = claims.slice(0, 2).map((claim) => ({ ...claim, row: "1", column: "a" }));
  assertEquals(outline(layoutTables({ cells: reproduction.cells.slice(0, 2) }, two)), [
    ["Table | 1", ["a"], [["1", "table/1/a"], ["1", "table/1/b"]]],
  ]);
});

Deno.test("layoutTables() names what is measured: of a row that has several quantities, or of all cells", () => {
  const cells = ["p", "q", "r"].map((id) => ({ ...reproduction.cells[0]!, id }));
  const error = { quantity: "test error", unit: "%" };
  const captionAndNames = (...quantities: readonly { quantity: string; unit: string }[]) => {
    const [table] = layoutTables({ cells }, [
      { ...claims[0]!, ...quantities[0]!, cell: "p", row: "1", column: "a" },
      { ...claims[0]!, ...quantities[1]!, cell: "q", row: "1", column: "b" },
      { ...claims[0]!, ...quantities[2]!, cell: "r", row: "1", column: "a" },
    ]);
    return [table!.caption, ...table!.rows.map(({ name }) => name)];
  };
  assertEquals(captionAndNames(error, error, { quantity: "Fisher ratio", unit: "" }), [
    "Table | 1",
    "1: test error (%)",
    "1: Fisher ratio",
  ]);
  assertEquals(captionAndNames(error, error, error), ["Table | 1: test error (%)", "1", "1"]);
  const energies = [0, 1, 2].map((m) => ({ quantity: `energy of order ${m}`, unit: "%" }));
  assertEquals(captionAndNames(...energies), ["Table | 1 (%)", "1", "1"]);
});

Deno.test("layoutTables() places cells without a golden row in a table of their own", () => {
  assertEquals(outline(layoutTables({ cells: reproduction.cells.slice(0, 1) }, [])), [
    [withoutGoldenRow, [""], [["table/1/a", "table/1/a"]]],
  ]);
});
