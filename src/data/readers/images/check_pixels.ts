/** More pixels than any image of the data sets has by far; the largest photograph has under 1 million. */
export const maxPixels = 64_000_000;

/**
 * Checks the size of an image before memory is taken for it.
 *
 * @throws {Error} Where it has no pixels, or more than 64 million.
 */
export function checkPixels(height: number, width: number): void {
  if (height === 0 || width === 0 || height * width > maxPixels) {
    throw new Error(`its size must be 1 to ${maxPixels} pixels: current size is ${height}x${width}`);
  }
}
