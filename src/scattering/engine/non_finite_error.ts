/**
 * A pixel of a batch that is NaN or infinite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   new NonFiniteError(2, 17, NaN).message,
 *   "Cannot transform image 2 as every pixel must be finite: current value of pixel 17 is NaN",
 * );
 * ```
 */
export class NonFiniteError extends RangeError {
  override readonly name = "NonFiniteError";

  /**
   * @param image The number of the image in the batch, from 0 on.
   * @param pixel The number of the pixel in the image, row-major.
   * @param value Its value.
   */
  constructor(readonly image: number, readonly pixel: number, readonly value: number) {
    super(
      `Cannot transform image ${image} as every pixel must be finite: current value of pixel ${pixel} is ${value}`,
    );
  }

  /**
   * The error for the first pixel of an image that is NaN or infinite.
   *
   * @param image The number of the image in the batch.
   * @param pixels Its pixels, of which one is.
   * @returns The error.
   */
  static inPixels(image: number, pixels: Float32Array | Float64Array): NonFiniteError {
    const pixel = pixels.findIndex((value) => !Number.isFinite(value));
    return new NonFiniteError(image, pixel, pixels[pixel]!);
  }

  /**
   * The same pixel, seen from a larger batch.
   *
   * @param first The number of the first image of this batch in the larger one.
   * @returns The error for the larger batch.
   */
  inBatch(first: number): NonFiniteError {
    return new NonFiniteError(first + this.image, this.pixel, this.value);
  }
}
