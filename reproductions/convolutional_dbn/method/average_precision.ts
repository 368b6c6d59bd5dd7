/**
 * How well units find a class among images.
 *
 * @module
 */

/** Images with a class, and the activity of each unit. */
export interface UnitActivity {
  /** The class of each image. */
  readonly classes: readonly string[];
  /** `(images, units)`. */
  readonly activity: readonly (readonly number[])[];
}

/**
 * The mean precision at the places of the images that are sought, by falling score. Where scores are equal, images that are not
 * sought come first.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(averagePrecision([3, 2, 1], [true, false, true]), (1 + 2 / 3) / 2);
 * ```
 */
export function averagePrecision(scores: readonly number[], isSought: readonly boolean[]): number {
  const order = Array.from(scores.keys()).sort((a, b) =>
    scores[b]! - scores[a]! || Number(isSought[a]) - Number(isSought[b])
  );
  let found = 0;
  let sum = 0;
  order.forEach((image, place) => {
    if (isSought[image]) sum += ++found / (place + 1);
  });
  return sum / found;
}

/** The mean over units of the average precision for a class; for the best class of each unit where none is given. */
export function meanPrecision({ classes, activity }: UnitActivity, sought?: string): number {
  const units = activity[0]!.length;
  const names = sought === undefined ? [...new Set(classes)] : [sought];
  const masks = names.map((name) => classes.map((one) => one === name));
  let sum = 0;
  for (let unit = 0; unit < units; unit++) {
    const scores = activity.map((image) => image[unit]!);
    sum += Math.max(...masks.map((mask) => averagePrecision(scores, mask)));
  }
  return sum / units;
}

/** The mean precision of one layer less that of another, with the standard error of a jackknife over images. */
export function precisionDifference(
  lower: UnitActivity,
  upper: UnitActivity,
  sought?: string,
): { readonly value: number; readonly standardError: number } {
  const differenceOf = (without: number | null) => {
    const kept = (all: UnitActivity): UnitActivity => ({
      classes: all.classes.filter((_, i) => i !== without),
      activity: all.activity.filter((_, i) => i !== without),
    });
    return meanPrecision(kept(lower), sought) - meanPrecision(kept(upper), sought);
  };
  const n = lower.classes.length;
  const left = lower.classes.map((_, i) => differenceOf(i));
  const mean = left.reduce((a, b) => a + b, 0) / n;
  const squares = left.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: differenceOf(null), standardError: Math.sqrt((n - 1) / n * squares) };
}
