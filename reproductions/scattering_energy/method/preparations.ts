import type { GrayImage } from "../../../src/data/readers/images/image.ts";
import { bilinear, lanczos, resize } from "../../../src/data/readers/images/resize.ts";
import { side } from "./frames.ts";

/**
 * The ways to bring a photograph to side x side pixels among which the experiment chooses. A crop of the original pixels meets no
 * kernel, so that it stands here once; a photograph that is too small for it is enlarged as its centre square, bilinearly.
 */
export const preparations = {
  "stretched, bilinear": (photograph) => resize(photograph, side, side, bilinear),
  "stretched, Lanczos": (photograph) => resize(photograph, side, side, lanczos),
  "centre square, bilinear": (photograph) => resize(centreSquare(photograph), side, side, bilinear),
  "centre square, Lanczos": (photograph) => resize(centreSquare(photograph), side, side, lanczos),
  "native crop": (photograph) =>
    Math.min(photograph.height, photograph.width) < side
      ? resize(centreSquare(photograph), side, side, bilinear)
      : cropCentre(photograph, side, side),
} as const satisfies Readonly<Record<string, (photograph: GrayImage) => GrayImage>>;

/** The name of a preparation. */
export type PreparationName = keyof typeof preparations;

/**
 * Takes the pixels about the centre of an image. Where as many cannot be left out on either side, one more is left out at
 * the bottom or at the right.
 *
 * @param image `(height, width)`.
 * @param height Rows of the result, at most those of the image.
 * @param width Columns of the result, at most those of the image.
 * @throws {RangeError} Where the image is smaller.
 */
export function cropCentre(image: GrayImage, height: number, width: number): GrayImage {
  if (height > image.height || width > image.width) {
    throw new RangeError(
      `Cannot crop an image of ${image.height}x${image.width} to ${height}x${width}: neither side may grow`,
    );
  }
  const top = Math.floor((image.height - height) / 2);
  const left = Math.floor((image.width - width) / 2);
  const data = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * image.width + left;
    data.set(image.data.subarray(from, from + width), y * width);
  }
  return { height, width, data };
}

/** The largest square about the centre. */
function centreSquare(image: GrayImage): GrayImage {
  const shorter = Math.min(image.height, image.width);
  return cropCentre(image, shorter, shorter);
}
