import fc from "fast-check";
import { GoldenError } from "../../errors.ts";
import { type Baseline, formatBaselines, parseBaselines } from "../../golden/baseline.ts";
import { claimColumns, parseClaims } from "../../golden/parse_claims.ts";
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
    "interval",
    "deviates",
  ],
  ...["smoke", "full", "sampling: of 202 images", "x".repeat(300), "\uFEFF", "*", "a\nb"],
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
  const words = [...strange, "\n", "\r\n", ",", ",,", ",deviates,because,\n"].map(utf8);
  return fc.oneof({ weight: 3, arbitrary: tables }, {
    weight: 2,
    arbitrary: changedBytes(tables, { words }),
  });
}

const claim = (cell: string, published: string, kind: string, tolerance: string, profile = "") => [
  ...[cell, "Table 1", "J = 1", "m = 0", "energy", "%", published, kind, tolerance],
  ...["sampling: 202 of 8677 images", "agrees", "", profile],
];
const claims = [
  claim("a/1", "95.1", "absolute", "2"),
  claim("a/2", "0.5", "rounding", ""),
  claim("a/3", "", "at-most", "-1"),
  claim("a/1", "95.1", "interval", "3", "full"),
  claim("a/4", "2e3", "relative", ".1"),
];

/** Published numbers. */
export const goldenTarget: FuzzTarget = {
  name: "golden-csv",
  files: csv(claimColumns.join(","), claims),
  errors: [GoldenError],
  read: (bytes) => {
    const found = parseClaims(textOf(bytes), "golden/fuzz.csv");
    for (const { cell, published, tolerance, expect, because, line } of found) {
      must(cell !== "" && line >= 2, "a claim has a cell and a line");
      must(published === null || Number.isFinite(published.value), "published numbers are finite");
      must(Number.isFinite(tolerance.value), "tolerances are finite");
      const isBound = tolerance.kind === "at-most" || tolerance.kind === "at-least";
      must(isBound || (published !== null && tolerance.value > 0), "what is no bound has a number and room");
      must((expect === "deviates") === (because !== ""), "a deviation has a cause");
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
