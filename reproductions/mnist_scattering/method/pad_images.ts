/**
 * Puts images in the middle of larger ones that are 0 elsewhere; an odd margin has its larger part behind.
 *
 * @param images `(n, height, width)`.
 * @param size Height and width of an image.
 * @param padded Height and width of the larger ones.
 * @returns `(n, padded height, padded width)`.
 * @throws {RangeError} Where the larger ones are smaller, or the values are no whole number of images.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const padded = padImages(Float32Array.of(1, 2), [1, 2], [2, 4]);
 * assertEquals(Array.from(padded), [0, 1, 2, 0, 0, 0, 0, 0]);
 * ```
 */
export function padImages(
  images: Float32Array,
  size: readonly [height: number, width: number],
  padded: readonly [height: number, width: number],
): Float32Array {
  const [height, width] = size;
  const [rows, columns] = padded;
  if (rows < height || columns < width) {
    throw new RangeError(`Cannot pad images: ${rows} x ${columns} must be at least ${height} x ${width}`);
  }
  if (images.length % (height * width) !== 0) {
    throw new RangeError(
      `Cannot pad images: ${images.length} values are no whole number of images of ${height} x ${width}`,
    );
  }
  const count = images.length / (height * width);
  const result = new Float32Array(count * rows * columns);
  const corner = Math.floor((rows - height) / 2) * columns + Math.floor((columns - width) / 2);
  for (let row = 0; row < count * height; row++) {
    const image = Math.floor(row / height);
    const to = (image * rows + row % height) * columns + corner;
    result.set(images.subarray(row * width, (row + 1) * width), to);
  }
  return result;
}
