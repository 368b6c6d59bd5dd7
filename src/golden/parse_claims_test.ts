import { assertEquals, assertThrows } from "@std/assert";
import { GoldenError } from "../errors.ts";
import { claimsOfProfile } from "./claims_of_profile.ts";
import { claimColumns, parseClaims } from "./parse_claims.ts";

const valid: Record<string, string> = {
  cell: "table1/J=1/m=0",
  table: "Table 1",
  row: "J = 1",
  column: "m = 0",
  quantity: "energy of order 0",
  unit: "%",
  published: "95.1",
  kind: "absolute",
  tolerance: "2",
  rationale: "sampling: 202 of 8677 images",
  expect: "agrees",
  because: "",
  profile: "",
};

function file(...rows: Partial<Record<string, string>>[]): string {
  const lines = rows.map((row) => claimColumns.map((column) => ({ ...valid, ...row })[column]).join(","));
  return [claimColumns.join(","), ...lines, ""].join("\n");
}

Deno.test("parseClaims() reads a row", () => {
  const [claim] = parseClaims(file({}), "golden/x.csv");
  assertEquals(claim?.cell, "table1/J=1/m=0");
  assertEquals(claim?.tolerance, { kind: "absolute", value: 2, rationale: "sampling: 202 of 8677 images" });
  assertEquals(claim?.profile, null);
  assertEquals(claim?.line, 2);
});

Deno.test("parseClaims() takes half a unit of the last printed digit for rounding", async (t) => {
  for (const [published, half] of [["95.1", 0.05], ["0", 0.5], ["21.92", 0.005], ["2e3", 500]] as const) {
    await t.step(published, () => {
      const [claim] = parseClaims(file({ published, kind: "rounding", tolerance: "" }), "golden/x.csv");
      assertEquals(claim?.tolerance.value, half);
    });
  }
});

Deno.test("parseClaims() reads a bound without a published number", () => {
  const [claim] = parseClaims(file({ published: "", kind: "at-most", tolerance: "-0.9" }), "golden/x.csv");
  assertEquals(claim?.published, null);
  assertEquals(claim?.tolerance.value, -0.9);
});

Deno.test("parseClaims() names file, line, column, rule and value of the first fault", async (t) => {
  const cases: [string, Partial<Record<string, string>>, string][] = [
    [
      "empty cell",
      { cell: "" },
      'golden/x.csv:3: column cell must be a name without spaces, commas, * and ?: it is ""',
    ],
    ["wildcard in a cell", { cell: "a*" }, 'it is "a*"'],
    [
      "published not a number",
      { published: "ca. 5" },
      'column published must be a number as printed, or empty: it is "ca. 5"',
    ],
    [
      "unknown kind",
      { kind: "about" },
      "column kind must be one of absolute, relative, rounding, at-most, at-least, interval",
    ],
    ["no tolerance", { tolerance: "" }, "column tolerance must be a finite number"],
    ["infinite tolerance", { tolerance: "1e999" }, "column tolerance must be a finite number"],
    ["tolerance 0", { tolerance: "0" }, "column tolerance must be > 0 where kind is absolute"],
    ["negative tolerance", { tolerance: "-1" }, "column tolerance must be > 0"],
    [
      "rounding with a tolerance",
      { kind: "rounding" },
      "column tolerance must be empty where kind is rounding",
    ],
    [
      "absolute without a number",
      { published: "" },
      "column published must be a number where kind is absolute",
    ],
    [
      "relative to 0",
      { kind: "relative", published: "0" },
      "column published must not be 0 where kind is relative",
    ],
    [
      "rationale of no family",
      { rationale: "because it fits well enough" },
      "column rationale must start with its family",
    ],
    [
      "short rationale",
      { rationale: "sampling: few" },
      "column rationale must give a reason of at least 20 characters",
    ],
    ["unknown expectation", { expect: "maybe" }, "column expect must be agrees or deviates"],
    ["deviation without a cause", { expect: "deviates" }, "column because must give the cause"],
    ["cause without a deviation", { because: "unknown" }, "column because must give the cause"],
    ["unknown profile", { profile: "quick" }, "column profile must be empty or one of smoke, standard, full"],
    ["cell twice", { cell: "first" }, 'column cell must be unique for each profile: it is "first"'],
    [
      "published differs",
      { cell: "first", profile: "full", published: "9" },
      "column published must be the same in every row of the cell",
    ],
  ];
  for (const [name, row, message] of cases) {
    await t.step(name, () => {
      assertThrows(() => parseClaims(file({ cell: "first" }, row), "golden/x.csv"), GoldenError, message);
    });
  }
});

Deno.test("parseClaims() refuses another header, a missing column and an open quote", async (t) => {
  await t.step("header", () => {
    assertThrows(
      () => parseClaims("cell,value\n", "golden/x.csv"),
      GoldenError,
      "golden/x.csv:1: the header must be",
    );
  });
  await t.step("columns", () => {
    const text = `${claimColumns.join(",")}\na,b,c\n`;
    assertThrows(
      () => parseClaims(text, "golden/x.csv"),
      GoldenError,
      "x.csv:2: the row must have 13 columns: it has 3",
    );
  });
  await t.step("quote", () => {
    const text = `${claimColumns.join(",")}\n"a,b\n`;
    assertThrows(
      () => parseClaims(text, "golden/x.csv"),
      GoldenError,
      "x.csv:2: the row must be CSV on one line",
    );
  });
});

Deno.test("claimsOfProfile() lets the row of a profile override the general one, in either order", async (t) => {
  const general = { tolerance: "1" };
  const own = { tolerance: "9", profile: "standard" };
  for (const rows of [[general, own], [own, general]]) {
    await t.step(rows[0] === own ? "own first" : "general first", () => {
      const claims = parseClaims(file(...rows), "golden/x.csv");
      assertEquals(claimsOfProfile(claims, "standard").map(({ tolerance }) => tolerance.value), [9]);
      assertEquals(claimsOfProfile(claims, "full").map(({ tolerance }) => tolerance.value), [1]);
    });
  }
});

Deno.test("claimsOfProfile() leaves out a cell that has rows for other profiles only", () => {
  const claims = parseClaims(file({ profile: "full" }), "golden/x.csv");
  assertEquals(claimsOfProfile(claims, "standard"), []);
});

Deno.test("parseClaims() refuses numbers that are not finite, and shows control characters as escapes", async (t) => {
  const cases: [string, Partial<Record<string, string>>, string][] = [
    ["infinite", { published: "1e999" }, 'column published must be a finite number: it is "1e999"'],
    [
      "half a unit of nothing",
      { published: "1e-999", kind: "rounding", tolerance: "" },
      "column published must have a last digit whose half is a finite number",
    ],
    ["a tab", { cell: "a\tb" }, 'it is "a\\tb"'],
    ["what a terminal acts on", { kind: "\u001b[31m" }, 'it is "\\u001b[31m"'],
  ];
  for (const [name, row, message] of cases) {
    await t.step(name, () => {
      assertThrows(() => parseClaims(file(row), "golden/x.csv"), GoldenError, message);
    });
  }
});
