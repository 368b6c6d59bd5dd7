import type { Tolerance } from "../golden/claim.ts";
import type { CellResult } from "../runner/results.ts";

/**
 * The number of decimals that a cell is shown with: as many as the published number and the tolerance have, and at
 * least two, so that a tail of zeros which a table leaves out ("99.1") does not hide digits.
 */
function decimalsOf({ published, tolerance }: Pick<CellResult, "published" | "tolerance">): number {
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
export function formatNumber(value: number, cell: Pick<CellResult, "published" | "tolerance">): string {
  return isLost(value, cell) ? value.toPrecision(2) : value.toFixed(decimalsOf(cell));
}

function isLost(value: number, cell: Pick<CellResult, "published" | "tolerance">): boolean {
  return cell.published === null && value !== 0 && Number(value.toFixed(decimalsOf(cell))) === 0;
}

/** A measured value with its standard error, or the reason why there is none. */
export function formatMeasured(cell: Pick<CellResult, "measured" | "published" | "tolerance">): string {
  const { measured } = cell;
  if (measured === null) return "not measured";
  if (measured.value === null) return measured.error ?? "not finite";
  const { value, standardError } = measured;
  if (standardError === null) return formatNumber(value, cell);
  const error = isLost(value, cell) ? standardError.toPrecision(2) : standardError.toFixed(decimalsOf(cell));
  return `${formatNumber(value, cell)} ±${error}`;
}

/** A deviation with its sign; empty where there is none. */
export function formatDeviation(cell: Pick<CellResult, "deviation" | "published" | "tolerance">): string {
  if (cell.deviation === null) return "";
  const text = formatNumber(cell.deviation, cell);
  return Number(text) < 0 ? text : `+${text.replace("-", "")}`;
}

/** A deviation for a table that has printed numbers above it: of a bound, with the bound that it is taken from. */
export function formatDifference(cell: Pick<CellResult, "deviation" | "published" | "tolerance">): string {
  const { kind, value } = cell.tolerance;
  const text = formatDeviation(cell);
  return text !== "" && (kind === "at-most" || kind === "at-least") ? `${text} from ${value}` : text;
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

/** The verdict in words: whether a deviation is the expected one is part of it. */
export function formatVerdict({ verdict, expect, baseline }: CellResult): string {
  const moved = baseline?.verdict === "moved" ? ", baseline moved" : "";
  if (verdict === "deviates") return `deviates${expect === "deviates" ? " (expected)" : ""}${moved}`;
  if (verdict === "agrees") return `agrees${expect === "agrees" ? "" : " (unexpected)"}${moved}`;
  return verdict + moved;
}
