import { allowedDistance } from "../golden/allowed_range.ts";
import type { CellResult } from "../runner/results.ts";

/** What the pull of a cell depends on. */
export type Pulled = Pick<CellResult, "role" | "published" | "measured" | "tolerance" | "verdict">;

/**
 * The pull of a printed number or a variant: (measured - published) / tolerance, so that what is allowed is [-1, 1]. It has the sign
 * of the difference. Where nothing but the printed number is allowed, any difference pulls infinitely.
 *
 * @returns `null` of a claim, which prints no number; of a printed bound, as in `<= 5`, which has a side and no width; and where there
 * is no value, or one of a stand-in, which is not judged.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const measured = { value: 21.5, standardError: null, unitOfError: null, values: [21.5] };
 * const published = { text: "20", value: 20 };
 * const tolerance = { kind: "absolute", value: 3, rationale: "" } as const;
 * const cell = { role: "number", verdict: "agrees", published, tolerance } as const;
 * assertEquals(pull({ ...cell, measured }), 0.5);
 * assertEquals(pull({ ...cell, measured: null }), null);
 * ```
 */
export function pull(cell: Pulled): number | null {
  const { role, published, measured, tolerance: { kind }, verdict } = cell;
  if (role === "claim" || published === null || measured === null || measured.value === null) return null;
  if (kind === "at-most" || kind === "at-least" || verdict === "stand-in") return null;
  const difference = measured.value - published.value;
  return difference === 0 ? 0 : difference / (allowedDistance(cell, measured.standardError) ?? 0);
}
