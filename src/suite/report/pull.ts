import type { CellResult } from "../runner/results.ts";

/** What the pull of a cell depends on. */
export type Pulled = Pick<CellResult, "role" | "published" | "measured" | "tolerance" | "verdict">;

/**
 * How far a measurement may lie from the printed number, of a claim from 0, to either side and in the unit of the cell. A bound has
 * no such width.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const tolerance = { kind: "relative", value: 0.1, rationale: "" } as const;
 * assertEquals(allowedDistance({ tolerance, published: { text: "20", value: 20 }, measured: null }), 2);
 * ```
 */
export function allowedDistance(
  { tolerance: { kind, value }, published, measured }: Pick<Pulled, "tolerance" | "published" | "measured">,
): number {
  if (kind === "relative") return value * Math.abs(published?.value ?? 0);
  if (kind === "interval") return value * (measured?.standardError ?? 0);
  return value;
}

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
  const value = measured?.value ?? null;
  if (role === "claim" || published === null || value === null) return null;
  if (kind === "at-most" || kind === "at-least" || verdict === "stand-in") return null;
  const difference = value - published.value;
  return difference === 0 ? 0 : difference / allowedDistance(cell);
}
