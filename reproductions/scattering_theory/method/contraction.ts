import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { whiteNoise } from "./fields.ts";
import { added, distance, norm, scaled, withoutMean } from "./grid.ts";
import { LinearisedScattering } from "./linearised_scattering.ts";
import { scatter } from "./paths.ts";
import { largestSingularValue, lateChange } from "./power_iteration.ts";

/** How a pair of images is sought. */
export interface PairSearch {
  /** The largest order of the transform. */
  readonly maxOrder: number;
  /** How often the image itself moves towards the direction that was found. */
  readonly rounds: number;
  /** Steps of power iteration in each round. */
  readonly iterations: number;
}

/** A pair that was sought. */
export interface SoughtPair {
  /** Whether the two may differ by their means. */
  readonly anyMean: boolean;
  /** The largest ||S x - S y|| / ||x - y|| of a pair of images, over the rounds. */
  readonly ratio: number;
  /** The singular value of the derivative in the round of that pair. */
  readonly singularValue: number;
  /** By what share the last quarter of the iterations changed it. */
  readonly lateChange: number;
  /** ||D h|| / ||h|| after each iteration of that round. */
  readonly trace: readonly number[];
}

/** How far y lies from x, as a share of the norm of x. */
const step = 1e-3;

/** ||S x - S y|| / ||x - y||. */
export function expansion(x: Float64Array, y: Float64Array, bank: FilterBank, maxOrder: number): number {
  return distance(scatter(x, bank, maxOrder), scatter(y, bank, maxOrder)) / distance(x, y);
}

/**
 * Seeks the pair of images whose distance a scattering transform expands most, near an image: power iteration on the derivative at x
 * gives the direction h; then x moves half way towards it, where the derivative is another one, and again. It begins with a
 * step along x itself, with some noise, and with a constant where that is allowed. Every pair that is reported is a pair of
 * images, x and x + 1e-3 ||x|| h, and no linearisation.
 *
 * @param start Where x begins, not zero.
 * @param bank Any bank.
 * @param search How long.
 * @param anyMean Whether h may have a mean; a constant alone always passes as it is.
 * @param stream Where the noise is sampled from.
 */
export function seekPair(
  start: Float64Array,
  bank: FilterBank,
  { maxOrder, rounds, iterations }: PairSearch,
  anyMean: boolean,
  stream: RandomStream,
): SoughtPair {
  const allowed = (map: Float64Array) => anyMean ? map : withoutMean(map);
  let x = scaled(start, 1 / norm(start));
  const noise = whiteNoise(bank.width, stream);
  const begin = added(x, noise, 0.1 / norm(noise));
  let direction = allowed(anyMean ? begin.map((value) => value + 1 / bank.width) : begin);
  let best: SoughtPair | null = null;
  for (let round = 0; round < rounds; round++) {
    const derivative = new LinearisedScattering(x, bank, maxOrder);
    const { value, direction: found, trace } = largestSingularValue(
      (h) => {
        const { image, squaredNorm } = derivative.normal(h);
        return { image: allowed(image), squaredNorm };
      },
      direction,
      iterations,
    );
    const ratio = expansion(x, added(x, found, step), bank, maxOrder);
    if (best === null || ratio > best.ratio) {
      best = { anyMean, ratio, singularValue: value, lateChange: lateChange(trace), trace };
    }
    direction = found;
    const moved = added(x, found, 1);
    x = scaled(moved, 1 / norm(moved));
  }
  return best!;
}

/** The largest ratio over all pairs of some images. */
export function largestOfPairs(images: readonly Float64Array[], bank: FilterBank, maxOrder: number): number {
  const scattered = images.map((image) => scatter(image, bank, maxOrder));
  let largest = 0;
  for (let a = 0; a < images.length; a++) {
    for (let b = 0; b < a; b++) {
      const ratio = distance(scattered[a]!, scattered[b]!) / distance(images[a]!, images[b]!);
      largest = Math.max(largest, ratio);
    }
  }
  return largest;
}
