import fc from "fast-check";
import { GoldenError } from "../../../src/errors.ts";
import { type Baseline, formatBaselines, parseBaselines } from "../../../src/suite/golden/baseline.ts";
import { type Claim, favourable, outcomes } from "../../../src/suite/golden/claim.ts";
import { claimColumns, parseClaims } from "../../../src/suite/golden/parse_claims.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf, utf8 } from "../utf8.ts";

/** Values that some column does not take. */
const strange = [
  ...[
    "",
    "0",
    "-1",
    "1e999",
    "1e-999",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "٣",
    ".",
    "1e",
    "+.5",
    "9".repeat(400),
    "<= 5",
    ">5",
    "< ",
    "<=> 5",
  ],
  ...['"', '""', '"a,b"', '"a""b"', 'a"b', "a,b", "a\tb", "a\rb", "\u2028", "\u001b[31m", "\0", " ", "=1+1"],
  ...[
    "__proto__",
    "toString",
    "constructor",
    "rounding",
    "absolute",
    "relative",
    "at-most",
    "at-least",
    "interval",
    "deviates",
    "holds",
    "undecided",
    "fails",
    "number",
    "claim",
    "variant",
  ],
  ...["smoke", "full", "authors", "sampling: of 202 images", "x".repeat(300), "\uFEFF", "*", "a\nb"],
];

/** CSV of rows in which some values are strange. */
function csv(header: string, rows: readonly (readonly string[])[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...strange));
  const tables = fc.tuple(fc.subarray([...rows], { minLength: 1 }), fc.array(edit, { maxLength: 2 })).map(
    ([chosen, edits]) => {
      const table = chosen.map((row) => [...row]);
      for (const [row, column, value] of edits) table[row % table.length]![column % table[0]!.length] = value;
      return utf8([header, ...table.map((row) => row.join(",")), ""].join("\n"));
    },
  );
  const words = [...strange, "\n", "\r\n", ",", ",,", ",deviates,because,\n", ",fails,because,\n"].map(utf8);
  return fc.oneof({ weight: 3, arbitrary: tables }, {
    weight: 2,
    arbitrary: changedBytes(tables, { words }),
  });
}

/** A row of a printed number or a variant. */
const number = (cell: string, published: string, kind: string, tolerance: string, profile = "") => [
  ...[
    cell,
    "Table 1",
    "J = 1",
    "m = 0",
    "energy",
    "%",
    published,
    "The paper 2013",
    "number",
    kind,
    tolerance,
  ],
  ...["sampling: 202 of 8677 images", "agrees", "", profile],
];

/** A row without a printed number. */
const claim = (cell: string, kind: string, tolerance: string, expect: string, because: string) => [
  ...[
    cell,
    "Table 1",
    "J = 1",
    "m = 0",
    "energy",
    "%",
    "",
    "this project: an ordering",
    "claim",
    kind,
    tolerance,
  ],
  ...["sampling: 202 of 8677 images", expect, because, ""],
];

const claims = [
  number("a/1", "95.1", "absolute", "2"),
  number("a/2", "0.5", "rounding", ""),
  number("a/1", "95.1", "interval", "3", "full"),
  number("a/4", "2e3", "relative", ".1"),
  number("a/5", "<= 5", "at-most", "5"),
  claim("order/1-2", "at-most", "0", "holds", ""),
  claim("order/1-3", "at-most", "-1", "undecided", "shown: of 202 images"),
  claim("order/1-4", "interval", "3", "fails", "conjectured: few images"),
];

/** Published numbers and claims. */
export const goldenTarget: FuzzTarget = {
  name: "golden-csv",
  files: csv(claimColumns.join(","), claims),
  errors: [GoldenError],
  read: (bytes) => {
    const found = parseClaims(textOf(bytes), "golden/fuzz.csv");
    const first = new Map<string, Claim>();
    for (const claim of found) {
      const { cell, published, source, role, tolerance, expect, because, line } = claim;
      must(cell !== "" && line >= 2 && source !== "", "a row has a cell, a source and a line");
      must((published === null) === (role === "claim"), "a claim alone prints no number");
      must(published === null || Number.isFinite(published.value), "published numbers are finite");
      must(Number.isFinite(tolerance.value), "tolerances are finite");
      const isBound = tolerance.kind === "at-most" || tolerance.kind === "at-least";
      must(isBound || tolerance.value >= 0, "a distance is not negative");
      must(isBound || published === null || tolerance.value > 0, "a printed number has room");
      must(tolerance.kind !== "interval" || published !== null || tolerance.value > 2, "a claim can hold");
      must(
        published === null || isBound === /^[<>]/.test(published.text),
        "a printed number is judged on one side where a bound is printed, and only there",
      );
      must(outcomes[role].includes(expect), "what is expected is an outcome of the role");
      must((expect !== favourable[role]) === (because !== ""), "what is not favourable has a cause");
      const same = first.get(cell) ?? claim;
      first.set(cell, same);
      must(same.source === source && same.role === role, "the rows of a cell have one source and one role");
    }
  },
};

const baseline = (cell: string, value: number): Baseline => ({
  cell,
  value,
  standardError: value > 1 ? 0.1 : null,
  within: 1e-9,
  dataDigest: "ab".repeat(32),
  acceptedIn: "e354008",
  environment: "deno 2.9.6, linux",
});
const [columns, ...rows] = formatBaselines([baseline("a/1", 0.1), baseline("a/2", 2)]).trim().split("\n");
/** The last column is quoted and stays whole. */
const split = (row: string) => row.match(/"[^"]*"|[^,]+|(?<=,)(?=,)/g) ?? [];

/** Numbers that were accepted. */
export const baselineTarget: FuzzTarget = {
  name: "baseline-csv",
  files: csv(columns!, rows.map(split)),
  errors: [GoldenError],
  read: (bytes) => {
    const found = parseBaselines(textOf(bytes), "golden/baseline/smoke/fuzz.csv");
    for (const [key, { cell, value, within, standardError, dataDigest }] of found) {
      must(key === cell && cell !== "", "a baseline has a cell");
      must(Number.isFinite(value) && Number.isFinite(within) && within >= 0, "values are finite");
      must(standardError === null || Number.isFinite(standardError), "standard errors are finite");
      must(/^[0-9a-f]{64}$/.test(dataDigest), "a digest is one");
    }
    must(
      formatBaselines(parseBaselines(formatBaselines(found.values()), "again.csv").values()) ===
        formatBaselines(found.values()),
      "what is written is what was read",
    );
  },
};
