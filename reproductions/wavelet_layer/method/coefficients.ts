import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import type { OrthonormalWavelet } from "../../../src/numeric/wavelets/orthonormal_wavelet.ts";
import { waveletTransform2 } from "../../../src/numeric/wavelets/wavelet_transform2.ts";

/** Rows and columns of an image: CIFAR-10 has them, digits of 28 x 28 stand in the middle of them. */
export const side = 32;

/** Pixels of an image. */
export const pixels = side * side;

/** Levels of the wavelet transform. */
export const levels = 3;

/** Weights of red, green and blue in grey (ITU-R BT.601). */
const luma = [0.299, 0.587, 0.114];

/**
 * Images as grey values in [0, 1].
 *
 * @param all Of 28 x 28 or 32 x 32 pixels.
 * @param rows Which of them.
 * @returns `(rows, 32, 32)`.
 */
export function greyImages(all: LabelledImages, rows: ArrayLike<number>): Float32Array {
  const { channels, height, width, images } = all;
  const weights = channels === 1 ? [1] : luma;
  const margin = (side - height) / 2;
  const result = new Float32Array(rows.length * pixels);
  for (let i = 0; i < rows.length; i++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let grey = 0;
        for (let c = 0; c < channels; c++) {
          grey += weights[c]! * images[((rows[i]! * channels + c) * height + y) * width + x]!;
        }
        result[i * pixels + (y + margin) * side + x + margin] = grey / 255;
      }
    }
  }
  return result;
}

/**
 * The coefficients of images.
 *
 * @param images `(n, 32, 32)`.
 * @param wavelet The wavelet; `null` leaves the pixels.
 * @param result Where they go, `(n, 1024)`: the images themselves, where these are no longer needed.
 * @returns The result; the images, where there is no wavelet.
 */
export function coefficientsOf(
  images: Float32Array,
  wavelet: OrthonormalWavelet | null,
  result: Float32Array = new Float32Array(wavelet === null ? 0 : images.length),
): Float32Array {
  if (wavelet === null) return images;
  for (let at = 0; at < images.length; at += pixels) {
    const image = Float64Array.from(images.subarray(at, at + pixels));
    result.set(waveletTransform2(image, side, levels, wavelet), at);
  }
  return result;
}
