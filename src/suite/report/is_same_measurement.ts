import type { Measured } from "../golden/judge.ts";

/**
 * Whether two measurements have the same values and standard error, bit for bit. -0 is 0, and every value that is not
 * finite is the same, since JSON keeps none of them.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const measured = { value: 0.3, standardError: null, unitOfError: null, values: [0.3] };
 * assertEquals(isSameMeasurement(measured, { ...measured, values: [0.1 + 0.2] }), false);
 * ```
 */
export function isSameMeasurement(
  a: Pick<Measured, "values" | "standardError">,
  b: Pick<Measured, "values" | "standardError">,
): boolean {
  return a.values.length === b.values.length && a.standardError === b.standardError &&
    a.values.every((value, i) =>
      value === b.values[i] || !Number.isFinite(value) && !Number.isFinite(b.values[i])
    );
}
