import type { AllowedRange } from "../reproduction.ts";
import type { Claim } from "./claim.ts";

/**
 * What a measurement of a cell may be, in its unit: around the printed number, of a claim around 0, or on one side of a bound.
 *
 * @param claim What is printed, and how far a measurement may lie.
 * @param standardError That of the measurement, in which an interval is given.
 * @returns `null` where the tolerance is in standard errors and there is none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const published = { text: "20", value: 20 };
 * const tolerance = { kind: "relative", value: 0.1, rationale: "" } as const;
 * assertEquals(allowedRange({ published, tolerance }, null), { lower: 18, upper: 22 });
 * ```
 */
export function allowedRange(
  { published, tolerance: { kind, value } }: Pick<Claim, "published" | "tolerance">,
  standardError: number | null,
): AllowedRange | null {
  if (kind === "at-most") return { lower: null, upper: value };
  if (kind === "at-least") return { lower: value, upper: null };
  if (kind === "interval" && standardError === null) return null;
  const printed = published?.value ?? 0;
  const half = kind === "relative"
    ? value * Math.abs(printed)
    : kind === "interval"
    ? value * standardError!
    : value;
  return { lower: printed - half, upper: printed + half };
}
