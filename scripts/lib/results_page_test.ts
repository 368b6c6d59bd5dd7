import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fixedClaims, fixedResults } from "../../src/suite/report/testdata/fixed_results.ts";
import type { Claim } from "../../src/suite/golden/claim.ts";
import type { Reproduction } from "../../src/suite/reproduction.ts";
import { judgeCell } from "../../src/suite/runner/judge_cells.ts";
import type { CellResult } from "../../src/suite/runner/results.ts";
import type { AcceptedReproduction } from "./accepted_results.ts";
import { readmeWithResults } from "./readme_results.ts";
import { pageWidth, resultsPage } from "./results_page.ts";

const [fixed] = fixedResults.modules;
const claims = fixedClaims.get("toy_paper")!;

/** A reproduction with accepted values; the cells of full are those of standard where none are given. */
function accepted(
  claims: readonly Claim[],
  standard: readonly CellResult[],
  full: readonly CellResult[] = standard,
): AcceptedReproduction {
  const head = { seeds: null, minutes: 0.5 };
  const reproduction: Reproduction = {
    id: "toy_paper",
    paper: fixed!.paper,
    datasets: ["mnist"],
    profiles: { smoke: head, standard: head, full: head },
    plan: () => ({ cells: [] }),
  };
  const profile = { claims, commits: ["e354008"], minutes: 0.5 };
  return {
    reproduction,
    subject: "a toy",
    profiles: { standard: { ...profile, cells: standard }, full: { ...profile, cells: full } },
  };
}

/** A table of claims with a value in each place that `isThere` names. */
function table(
  rows: readonly string[],
  columns: readonly string[],
  isThere = (_row: number, _column: number) => true,
) {
  const [first] = claims;
  const places = rows.flatMap((row, i) => columns.map((column, j) => ({ row, column, i, j })))
    .filter(({ i, j }) => isThere(i, j));
  const own = places.map(({ row, column, i, j }): Claim => ({
    ...first!,
    cell: `t/${i}/${j}`,
    table: "T",
    row,
    column,
  }));
  const cells = own.map((claim, k) =>
    judgeCell(claim, {
      measured: { value: 1000 + k, standardError: 0.5, unitOfError: "image", values: [1000 + k] },
      dataDigest: "ab",
      standIn: false,
    }, undefined)
  );
  return accepted(own, cells);
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** That the page has every cell once for each profile, in lines that fit. */
function assertWhole(page: string, { profiles: { standard } }: AcceptedReproduction): void {
  for (const [k] of standard.cells.entries()) {
    assertEquals(count(page, ` ${1000 + k}.00 ±0.50 `), 2, `cell ${k}`);
  }
  for (const line of page.split("\n")) assert(line.length <= pageWidth, line);
}

Deno.test("resultsPage() shows a table as the paper prints it, with published, allowed and both profiles below each other", () => {
  const one = table(["J = 1", "J = 2"], ["m = 0", "m = 1", "m = 2"]);
  const page = resultsPage(one);
  assertWhole(page, one);
  assertStringIncludes(page, "|       |           |           m = 0 |");
  const [, ...names] = [...page.matchAll(/^\| (?:J = \d| {5}) \| +(\w+) \|/gm)].map(([, aspect]) => aspect);
  assertEquals(names, ["allowed", "standard", "full", "published", "allowed", "standard", "full"]);
});

Deno.test("resultsPage() cuts a table of many columns, each part with the names of the rows", () => {
  const one = table(
    ["first", "second", "third"],
    Array.from({ length: 12 }, (_, j) => `a column of number ${j}`),
  );
  const page = resultsPage(one);
  assertWhole(page, one);
  assert(count(page, "## T") === 1);
});

Deno.test("resultsPage() turns a table whose columns have long names", () => {
  const columns = Array.from(
    { length: 9 },
    (_, j) => `${j}, a name that is so long that few of its kind stand side by side`,
  );
  const one = table(["n = 1", "n = 2"], columns);
  const page = resultsPage(one);
  assertWhole(page, one);
  assertStringIncludes(page, " n = 1 | ");
});

Deno.test("resultsPage() lists the cells of a table that is mostly empty, or has one column", () => {
  const sparse = table(["a", "b", "c", "d"], ["x", "y", "z"], (i, j) => i === j);
  assertWhole(resultsPage(sparse), sparse);
  assertStringIncludes(resultsPage(sparse), "| a; x |");
  const single = table(["a", `b ${"and more ".repeat(20)}`], ["x"]);
  assertWhole(resultsPage(single), single);
});

Deno.test("resultsPage() marks every kind of cell, and gives the reason of each that is not as claimed", () => {
  const page = resultsPage(accepted(claims, fixed!.cells));
  for (const mark of ["21.80 ±0.81 ✓", "13.30 ±0.95 ≠", "30.00 ✗", "0.10 ±0.20 ?", "-0.90 ¬", " – |"]) {
    assertStringIncludes(page, mark);
  }
  assertStringIncludes(
    page,
    "- standard and full: `table/1/b`, `other/1/b`: deviates as expected: conjectured: ",
  );
  assertStringIncludes(page, "\\<less> energy");
});

Deno.test("resultsPage() says of each profile what differs", () => {
  const full = fixed!.cells.map((cell) => cell.id === "table/2/a" ? fixed!.cells[0]! : cell);
  const page = resultsPage(
    accepted(claims, fixed!.cells, full.map((cell, i) => ({ ...cell, id: claims[i]!.cell }))),
  );
  assertStringIncludes(page, '- standard: `table/2/a`: deviates, where the golden file expects "agrees"');
  assertStringIncludes(page, "The values of full were measured by commit e354008.");
});

const blocks = ["commands", "results"].map((name) =>
  `<!-- ${name}: begin (deno task readme) -->\n<!-- ${name}: end -->\n`
).join("");

Deno.test("readmeWithResults() has a line for each reproduction and one for all, and what deviates by how well its cause is known", () => {
  const text = readmeWithResults(blocks, [accepted(claims, fixed!.cells)]).replaceAll("\u00a0", " ");
  assertStringIncludes(
    text,
    "| [toy_paper](docs/results/toy_paper.md): a toy (One & Two 2013) | 1 / 1 / 2 | 1 / 1 / 2 | 30 s | 1 / 1 / 2 | 1 / 1 / 2 | 30 s |",
  );
  assertStringIncludes(text, "| all | 1 / 1 / 2 |");
  assertStringIncludes(
    text.replaceAll("\n", " "),
    "shown for 0, shown in part for 0, conjectured for 1, not given for 1.",
  );
  assertStringIncludes(
    text,
    "deno task reproduce toy_paper   # 30 seconds on two cores, after a download of 12 MB",
  );
});

Deno.test("readmeWithResults() writes the same text again", () => {
  const all = [accepted(claims, fixed!.cells)];
  const once = readmeWithResults(`before\n${blocks}after\n`, all);
  assertEquals(readmeWithResults(once, all), once);
  assert(once.startsWith("before\n") && once.endsWith("after\n"));
});
