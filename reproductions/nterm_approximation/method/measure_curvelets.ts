import { type CurveletFrame, firstRing, lastRing } from "./curvelet_frame.ts";
import { LargestTerms } from "./largest_terms.ts";
import type { TermError } from "./rates.ts";
import { countForShare } from "./sorted_energy.ts";

/** What curvelets make of an image. */
export interface CurveletMeasures {
  /** The relative squared error of the image that is made of n atoms with their coefficients. */
  readonly errors: readonly TermError[];
  /** The energy of what was left out, over that of the image: an upper bound of each error. */
  readonly bounds: readonly TermError[];
  /** By ring from the first to the one before the last: how many real coefficients hold the share of its energy. */
  readonly counts: readonly number[];
}

/**
 * Transforms an image, and makes it again of its n largest coefficients.
 *
 * @param frame The curvelets of its side.
 * @param image `(side, side)`.
 * @param termCounts The numbers n, rising.
 * @param share Which share of the energy of a scale is counted.
 */
export function measureCurvelets(
  frame: CurveletFrame,
  image: Float64Array,
  termCounts: readonly number[],
  share: number,
): CurveletMeasures {
  const squaredNorm = image.reduce((sum, value) => sum + value * value, 0);
  const largest = new LargestTerms(termCounts.at(-1)!);
  const counts: number[] = [];
  let ofRing = new Float64Array(0);
  let filled = 0;
  let part = 0;
  frame.analyse(image, (wedge, coefficients) => {
    largest.add(part, coefficients);
    part++;
    if (wedge.ring === null || wedge.ring === lastRing(frame.side)) return;
    if (wedge.number === 0) {
      const sameRing = frame.wedges.filter(({ ring }) => ring === wedge.ring);
      ofRing = new Float64Array(sameRing.reduce((sum, { count }) => sum + count, 0));
      filled = 0;
    }
    for (const value of coefficients) ofRing[filled++] = value * value;
    if (filled === ofRing.length) counts[wedge.ring - firstRing] = countForShare(ofRing, share);
  });
  const terms = largest.take();
  const errors: TermError[] = [];
  const bounds: TermError[] = [];
  for (const n of termCounts) {
    const kept = terms.slice(0, n);
    const byWedge = Map.groupBy(kept, ({ part }) => frame.wedges[part]!);
    const approximation = frame.synthesise((wedge) => {
      const its = byWedge.get(wedge);
      if (its === undefined) return null;
      const coefficients = new Float64Array(wedge.count);
      for (const { index, value } of its) coefficients[index] = value;
      return coefficients;
    });
    const error = approximation.reduce((sum, value, i) => sum + (value - image[i]!) ** 2, 0);
    const bound = squaredNorm - kept.reduce((sum, { value }) => sum + value * value, 0);
    errors.push({ n, error: error / squaredNorm });
    bounds.push({ n, error: bound / squaredNorm });
  }
  return { errors, bounds, counts };
}
