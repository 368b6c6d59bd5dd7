import { parse } from "@std/csv";
import { z } from "zod";
import { GoldenError } from "../errors.ts";
import { oneLine } from "../one_line.ts";
import { type Profile, profiles } from "../reproduction.ts";
import { type Claim, type Published, rationaleFamilies, type Tolerance, toleranceKinds } from "./claim.ts";

/** The columns of a golden file, in order. */
export const claimColumns: readonly string[] = [
  "cell",
  "table",
  "row",
  "column",
  "quantity",
  "unit",
  "published",
  "kind",
  "tolerance",
  "rationale",
  "expect",
  "because",
  "profile",
];

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

const fields = z.strictObject({
  cell: z.string().regex(/^[^\s,*?]+$/, "must be a name without spaces, commas, * and ?"),
  table: z.string().min(1, "must name the table"),
  row: z.string().min(1, "must name the row"),
  column: z.string().min(1, "must name the column"),
  quantity: z.string().min(1, "must say what the number is"),
  unit: z.string(),
  published: z.string().regex(decimal, "must be a number as printed, or empty").or(z.literal("")),
  kind: z.enum(toleranceKinds, `must be one of ${toleranceKinds.join(", ")}`),
  tolerance: z.string().regex(decimal, "must be a number").or(z.literal("")),
  rationale: z.string()
    .regex(
      new RegExp(`^(${rationaleFamilies.join("|")})\\b`),
      `must start with its family: ${rationaleFamilies.join(", ")}`,
    )
    .min(20, "must give a reason of at least 20 characters"),
  expect: z.enum(["agrees", "deviates"], "must be agrees or deviates"),
  because: z.string(),
  profile: z.enum(["", ...profiles], `must be empty or one of ${profiles.join(", ")}`),
});

type Fields = z.infer<typeof fields>;

/**
 * Parses a golden file and checks every rule that CONTRIBUTING.md states.
 *
 * @param text The content of the file.
 * @param file Its name, for messages.
 * @returns One claim a row, in the order of the file.
 * @throws {GoldenError} With file, line, column and rule, at the first row that breaks one.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [claim] = parseClaims(
 *   `${claimColumns.join(",")}\n` +
 *     "table1/J=1/m=0,Table 1,J = 1,m = 0,energy,%,95.1,absolute,2,sampling: 202 of 8677 images,agrees,,\n",
 *   "golden/example.csv",
 * );
 * assertEquals(claim?.published, { text: "95.1", value: 95.1 });
 * ```
 */
export function parseClaims(text: string, file: string): Claim[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const header = lines[0] ?? "";
  if (header !== claimColumns.join(",")) {
    throw new GoldenError(
      `${file}:1: the header must be "${claimColumns.join(",")}": it is "${oneLine(header)}"`,
    );
  }
  const claims: Claim[] = [];
  for (let index = 1; index < lines.length; index++) {
    if (lines[index] === "") continue;
    claims.push(parseRow(lines[index]!, file, index + 1));
  }
  checkAgainstEachOther(claims, file);
  return claims;
}

function parseRow(text: string, file: string, line: number): Claim {
  const record = parseFields(text, file, line);
  const parsed = fields.safeParse(record);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const column = String(issue.path[0]);
    throw broken(file, line, column, issue.message, record[column] ?? "");
  }
  const row = parsed.data;
  const published = row.published === "" ? null : { text: row.published, value: Number(row.published) };
  if (published !== null && !Number.isFinite(published.value)) {
    throw broken(file, line, "published", "must be a finite number", published.text);
  }
  if ((row.expect === "deviates") !== (row.because !== "")) {
    throw broken(
      file,
      line,
      "because",
      "must give the cause where expect is deviates, and only there",
      row.because,
    );
  }
  return {
    cell: row.cell,
    table: row.table,
    row: row.row,
    column: row.column,
    quantity: row.quantity,
    unit: row.unit,
    published,
    tolerance: parseTolerance(row, published, file, line),
    expect: row.expect,
    because: row.because,
    profile: row.profile === "" ? null : row.profile as Profile,
    line,
  };
}

function parseFields(text: string, file: string, line: number): Record<string, string> {
  let values: string[];
  try {
    values = parse(text)[0] ?? [];
  } catch (error) {
    throw new GoldenError(
      `${file}:${line}: the row must be CSV on one line: ${oneLine((error as Error).message)}`,
    );
  }
  if (values.length !== claimColumns.length) {
    throw new GoldenError(
      `${file}:${line}: the row must have ${claimColumns.length} columns: it has ${values.length}`,
    );
  }
  return Object.fromEntries(claimColumns.map((column, i) => [column, values[i]!]));
}

function parseTolerance(row: Fields, published: Published | null, file: string, line: number): Tolerance {
  const fail = (column: string, rule: string) =>
    broken(file, line, column, rule, row[column as keyof Fields]);
  const bound = row.kind === "at-most" || row.kind === "at-least";
  if (!bound && published === null) throw fail("published", `must be a number where kind is ${row.kind}`);
  if (row.kind === "rounding") {
    if (row.tolerance !== "") throw fail("tolerance", "must be empty where kind is rounding");
    const half = halfUnit(row.published);
    if (!(half > 0 && half < Infinity)) {
      throw fail("published", "must have a last digit whose half is a finite number");
    }
    return { kind: row.kind, value: half, rationale: row.rationale };
  }
  const value = Number(row.tolerance);
  if (row.tolerance === "" || !Number.isFinite(value)) throw fail("tolerance", "must be a finite number");
  if (!bound && value <= 0) throw fail("tolerance", `must be > 0 where kind is ${row.kind}`);
  if (row.kind === "relative" && published!.value === 0) {
    throw fail("published", "must not be 0 where kind is relative");
  }
  return { kind: row.kind, value, rationale: row.rationale };
}

/** Half a unit of the last printed digit. */
function halfUnit(text: string): number {
  const [mantissa, exponent] = text.toLowerCase().split("e");
  const decimals = mantissa!.split(".")[1]?.length ?? 0;
  return Number(`5e${Number(exponent ?? 0) - decimals - 1}`);
}

function checkAgainstEachOther(claims: readonly Claim[], file: string): void {
  const first = new Map<string, Claim>();
  const seen = new Set<string>();
  for (const claim of claims) {
    const key = `${claim.cell} ${claim.profile ?? ""}`;
    if (seen.has(key)) {
      throw broken(file, claim.line, "cell", "must be unique for each profile", claim.cell);
    }
    seen.add(key);
    const earlier = first.get(claim.cell);
    if (earlier === undefined) first.set(claim.cell, claim);
    else if (earlier.published?.text !== claim.published?.text) {
      const rule = `must be the same in every row of the cell (line ${earlier.line} has "${
        earlier.published?.text ?? ""
      }")`;
      throw broken(file, claim.line, "published", rule, claim.published?.text ?? "");
    }
  }
}

function broken(file: string, line: number, column: string, rule: string, value: string): GoldenError {
  return new GoldenError(`${file}:${line}: column ${column} ${oneLine(rule)}: it is "${oneLine(value)}"`);
}
