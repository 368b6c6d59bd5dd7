import type { RealArray } from "./engine/tables.ts";
import type { Scattering2D } from "./scattering_2d.ts";

/** How an image is sought. */
export interface InversionOptions {
  /** The number of steps. */
  readonly iterations: number;
  /**
   * Called with the image before the first step and after each.
   *
   * @param iteration The number of steps so far.
   * @param error ||S(image) - S|| / ||S||.
   * @param image The best image so far.
   */
  readonly onIteration?: (iteration: number, error: number, image: Float64Array) => void;
  /** Stops the search between two steps. */
  readonly signal?: AbortSignal;
}

/** Of the step before, what goes on. */
const MOMENTUM = 0.9;
/** The step grows where the error has fallen, and shrinks where it has risen. */
const GROWTH = 1.1;
const SHRINKAGE = 0.5;

/**
 * Seeks an image with given scattering coefficients: gradient descent with momentum on ||S(image) - S||^2, whose step is ever a little longer
 * until the error rises ("bold driver"), as kymatio's example of a regularised inverse does it. What the transform loses is not
 * found again: coefficients of larger scales and lower orders leave more images open. Colours and sizes outside those of the image that the
 * coefficients are of are possible.
 *
 * @param scattering The transform.
 * @param coefficients The coefficients S of one image.
 * @param start The first image, of (height, width) pixels; the more random, the less it stands in the way.
 * @param options How long it is sought.
 * @returns The best image.
 * @throws {RangeError} Where start or coefficients do not fit the transform.
 * @throws The reason of the signal, where it aborts.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { Scattering2D } from "./scattering_2d.ts";
 *
 * using scattering = new Scattering2D({ J: 1, shape: [8, 8], threads: 1 });
 * const image = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
 * const errors: number[] = [];
 * const onIteration = (_: number, error: number) => void errors.push(error);
 * const start = new Float64Array(64).map((_, i) => Math.cos(i));
 * await invertScattering(scattering, await scattering.transform(image), start, { iterations: 50, onIteration });
 * assert(errors.at(-1)! < errors[0]! / 20);
 * ```
 */
export async function invertScattering(
  scattering: Scattering2D,
  coefficients: RealArray,
  start: RealArray,
  { iterations, onIteration, signal }: InversionOptions,
): Promise<Float64Array> {
  const norm = Math.sqrt(sumOfSquares(coefficients)) || 1;
  const measure = async (image: Float64Array) => {
    const found = await scattering.transform(image);
    if (found.length !== coefficients.length) {
      throw new RangeError(
        `Cannot invert the transform as there must be ${found.length} coefficients of one image: ` +
          `current number is ${coefficients.length}`,
      );
    }
    const residual = found.map((value, i) => value - coefficients[i]!);
    return { image, residual, error: Math.sqrt(sumOfSquares(residual)) / norm };
  };
  let best = await measure(Float64Array.from(start));
  onIteration?.(0, best.error, best.image);
  // A coefficient stands for so many pixels, as the maps are sub-sampled: without that a step of 1 would never be too long.
  let rate = best.image.length * scattering.outputShape[0] / coefficients.length;
  let velocity = new Float64Array(best.image.length);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    signal?.throwIfAborted();
    const gradient = await scattering.gradient(best.image, best.residual);
    velocity = velocity.map((value, i) => MOMENTUM * value - rate * gradient[i]!);
    const next = await measure(best.image.map((value, i) => value + velocity[i]!));
    if (next.error < best.error) {
      best = next;
      rate *= GROWTH;
    } else {
      velocity.fill(0);
      rate *= SHRINKAGE;
    }
    onIteration?.(iteration, best.error, best.image);
  }
  return best.image;
}

function sumOfSquares(values: RealArray): number {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return sum;
}
