import type { GrayImage } from "./image.ts";

/**
 * Stretches an image to another size by antialiased bilinear interpolation: along each axis a triangle whose
 * half-width is one sample of the coarser grid, its weights normalised to sum 1 and cut at the border, in
 * float64. This is the filter of Pillow's `BILINEAR` on 32-bit float images. Pixel `i` is centred at `i + 0.5`.
 *
 * @param image `(height, width)`, at least 1x1.
 * @param height Rows of the result, >= 1.
 * @param width Columns of the result, >= 1.
 * @returns A new image.
 * @throws {RangeError} Where a size is not an integer >= 1.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const row = { height: 1, width: 4, data: Float64Array.of(7, 0, 0, 14) };
 * // The weights of the first pixel are (3, 3, 1) / 7.
 * assertAlmostEquals(resize(row, 1, 2).data[0]!, 3, 1e-14);
 * assertAlmostEquals(resize(row, 1, 2).data[1]!, 6, 1e-14);
 * ```
 */
export function resize(image: GrayImage, height: number, width: number): GrayImage {
  for (const side of [image.height, image.width, height, width]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(
        `Cannot resize an image of ${image.height}x${image.width} to ${height}x${width}: ` +
          "each side must be an integer >= 1",
      );
    }
  }
  const across = triangleWeights(image.width, width);
  const rows = new Float64Array(image.height * width);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = across[x]!;
      const from = y * image.width + first;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * image.data[from + k]!;
      rows[y * width + x] = sum;
    }
  }
  const down = triangleWeights(image.height, height);
  const data = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const { first, weights } = down[y]!;
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!;
      const from = (first + k) * width;
      for (let x = 0; x < width; x++) data[y * width + x]! += weight * rows[from + x]!;
    }
  }
  return { height, width, data };
}

/** For each of `to` output samples the first input sample it reads and the weights from there on. */
function triangleWeights(from: number, to: number): readonly { first: number; weights: Float64Array }[] {
  const step = from / to;
  const support = Math.max(step, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.floor(centre + support + 0.5));
    const weights = Float64Array.from(
      { length: end - first },
      (_, k) => Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / support),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
}
