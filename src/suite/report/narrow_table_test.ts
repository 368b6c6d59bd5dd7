import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { CellResult } from "../runner/results.ts";
import { consoleReport } from "./console_report.ts";
import { displayWidth } from "./display_width.ts";
import { narrowTable } from "./narrow_table.ts";
import { layoutTables, type TableLayout } from "./table_layout.ts";
import { fixedResults } from "./testdata/fixed_results.ts";
import { shapedReproduction, tableShapes } from "./testdata/table_shapes.ts";
import { verdictKind, verdictMarks } from "./verdict_kind.ts";

const measuredCell = fixedResults.modules[0]!.cells[0]!;

const options = { profile: "standard", seeds: null, colour: false, form: "narrow" } as const;

for (const [id, shapes] of Object.entries(tableShapes)) {
  Deno.test(`consoleReport() fits ${id} into 80 columns`, async (t) => {
    const { reproduction, claims } = shapedReproduction(id, shapes);
    const text = consoleReport(reproduction, claims, { ...options, columns: 80 });
    assertEquals(text.split("\n").filter((line) => displayWidth(line) > 80), []);
    await t.assertSnapshot(text);
  });

  Deno.test(`consoleReport() fits ${id} into every terminal of 60 to 200 columns`, () => {
    const { reproduction, claims } = shapedReproduction(id, shapes);
    for (let columns = 60; columns <= 200; columns++) {
      const text = consoleReport(reproduction, claims, { ...options, columns });
      assertEquals(text.split("\n").filter((line) => displayWidth(line) > columns), [], `${columns} columns`);
    }
  });
}

/** Names as papers have them: words, some long, some with accents, some without a space. */
const name = fc.array(fc.stringMatching(/^[a-zé|<=0-9]{1,30}$/), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(" "));

const cell = fc.record({
  value: fc.oneof(fc.double({ noNaN: true }), fc.constant(null)),
  standardError: fc.oneof(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
  isMeasured: fc.boolean(),
  isThere: fc.boolean(),
}).map(({ value, standardError, isMeasured, isThere }): CellResult | undefined => {
  if (!isThere) return undefined;
  if (!isMeasured) return { ...measuredCell, measured: null, verdict: "not measured" };
  const finite = value !== null && Number.isFinite(value) ? value : null;
  return { ...measuredCell, measured: { ...measuredCell.measured!, value: finite, standardError } };
});

const layout = fc.tuple(
  fc.array(name, { minLength: 1, maxLength: 24 }),
  fc.array(name, { minLength: 1, maxLength: 8 }),
)
  .chain(([columns, names]) =>
    fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
      minLength: names.length,
      maxLength: names.length,
    }).map((rows): TableLayout => ({
      heading: "A table",
      caption: "A table",
      columns,
      rows: rows.map((cells, i) => ({
        name: names[i]!,
        cells: cells.map((own) => own === undefined ? undefined : { claim: null, cell: own }),
      })),
    }))
  ).filter(({ rows }) => rows.every(({ cells }) => cells[0] !== undefined));

Deno.test("narrowTable() has no line that is too wide, and the mark of every cell that was measured", () => {
  fc.assert(
    fc.property(layout, fc.integer({ min: 60, max: 200 }), (table, columns) => {
      const { lines } = narrowTable(table, { columns });
      assertEquals(lines.filter((line) => displayWidth(line) > columns), []);
      const measured = table.rows.flatMap(({ cells }) => cells).filter((place) =>
        (place?.cell.measured ?? null) !== null
      );
      const marks = lines.join("\n").split(` ${verdictMarks[verdictKind(measuredCell)]}`).length - 1;
      assertEquals(marks, measured.length);
    }),
    { numRuns: 300 },
  );
});

const [training] = layoutTables(
  ...(({ reproduction, claims }) => [reproduction, claims] as const)(
    shapedReproduction("training_sets", tableShapes["training_sets"]!),
  ),
);

Deno.test("narrowTable() leaves standard errors out where they find no room, and says so", () => {
  const at = (columns: number) => narrowTable(training!, { columns });
  assertEquals([80, 200].map((columns) => at(columns).omitsErrors), [true, false]);
  assertEquals([80, 200].map((columns) => at(columns).lines.some((line) => line.includes("±"))), [
    false,
    true,
  ]);
});

Deno.test("narrowTable() keeps the rows of the paper where they fit, and turns the table where they do not", () => {
  const first = (columns: number) =>
    narrowTable(training!, { columns }).lines.find((line) => line.includes("✓"))!;
  assert(first(200).startsWith("n = 300 "), first(200));
  assert(first(80).startsWith("x PCA "), first(80));
});

Deno.test("narrowTable() paints marks without a change of the layout", () => {
  const painted = narrowTable(training!, { columns: 80, paint: (mark, kind) => `<${kind}>${mark}` });
  assertEquals(
    painted.lines.map((line) => line.replaceAll(/<[a-z-]+>/g, "")),
    narrowTable(training!, { columns: 80 }).lines,
  );
});

Deno.test("narrowTable() says none where what was measured is not finite", () => {
  const cell = { ...measuredCell, measured: { ...measuredCell.measured!, value: null, standardError: null } };
  const rows = [{ name: "row", cells: [{ claim: null, cell }, { claim: null, cell: measuredCell }] }];
  const { lines } = narrowTable({ heading: "", caption: "", columns: ["first", "second"], rows }, {
    columns: 80,
  });
  const [none, value] = lines.at(-1)!.split(/ +/).filter((part) => part !== "").slice(1).filter((part) =>
    /\w/.test(part)
  );
  assertEquals([none, Number(value)], ["none", measuredCell.measured!.value]);
});
