import { Fft2 } from "./fft2.ts";

/** The frequency, in cycles per pixel, from which on {@linkcode whiten} lets less through. */
const cutOff = 0.4;

/**
 * An image with the spectrum of natural images taken out: its frequencies f (cycles per pixel) are multiplied by |f| exp(-(f / 0.4)^4)
 * (Olshausen and Field, Nature 381, 1996), then its values are scaled to a mean square. The image is taken to be periodic.
 *
 * @param image `(height, width)`, not changed.
 * @param height Rows.
 * @param width Columns.
 * @param meanSquare Of the result, whose mean is 0; an image without variance gives zeros.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const white = whiten(Float64Array.of(1, 2, 3, 5), 2, 2, 0.1);
 * assertAlmostEquals(white.reduce((sum, value) => sum + value ** 2, 0) / 4, 0.1, 1e-12);
 * ```
 */
export function whiten(image: Float64Array, height: number, width: number, meanSquare: number): Float64Array {
  const fft = new Fft2(height, width);
  const re = image.slice();
  const im = new Float64Array(re.length);
  fft.forward(re, im);
  for (let k = 0; k < height; k++) {
    const fy = (k <= height / 2 ? k : k - height) / height;
    for (let l = 0; l < width; l++) {
      const fx = (l <= width / 2 ? l : l - width) / width;
      const frequency = Math.sqrt(fx * fx + fy * fy);
      const ratio = frequency / cutOff;
      const factor = frequency * Math.exp(-(ratio * ratio * ratio * ratio));
      re[k * width + l]! *= factor;
      im[k * width + l]! *= factor;
    }
  }
  fft.inverse(re, im);
  const squares = re.reduce((sum, value) => sum + value * value, 0);
  const scale = squares > 0 ? Math.sqrt(meanSquare * re.length / squares) : 0;
  return re.map((value) => scale * value);
}
