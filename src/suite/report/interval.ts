import type { CellResult } from "../runner/results.ts";
import { formatNumber } from "./format_number.ts";

/** How many standard errors an interval reaches to either side: 95 % of a normal distribution. */
export const standardErrors = 1.96;

/** An estimate with its bounds, as written. */
export interface Interval {
  readonly lower: string;
  readonly estimate: string;
  readonly upper: string;
}

/**
 * The lower bound, the estimate and the upper bound of a measurement: the mean and 1.96 standard errors to either side.
 *
 * @returns `null` without a finite value; the bounds are empty where there is no standard error.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const measured = { value: 21.8, standardError: 0.5, unitOfError: "image", values: [21.8] } as const;
 * const tolerance = { kind: "absolute", value: 3, rationale: "" } as const;
 * assertEquals(confidenceInterval({ measured, published: null, tolerance }), {
 *   lower: "20.82",
 *   estimate: "21.80",
 *   upper: "22.78",
 * });
 * ```
 */
export function confidenceInterval(
  cell: Pick<CellResult, "measured" | "published" | "tolerance">,
): Interval | null {
  const { value = null, standardError = null } = cell.measured ?? {};
  if (value === null) return null;
  const write = (x: number) => formatNumber(x, cell);
  if (standardError === null) return { lower: "", estimate: write(value), upper: "" };
  const reach = standardErrors * standardError;
  return { lower: write(value - reach), estimate: write(value), upper: write(value + reach) };
}
