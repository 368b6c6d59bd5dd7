import { parse } from "@std/csv";
import { z } from "zod";
import { GoldenError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { type Profile, profiles } from "../reproduction.ts";
import {
  type Claim,
  favourable,
  halfUnit,
  noise,
  outcomes,
  outcomeWords,
  type Published,
  rationaleFamilies,
  roles,
  type Tolerance,
  toleranceKinds,
} from "./claim.ts";

/** The columns of a golden file, in order. */
export const claimColumns: readonly string[] = [
  "cell",
  "table",
  "row",
  "column",
  "quantity",
  "unit",
  "published",
  "source",
  "role",
  "kind",
  "tolerance",
  "rationale",
  "expect",
  "because",
  "profile",
];

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number as printed, or a bound that the paper itself prints. */
const printed = /^(?<bound>[<>]=? ?)?(?<number>[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?)$/i;

const fields = z.strictObject({
  cell: z.string().regex(/^[^\s,*?]+$/, "must be a name without spaces, commas, * and ?"),
  table: z.string().min(1, "must name the table"),
  row: z.string().min(1, "must name the row"),
  column: z.string().min(1, "must name the column"),
  quantity: z.string().min(1, "must say what the number is"),
  unit: z.string(),
  published: z.string().regex(printed, "must be a number as printed, a printed bound such as <= 5, or empty")
    .or(z.literal("")),
  source: z.string().min(10, "must name the document and the place where it is printed"),
  role: z.enum(roles, `must be one of ${roles.join(", ")}`),
  kind: z.enum(toleranceKinds, `must be one of ${toleranceKinds.join(", ")}`),
  tolerance: z.string().regex(decimal, "must be a number").or(z.literal("")),
  rationale: z.string()
    .regex(
      new RegExp(`^(${rationaleFamilies.join("|")})\\b`),
      `must start with its family: ${rationaleFamilies.join(", ")}`,
    )
    .min(20, "must give a reason of at least 20 characters"),
  expect: z.enum(outcomeWords, `must be one of ${outcomeWords.join(", ")}`),
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
 *     "table1/J=1/m=0,Table 1,J = 1,m = 0,energy,%,95.1,The paper 2013,number," +
 *     "absolute,2,sampling: 202 of 8677 images,agrees,,\n",
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
  const fail = (column: string, rule: string) => broken(file, line, column, rule, record[column] ?? "");
  const published = row.published === ""
    ? null
    : { text: row.published, value: Number(printed.exec(row.published)!.groups!["number"]) };
  if (published !== null && !Number.isFinite(published.value)) {
    throw fail("published", "must be a finite number");
  }
  if ((published === null) !== (row.role === "claim")) {
    throw fail("published", "must be empty where role is claim, and a printed number elsewhere");
  }
  if (!outcomes[row.role].includes(row.expect)) {
    throw fail("expect", `must be ${outcomes[row.role].join(" or ")} where role is ${row.role}`);
  }
  if ((row.expect !== favourable[row.role]) !== (row.because !== "")) {
    throw fail("because", `must give the cause where expect is not ${favourable[row.role]}, and only there`);
  }
  return {
    cell: row.cell,
    table: row.table,
    row: row.row,
    column: row.column,
    quantity: row.quantity,
    unit: row.unit,
    published,
    source: row.source,
    role: row.role,
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
  const sign = published === null ? undefined : printed.exec(published.text)!.groups!["bound"]?.[0];
  if (published !== null && (sign === "<") !== (row.kind === "at-most")) {
    throw fail(
      "kind",
      "must be at-most where the paper prints a bound with <, and only there for a printed number",
    );
  }
  if (published !== null && (sign === ">") !== (row.kind === "at-least")) {
    throw fail(
      "kind",
      "must be at-least where the paper prints a bound with >, and only there for a printed number",
    );
  }
  if (published === null && (row.kind === "relative" || row.kind === "rounding")) {
    throw fail("kind", "must not be relative or rounding where no number is printed");
  }
  if (row.kind === "rounding") {
    if (row.tolerance !== "") throw fail("tolerance", "must be empty where kind is rounding");
    const half = halfUnit(published!);
    if (!(half > 0 && half < Infinity)) {
      throw fail("published", "must have a last digit whose half is a finite number");
    }
    return { kind: row.kind, value: half, rationale: row.rationale };
  }
  const value = Number(row.tolerance);
  if (row.tolerance === "" || !Number.isFinite(value)) throw fail("tolerance", "must be a finite number");
  if (bound && published !== null && value !== published.value) {
    throw fail("tolerance", "must be the printed bound where one is printed");
  }
  if (!bound && value < 0) throw fail("tolerance", `must be >= 0 where kind is ${row.kind}`);
  if (!bound && value === 0 && published !== null) {
    throw fail("tolerance", `must be > 0 where kind is ${row.kind}`);
  }
  if (row.kind === "relative" && published!.value === 0) {
    throw fail("published", "must not be 0 where kind is relative");
  }
  if (row.kind === "interval" && published === null && value <= noise) {
    throw fail("tolerance", `must be > ${noise} where kind is interval, or the claim can never hold`);
  }
  return { kind: row.kind, value, rationale: row.rationale };
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
    if (earlier === undefined) {
      first.set(claim.cell, claim);
      continue;
    }
    for (const column of ["published", "source", "role"] as const) {
      const text = (row: Claim) => column === "published" ? row.published?.text ?? "" : row[column];
      if (text(earlier) === text(claim)) continue;
      const rule = `must be the same in every row of the cell (line ${earlier.line} has "${text(earlier)}")`;
      throw broken(file, claim.line, column, rule, text(claim));
    }
  }
}

function broken(file: string, line: number, column: string, rule: string, value: string): GoldenError {
  return new GoldenError(`${file}:${line}: column ${column} ${oneLine(rule)}: it is "${oneLine(value)}"`);
}
