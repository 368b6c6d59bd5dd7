import { mean } from "./mean.ts";

/**
 * The standard error of the mean of values that come in groups, within which they are not independent: that of the sums of the
 * groups' deviations, with the correction for few groups (Liang & Zeger 1986, for a mean).
 *
 * @param groups The values, group by group; a group may be empty.
 * @returns `null` where fewer than two groups have values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // Values that repeat within their group tell no more than one of them.
 * assertEquals(clusteredStandardError([[1, 1], [3, 3]]), clusteredStandardError([[1], [3]]));
 * ```
 */
export function clusteredStandardError(groups: readonly (readonly number[])[]): number | null {
  const filled = groups.filter((group) => group.length > 0);
  if (filled.length < 2) return null;
  const all = filled.flat();
  const center = mean(all);
  const squares = filled.reduce(
    (sum, group) => sum + group.reduce((deviation, value) => deviation + value - center, 0) ** 2,
    0,
  );
  return Math.sqrt(squares * filled.length / (filled.length - 1)) / all.length;
}
