/**
 * Images that maximise a number which a network gives.
 *
 * @module
 */
import { power } from "../../../src/numeric/linalg/power.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { rolled, wrappedBlur } from "./wrapped_blur.ts";

/** What keeps an ascent to what pictures have. */
export interface Prior {
  /** Pixels that the image is moved at most before each step, round its borders. */
  readonly roll: number;
  /** Standard deviation of the blur of the gradient, in pixels: at the first step and at the last. */
  readonly blur: readonly [number, number];
  /** What is left of the gradient's differences between colours. */
  readonly chroma: number;
  /** What is left of the contrast after each step. */
  readonly contrast: number;
}

/** No prior: the gradient as it is. */
export const plain: Prior = { roll: 0, blur: [0, 0], chroma: 1, contrast: 1 };

/** How an ascent goes. */
export interface Ascent {
  /** Steps. */
  readonly steps: number;
  /** Root mean square of the first step, in grey levels. */
  readonly size: number;
  /** The share of it that is gone at the last. */
  readonly decay: number;
  /** What it keeps to. */
  readonly prior: Prior;
}

/** Standard deviations of the noise that is started from: of grey, and of each colour. */
const startNoise = { grey: 10, colour: 3 };

/** The middle of the grey levels. */
const middle = 128;

/** Noise about a middle grey. @returns `(side, side, 3)`, grey levels. */
export function startImage(side: number, rng: RandomStream): Float32Array {
  const out = new Float32Array(3 * side * side);
  for (let i = 0; i < side * side; i++) {
    const grey = middle + startNoise.grey * rng.normal();
    for (let channel = 0; channel < 3; channel++) {
      out[3 * i + channel] = grey + startNoise.colour * rng.normal();
    }
  }
  return out;
}

/**
 * Ascends from noise.
 *
 * @param side Of the image.
 * @param gradient The gradient of the number at an image of grey levels, `(side, side, 3)`.
 * @returns `(side, side, 3)`, within 0..255.
 */
export function ascend(
  side: number,
  { steps, size, decay, prior }: Ascent,
  gradient: (image: Float32Array) => Float32Array,
  rng: RandomStream,
): Float32Array {
  const image = startImage(side, rng);
  const { roll, blur: [from, to], chroma, contrast } = prior;
  for (let step = 0; step < steps; step++) {
    const share = steps === 1 ? 0 : step / (steps - 1);
    const [dy, dx] = [rng.integer(2 * roll + 1) - roll, rng.integer(2 * roll + 1) - roll];
    const back = rolled(gradient(rolled(image, side, dy, dx)), side, -dy, -dx);
    const sigma = from === 0 ? 0 : from * power(to / from, share);
    const direction = dampChroma(wrappedBlur(back, side, sigma), chroma);
    const length = Math.sqrt(direction.reduce((sum, value) => sum + value ** 2, 0) / direction.length);
    const rate = length === 0 ? 0 : size * (1 - decay * step / steps) / length;
    direction.forEach((value, i) => {
      const moved = image[i]! + rate * value;
      image[i] = Math.min(255, Math.max(0, middle + contrast * (moved - middle)));
    });
  }
  return image;
}

function dampChroma(values: Float32Array, chroma: number): Float32Array {
  if (chroma === 1) return values;
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i += 3) {
    const grey = (values[i]! + values[i + 1]! + values[i + 2]!) / 3;
    for (let channel = 0; channel < 3; channel++) {
      out[i + channel] = grey + chroma * (values[i + channel]! - grey);
    }
  }
  return out;
}
