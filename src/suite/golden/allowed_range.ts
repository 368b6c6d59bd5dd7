import type { AllowedRange } from "../reproduction.ts";
import type { Claim } from "./claim.ts";

/**
 * How far from the printed number a measurement may lie, of a claim how far from 0, in its unit; of a one-sided kind the bound.
 *
 * @param claim What is printed, and the tolerance in its own kind.
 * @param standardError That of the measurement, in which an interval is given.
 * @returns `null` where the tolerance is in standard errors and there is none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const tolerance = { kind: "relative", value: 0.1 } as const;
 * assertEquals(allowedDistance({ tolerance, published: { value: 20 } }, null), 2);
 * ```
 */
export function allowedDistance(
  { published, tolerance: { kind, value } }: {
    readonly published: Pick<NonNullable<Claim["published"]>, "value"> | null;
    readonly tolerance: Pick<Claim["tolerance"], "kind" | "value">;
  },
  standardError: number | null,
): number | null {
  if (kind === "relative") return value * Math.abs(published?.value ?? 0);
  if (kind === "interval") return standardError === null ? null : value * standardError;
  return value;
}

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
  claim: Pick<Claim, "published" | "tolerance">,
  standardError: number | null,
): AllowedRange | null {
  const { kind, value } = claim.tolerance;
  if (kind === "at-most") return { lower: null, upper: value };
  if (kind === "at-least") return { lower: value, upper: null };
  const half = allowedDistance(claim, standardError);
  if (half === null) return null;
  const printed = claim.published?.value ?? 0;
  return { lower: printed - half, upper: printed + half };
}
