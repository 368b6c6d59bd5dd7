import type { Tolerance } from "../golden/claim.ts";
import type { CellResult } from "../runner/results.ts";

/**
 * The number of decimals that a cell is shown with: as many as the published number and the tolerance have, and at
 * least two, so that a tail of zeros which a table leaves out ("99.1") does not hide digits.
 */
export function decimalsOf({ published, tolerance }: Pick<CellResult, "published" | "tolerance">): number {
  const written = [published?.text ?? "", tolerance.kind === "relative" ? "" : String(tolerance.value)];
  return Math.max(2, ...written.map((text) => text.split(".")[1]?.length ?? 0));
}

/** A measured value with its standard error, or the reason why there is none. */
export function formatMeasured(cell: Pick<CellResult, "measured" | "published" | "tolerance">): string {
  const { measured } = cell;
  if (measured === null) return "not measured";
  if (measured.value === null) return measured.error ?? "not finite";
  const decimals = decimalsOf(cell);
  const { standardError } = measured;
  const error = standardError === null ? "" : ` ±${standardError.toFixed(decimals)}`;
  return measured.value.toFixed(decimals) + error;
}

/** A deviation with its sign; empty where there is none. */
export function formatDeviation(cell: Pick<CellResult, "deviation" | "published" | "tolerance">): string {
  if (cell.deviation === null) return "";
  const text = cell.deviation.toFixed(decimalsOf(cell));
  return Number(text) < 0 ? text : `+${text.replace("-", "")}`;
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
