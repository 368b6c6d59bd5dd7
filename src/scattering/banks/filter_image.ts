import { Fft2 } from "../../numeric/fourier/fft2.ts";

/**
 * A filter as an image: the real part of its inverse Fourier transform, with the origin in the middle, at
 * (height / 2, width / 2) rounded down.
 *
 * @param filter Its values in the Fourier domain, of shape (height, width), frequency zero first.
 * @param height The number of rows.
 * @param width The number of columns.
 * @returns Of shape (height, width).
 * @throws {RangeError} Where the filter does not have height x width values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // A filter that lets every frequency pass is one at the origin.
 * assertEquals([...filterImage(new Float64Array(9).fill(1), 3, 3)], [0, 0, 0, 0, 1, 0, 0, 0, 0]);
 * ```
 */
export function filterImage(filter: Float64Array, height: number, width: number): Float64Array {
  if (filter.length !== height * width) {
    throw new RangeError(
      `Cannot show a filter of ${filter.length} values: its shape must have as many: current shape is ` +
        `${height} x ${width}`,
    );
  }
  const re = filter.slice();
  new Fft2(height, width).inverse(re, new Float64Array(re.length));
  return re.map((_, at) => {
    const row = Math.floor(at / width) + height - Math.floor(height / 2);
    const column = at % width + width - Math.floor(width / 2);
    return re[(row % height) * width + (column % width)]!;
  });
}
