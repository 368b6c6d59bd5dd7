/**
 * Bases as images: those of a higher layer as the weighted sums of those below (Lee et al. 2011, section 4.1).
 *
 * @module
 */
import type { LearntMachine } from "./machines.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** Square images of one size. */
export interface BasisImages {
  /** Rows and columns. */
  readonly side: number;
  /** Pixels from a cell of what the layer sees to the next. */
  readonly stride: number;
  /** Each `(side, side)`. */
  readonly images: readonly Float64Array[];
}

/** The bases of a first layer, which sees one channel of pixels. */
export function firstBases({ shape: { side, filters }, filter }: LearntMachine): BasisImages {
  const images = Array.from(
    { length: filters },
    (_, k) => Float64Array.from({ length: side * side }, (_, at) => filter[at * filters + k]!),
  );
  return { side, stride: 1, images };
}

/**
 * The bases of a layer above another one.
 *
 * @param machine The layer.
 * @param below The bases of the layer below.
 * @param pool Rows and columns of a block of the layer below.
 * @param order Which of the bases below stands for each channel; each for its own by default.
 */
export function higherBases(
  { shape: { side, filters, channels }, filter }: LearntMachine,
  below: BasisImages,
  pool: number,
  order: ArrayLike<number> = below.images.map((_, channel) => channel),
): BasisImages {
  const stride = below.stride * pool;
  const whole = (side - 1) * stride + below.side;
  const images = Array.from({ length: filters }, () => new Float64Array(whole * whole));
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      for (let channel = 0; channel < channels; channel++) {
        const basis = below.images[order[channel]!]!;
        const from = ((row * side + column) * channels + channel) * filters;
        for (let k = 0; k < filters; k++) {
          addAt(images[k]!, whole, basis, below.side, row * stride, column * stride, filter[from + k]!);
        }
      }
    }
  }
  return { side: whole, stride, images };
}

function addAt(
  image: Float64Array,
  width: number,
  patch: Float64Array,
  side: number,
  top: number,
  left: number,
  weight: number,
): void {
  for (let row = 0; row < side; row++) {
    const to = (top + row) * width + left;
    const from = row * side;
    for (let column = 0; column < side; column++) image[to + column]! += weight * patch[from + column]!;
  }
}

/**
 * How much of an image's gradients lies in one direction: the difference of the eigenvalues of its structure tensor over their sum, 0
 * for none and 1 for a wave.
 *
 * @param image `(side, side)`, not constant.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const ramp = Float64Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2);
 * assertAlmostEquals(orientationCoherence(ramp, 3), 1, 1e-15);
 * ```
 */
export function orientationCoherence(image: Float64Array, side: number): number {
  let [xx, xy, yy] = [0, 0, 0];
  for (let row = 1; row + 1 < side; row++) {
    for (let column = 1; column + 1 < side; column++) {
      const at = row * side + column;
      const x = image[at + 1]! - image[at - 1]!;
      const y = image[at + side]! - image[at - side]!;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
  }
  return Math.sqrt((xx - yy) ** 2 + 4 * xy * xy) / (xx + yy);
}

/** The mean coherence of the bases of a layer, and of the same weights with the channels below permuted. */
export function coherences(
  machine: LearntMachine,
  below: BasisImages,
  pool: number,
  permutations: number,
  stream: RandomStream,
): { readonly learnt: number; readonly permuted: number } {
  const meanOf = ({ images, side }: BasisImages) =>
    images.reduce((sum, image) => sum + orientationCoherence(image, side), 0) / images.length;
  let permuted = 0;
  for (let i = 0; i < permutations; i++) {
    const order = stream.permutation(machine.shape.channels);
    permuted += meanOf(higherBases(machine, below, pool, order)) / permutations;
  }
  return { learnt: meanOf(higherBases(machine, below, pool)), permuted };
}
