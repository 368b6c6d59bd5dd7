import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { imageSets, normalisedValue, type SetName } from "./image_sets.ts";

/** Black pixels around an image, from which it is cut out again. */
const padding = 4;

/**
 * Flips each image left to right with probability 1/2, adds 4 black pixels on each side and cuts an image of the former size
 * out at random: the authors' augmentation of CIFAR-10. What is done to an image depends on seed and step alone, so that a
 * resumed training sees the same images.
 *
 * @param x Normalised images `(n, height, width, channels)`.
 * @returns The same shape.
 */
export function augment(x: Tensor, set: SetName, step: number, seed: number): Tensor {
  const [count, height, width, channels] = x.shape as [number, number, number, number];
  const stream = randomStream(`augment/step${step}`, seed);
  const from = x.dataSync() as Float32Array;
  const line = width * channels;
  const black = imageSets[set].mean.map((_, channel) => normalisedValue(set, channel, 0));
  const blackLine = Float32Array.from({ length: line }, (_, i) => black[i % channels]!);
  const to = new Float32Array(from.length);
  for (let at = 0; at < to.length; at += line) to.set(blackLine, at);
  for (let n = 0; n < count; n++) {
    const flipped = stream.integer(2) === 1;
    const down = stream.integer(2 * padding + 1) - padding;
    const right = stream.integer(2 * padding + 1) - padding;
    // Columns of the result that show the image.
    const first = Math.max(0, -right);
    const last = Math.min(width, width - right);
    for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
      const source = (n * height + y + down) * line;
      const target = (n * height + y) * line;
      if (!flipped) {
        const row = from.subarray(source + (first + right) * channels, source + (last + right) * channels);
        to.set(row, target + first * channels);
        continue;
      }
      for (let column = first; column < last; column++) {
        const pixel = source + (width - 1 - column - right) * channels;
        for (let k = 0; k < channels; k++) to[target + column * channels + k] = from[pixel + k]!;
      }
    }
  }
  return tensor(to, x.shape);
}
