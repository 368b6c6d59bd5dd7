import type { GrayImage } from "../../data/readers/images/image.ts";
import { whiten } from "../../numeric/fourier/whiten.ts";

/** The mean square of a whitened image, and the pixels that are cut off at each side, where whitening takes it for periodic. */
const protocol = { meanSquare: 0.1, cut: 6 };

/** A grey image as the first machine sees it: whitened, without its rim. */
export function prepareImage({ height, width, data }: GrayImage): GrayImage {
  const white = whiten(data, height, width, protocol.meanSquare);
  const { cut } = protocol;
  return cropImage({ height, width, data: white }, cut, cut, height - 2 * cut, width - 2 * cut);
}

/**
 * A rectangle of an image.
 *
 * @throws {RangeError} Where it does not lie inside.
 */
export function cropImage(
  image: GrayImage,
  top: number,
  left: number,
  height: number,
  width: number,
): GrayImage {
  const isInside = top >= 0 && left >= 0 && height > 0 && width > 0 && top + height <= image.height &&
    left + width <= image.width;
  if (!isInside) {
    throw new RangeError(
      `Cannot take ${height}x${width} pixels from (${top}, ${left}) on: the image has ${image.height}x${image.width}`,
    );
  }
  const data = new Float64Array(height * width);
  for (let row = 0; row < height; row++) {
    const from = (top + row) * image.width + left;
    data.set(image.data.subarray(from, from + width), row * width);
  }
  return { height, width, data };
}
