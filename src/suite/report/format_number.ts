import { favourable, type Tolerance } from "../golden/claim.ts";
import type { CellResult } from "../runner/results.ts";

/** What the number of decimals of a cell depends on. */
type Precision = Pick<CellResult, "published" | "tolerance">;

/**
 * The number of decimals that a cell is shown with: as many as the published number and the tolerance have, and at
 * least two, so that a tail of zeros which a table leaves out ("99.1") does not hide digits.
 */
function countDecimals({ published, tolerance }: Precision): number {
  const written = [published?.text ?? "", tolerance.kind === "relative" ? "" : String(tolerance.value)];
  return Math.max(2, ...written.map((text) => text.split(".")[1]?.length ?? 0));
}

/**
 * A number with the decimals of its cell. Where a claim prints no number, one that these would round to nothing has two digits.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const tolerance = { kind: "at-most", value: 0.05, rationale: "" } as const;
 * assertEquals([0.021, 0.0003].map((value) => formatNumber(value, { published: null, tolerance })), ["0.02", "0.00030"]);
 * ```
 */
export function formatNumber(value: number, cell: Precision): string {
  return isLost(value, cell) ? value.toPrecision(2) : value.toFixed(countDecimals(cell));
}

function isLost(value: number, cell: Precision): boolean {
  return cell.published === null && value !== 0 && Number(value.toFixed(countDecimals(cell))) === 0;
}

/** A measured value with its standard error, or the reason why there is none. */
export function formatMeasured(cell: Precision & Pick<CellResult, "measured">): string {
  const { measured } = cell;
  if (measured === null) return "not measured";
  if (measured.value === null) return measured.error ?? "not finite";
  const { value, standardError } = measured;
  if (standardError === null) return formatNumber(value, cell);
  return `${formatNumber(value, cell)} ±${formatStandardError(standardError, value, cell)}`;
}

/**
 * A standard error with the decimals of its value. One that is not 0 does not read as none.
 *
 * @param standardError The standard error.
 * @param value The value that it is of.
 * @param cell Its cell.
 */
export function formatStandardError(standardError: number, value: number, cell: Precision): string {
  if (isLost(value, cell)) return standardError.toPrecision(2);
  const rounded = standardError.toFixed(countDecimals(cell));
  return standardError !== 0 && Number(rounded) === 0 ? standardError.toPrecision(1) : rounded;
}

/**
 * The bound of a claim that a measured value lies nearest to, in the unit of the cell: a claim that allows both signs, as an identity
 * does, has one on each side of 0.
 *
 * @returns `null` of a printed number, and where nothing was measured.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const measured = { value: -0.2, standardError: 0.1, unitOfError: null, values: [-0.2] };
 * const bound = (kind: "at-most" | "interval") =>
 *   nearestBound({ role: "claim", measured, tolerance: { kind, value: 3, rationale: "" } });
 * assertEquals([bound("at-most"), bound("interval")], [3, -3 * 0.1]);
 * ```
 */
export function nearestBound(
  { role, measured, tolerance: { kind, value: allowed } }: Pick<
    CellResult,
    "role" | "measured" | "tolerance"
  >,
): number | null {
  const value = measured?.value ?? null;
  if (role !== "claim" || value === null) return null;
  if (kind === "at-most" || kind === "at-least") return allowed;
  const size = kind === "interval" ? allowed * (measured!.standardError ?? 0) : allowed;
  return value < 0 ? -size : size;
}

/** What a difference is told from. */
type Difference = Precision & Pick<CellResult, "role" | "measured" | "deviation">;

/**
 * The difference of a cell with its sign: from the printed number, of a claim from the bound that its value lies nearest to; empty
 * where there is none.
 */
export function formatDeviation(cell: Difference): string {
  const bound = nearestBound(cell);
  const difference = bound === null ? cell.deviation : cell.measured!.value! - bound;
  if (difference === null) return "";
  const text = formatNumber(difference, cell);
  return Number(text) < 0 ? text : `+${text.replace("-", "")}`;
}

/** A difference for a table that has printed numbers above it: of a claim, with the bound that it is taken from. */
export function formatDifference(cell: Difference): string {
  const text = formatDeviation(cell);
  const bound = nearestBound(cell);
  if (text === "" || bound === null) return text;
  const { kind, value } = cell.tolerance;
  return `${text} from ${bound < 0 && kind !== "at-most" && kind !== "at-least" ? "-" : ""}${value}${
    kind === "interval" ? " s.e." : ""
  }`;
}

/**
 * What a tolerance allows, in words as short as a table needs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatAllowed({ kind: "relative", value: 0.05, rationale: "" }), "±5 %");
 * assertEquals(formatAllowed({ kind: "at-most", value: 0.2, rationale: "" }), "<= 0.2");
 * ```
 */
export function formatAllowed({ kind, value }: Tolerance): string {
  switch (kind) {
    case "absolute":
    case "rounding":
      return `±${value}`;
    case "relative":
      return `±${+(value * 100).toPrecision(12)} %`;
    case "at-most":
      return `<= ${value}`;
    case "at-least":
      return `>= ${value}`;
    case "interval":
      return `±${value} s.e.`;
  }
}

/**
 * The verdict in words: whether one that is not what is claimed was expected is part of it, and that a variant is one.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cell = { role: "number", verdict: "deviates", expect: "agrees", baseline: null } as const;
 * assertEquals(formatVerdict(cell), "deviates (unexpected)");
 * assertEquals(formatVerdict({ ...cell, role: "variant", expect: "deviates" }), "variant deviates (expected)");
 * ```
 */
export function formatVerdict(
  { role, verdict, expect, baseline }: Pick<CellResult, "role" | "verdict" | "expect" | "baseline">,
): string {
  const moved = baseline?.verdict === "moved" ? ", baseline moved" : "";
  if (verdict === "stand-in" || verdict === "not measured") return verdict + moved;
  const note = verdict !== expect ? " (unexpected)" : verdict === favourable[role] ? "" : " (expected)";
  return `${role === "variant" ? "variant " : ""}${verdict}${note}${moved}`;
}
