import { assertEquals, assertThrows } from "@std/assert";
import { GoldenError } from "../../errors.ts";
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
  source: "Authors 2013: Table 1",
  role: "number",
  kind: "absolute",
  tolerance: "2",
  rationale: "sampling: 202 of 8677 images",
  expect: "agrees",
  because: "",
  profile: "",
};

/** What a row without a printed number has in place of it. */
const bound: Partial<Record<string, string>> = {
  published: "",
  source: "this project: an ordering that the table shows",
  role: "claim",
  kind: "at-most",
  tolerance: "0",
  expect: "holds",
};

function file(...rows: Partial<Record<string, string>>[]): string {
  const lines = rows.map((row) => claimColumns.map((column) => ({ ...valid, ...row })[column]).join(","));
  return [claimColumns.join(","), ...lines, ""].join("\n");
}

Deno.test("parseClaims() reads a row", () => {
  const [claim] = parseClaims(file({}), "golden/x.csv");
  assertEquals(claim?.cell, "table1/J=1/m=0");
  assertEquals([claim?.source, claim?.role], ["Authors 2013: Table 1", "number"]);
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

Deno.test("parseClaims() reads a claim without a printed number, judged by any bound", async (t) => {
  for (
    const [kind, tolerance] of [["at-most", "-0.9"], ["at-least", "0"], ["absolute", "0"], ["interval", "3"]]
  ) {
    await t.step(kind!, () => {
      const [claim] = parseClaims(file({ ...bound, kind: kind!, tolerance: tolerance! }), "golden/x.csv");
      assertEquals([claim?.published, claim?.role, claim?.tolerance.value], [
        null,
        "claim",
        Number(tolerance),
      ]);
    });
  }
});

Deno.test("parseClaims() refuses a claim in standard errors that can be undecided alone, and never hold", () => {
  for (const tolerance of ["0", "1.9", "2"]) {
    const message = "column tolerance must be > 2 where kind is interval, or the claim can never hold";
    const row = { ...bound, kind: "interval", tolerance };
    assertThrows(() => parseClaims(file(row), "golden/x.csv"), GoldenError, message);
  }
  assertEquals(parseClaims(file({ kind: "interval", tolerance: "1" }), "golden/x.csv").length, 1);
});

Deno.test("parseClaims() takes a one-sided kind for a printed bound alone, and the kind that its sign says", async (t) => {
  const accepted: [string, string, number][] = [
    ["<= 5", "at-most", 5],
    ["<5", "at-most", 5],
    ["< -0.5", "at-most", -0.5],
    [">= 2e3", "at-least", 2000],
    [">99.1", "at-least", 99.1],
  ];
  for (const [published, kind, value] of accepted) {
    for (const row of [{}, { role: "variant" }]) {
      await t.step(`${kind} for ${published}, as a ${row.role ?? "number"}`, () => {
        const bound = { published, kind, tolerance: String(value) };
        const [claim] = parseClaims(file({ ...bound, ...row }), "golden/x.csv");
        assertEquals([claim?.published, claim?.tolerance.value], [{ text: published, value }, value]);
      });
    }
  }
  const refused: [string, string, string][] = [
    ["95.1", "at-most", "column kind must be at-most where the paper prints a bound with <, and only there"],
    [
      "95.1",
      "at-least",
      "column kind must be at-least where the paper prints a bound with >, and only there",
    ],
    ["<= 5", "at-least", "column kind must be at-most where the paper prints a bound with <"],
    ["<= 5", "absolute", "column kind must be at-most where the paper prints a bound with <"],
    [">= 5", "at-most", "column kind must be at-most where the paper prints a bound with <, and only there"],
    [">= 5", "interval", "column kind must be at-least where the paper prints a bound with >"],
  ];
  for (const [published, kind, message] of refused) {
    for (const role of ["number", "variant"]) {
      await t.step(`no ${kind} for ${published}, as a ${role}`, () => {
        assertThrows(
          () => parseClaims(file({ published, kind, role }), "golden/x.csv"),
          GoldenError,
          message,
        );
      });
    }
  }
});

Deno.test("parseClaims() takes the words of a role for what is expected, and a cause for all but the favourable one", async (t) => {
  const words: Record<string, readonly [string, ...string[]]> = {
    number: ["agrees", "deviates"],
    variant: ["agrees", "deviates"],
    claim: ["holds", "undecided", "fails"],
  };
  const because = "conjectured: the schedule is shorter";
  for (const role of ["number", "variant", "claim"]) {
    const row = role === "claim" ? bound : { role };
    for (const expect of ["agrees", "deviates", "holds", "undecided", "fails"]) {
      const isFavourable = expect === words[role]![0];
      await t.step(`${role} ${expect}`, () => {
        const parse = (cause: string) =>
          parseClaims(file({ ...row, expect, because: cause }), "golden/x.csv");
        if (words[role]!.includes(expect)) {
          assertEquals(parse(isFavourable ? "" : because)[0]?.expect as string, expect);
          const message = `column because must give the cause where expect is not ${
            words[role]![0]
          }, and only there`;
          assertThrows(() => parse(isFavourable ? because : ""), GoldenError, message);
        } else {
          const message = `column expect must be ${
            words[role]!.join(" or ")
          } where role is ${role}: it is "${expect}"`;
          assertThrows(() => parse(because), GoldenError, message);
        }
      });
    }
  }
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
      'column published must be a number as printed, a printed bound such as <= 5, or empty: it is "ca. 5"',
    ],
    ["no source", { source: "" }, "column source must name the document and the place where it is printed"],
    ["unknown role", { role: "line" }, "column role must be one of number, claim, variant"],
    ["a number without one", { published: "" }, "column published must be empty where role is claim"],
    [
      "a variant without a number",
      { published: "", role: "variant" },
      "column published must be empty where role is claim, and a printed number elsewhere",
    ],
    [
      "a claim with a published number",
      { ...bound, published: "95.1" },
      'column published must be empty where role is claim, and a printed number elsewhere: it is "95.1"',
    ],
    [
      "more room than a printed bound",
      { published: "<= 39", kind: "at-most", tolerance: "60" },
      'column tolerance must be the printed bound where one is printed: it is "60"',
    ],
    [
      "a claim by rounding",
      { ...bound, kind: "rounding", tolerance: "" },
      "column kind must not be relative or rounding where no number is printed",
    ],
    [
      "a claim below a negative distance",
      { ...bound, kind: "absolute", tolerance: "-1" },
      "column tolerance must be >= 0 where kind is absolute",
    ],
    [
      "unknown kind",
      { kind: "about" },
      "column kind must be one of absolute, relative, rounding, at-most, at-least, interval",
    ],
    ["no tolerance", { tolerance: "" }, "column tolerance must be a finite number"],
    ["infinite tolerance", { tolerance: "1e999" }, "column tolerance must be a finite number"],
    ["tolerance 0", { tolerance: "0" }, "column tolerance must be > 0 where kind is absolute"],
    ["negative tolerance", { tolerance: "-1" }, "column tolerance must be >= 0 where kind is absolute"],
    [
      "rounding with a tolerance",
      { kind: "rounding" },
      "column tolerance must be empty where kind is rounding",
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
    [
      "unknown expectation",
      { expect: "maybe" },
      "column expect must be one of agrees, deviates, holds, undecided, fails",
    ],
    ["deviation without a cause", { expect: "deviates" }, "column because must give the cause"],
    ["cause without a deviation", { because: "unknown" }, "column because must give the cause"],
    [
      "unknown profile",
      { profile: "quick" },
      "column profile must be empty or one of smoke, standard, full, authors",
    ],
    ["cell twice", { cell: "first" }, 'column cell must be unique for each profile: it is "first"'],
    [
      "published differs",
      { cell: "first", profile: "full", published: "9" },
      'column published must be the same in every row of the cell (line 2 has "95.1"): it is "9"',
    ],
    [
      "source differs",
      { cell: "first", profile: "full", source: "Authors 2014: Table 1" },
      "column source must be the same in every row of the cell",
    ],
    [
      "role differs",
      { cell: "first", profile: "full", role: "variant" },
      'column role must be the same in every row of the cell (line 2 has "number"): it is "variant"',
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
      "x.csv:2: the row must have 15 columns: it has 3",
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
