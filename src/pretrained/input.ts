/**
 * What networks are shown.
 *
 * @module
 */
import type { RgbImage } from "../data/readers/images/image.ts";
import { bilinear, resize } from "../data/readers/images/resize.ts";

/** How an image becomes the input of a network, as it was trained. */
export interface InputFormat {
  /** Rows and columns. */
  readonly side: number;
  /** Which of red, green, blue (0, 1, 2) each channel is. */
  readonly channels: readonly [number, number, number];
  /** Is subtracted from the samples 0..255 of each channel, in the order of the network. */
  readonly mean: readonly [number, number, number];
  /** What they are divided by then. */
  readonly scale: number;
}

/**
 * The input of a network: the whole image, stretched to a square by antialiased linear interpolation ({@linkcode resize}, pixel `i`
 * centred at `i + 0.5`, neither rounded nor clipped), channel by channel in float64, then (value - mean) / scale in float32.
 *
 * @param image `(height, width, 3)`, 8-bit RGB.
 * @param format What the network was trained on.
 * @returns `(side, side, 3)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const blue = { height: 1, width: 1, data: Uint8Array.of(10, 20, 255) };
 * const bgr = { side: 2, channels: [2, 1, 0], mean: [104, 117, 123], scale: 1 } as const;
 * assertEquals([...networkInput(blue, bgr).subarray(0, 3)], [151, -97, -113]);
 * ```
 */
export function networkInput(image: RgbImage, format: InputFormat): Float32Array {
  const { side, channels, mean, scale } = format;
  const input = new Float32Array(side * side * 3);
  channels.forEach((colour, channel) => {
    const plane = Float64Array.from(
      { length: image.height * image.width },
      (_, i) => image.data[3 * i + colour]!,
    );
    const { data } = resize({ height: image.height, width: image.width, data: plane }, side, side, bilinear);
    data.forEach((value, i) => input[3 * i + channel] = (value - mean[channel]!) / scale);
  });
  return input;
}
