/** How well the cause of an unfavourable outcome is known. */
export type Cause = "shown" | "shown in part" | "conjectured" | "not given";

/** From the best known to the least. */
export const causes: readonly Cause[] = ["shown", "shown in part", "conjectured", "not given"];

/**
 * How well the cause is known that a golden row gives in its column `because`: an experiment has shown it, or the row says of a part
 * that it is conjectured or not explained, or all of it is conjectured.
 *
 * @param because The column; empty where the row gives none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(causeIn("shown: on a grid of 8 x 8 it has 1.85"), "shown");
 * assertEquals(causeIn("shown: the total becomes 99.36; conjectured: a broader low-pass"), "shown in part");
 * assertEquals(causeIn("conjectured: another window"), "conjectured");
 * ```
 */
export function causeIn(because: string): Cause {
  const isShown = /\bshown\b/i.test(because);
  const isConjectured = /\bconjectured\b/i.test(because);
  if (!isShown) return isConjectured ? "conjectured" : "not given";
  return isConjectured || /\bpartly shown\b|\bnot explained\b/i.test(because) ? "shown in part" : "shown";
}
