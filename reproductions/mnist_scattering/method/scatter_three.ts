import { type ImageReading, readImages } from "../../../src/data/sources/labelled_image_sources.ts";
import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
import type { Scattering2DOptions } from "../../../src/scattering/scattering_options.ts";
import type { ReadContext } from "../../../src/data/sources/source.ts";
import { digitPixels, digitSide, elliptic, paddedSide } from "./features.ts";
import { padImages } from "./pad_images.ts";

/** Figure 7: a digit "3" of 32 x 32 pixels, 2^J = 8, L = 8, one sample in 8: 4 x 4 samples of each path. */
export const figure7Options: Scattering2DOptions = {
  J: 3,
  ...elliptic,
  shape: [paddedSide, paddedSide],
  threads: 1,
};

/** What figure 7 is painted from. */
export interface DigitCoefficients {
  /** `(28, 28)`, values in [0, 1]. */
  readonly digit: readonly number[];
  /** `(paths, 4, 4)` of the digit. */
  readonly coefficients: readonly number[];
  /** `(paths, 4, 4)` of a single pixel of value 1. */
  readonly dirac: readonly number[];
}

/** Transforms the first "3" of some digits, and a Dirac. */
export async function scatterThree(reading: ImageReading, context: ReadContext): Promise<DigitCoefficients> {
  const { images, labels } = await readImages(reading, context);
  const row = labels.indexOf(3);
  const pixels = images.subarray(row * digitPixels, (row + 1) * digitPixels);
  const digit = Float32Array.from(pixels, (value) => value / 255);
  const dirac = new Float32Array(paddedSide ** 2);
  dirac[(paddedSide / 2) * paddedSide + paddedSide / 2] = 1;
  using transform = new Scattering2D(figure7Options);
  const padded = padImages(digit, [digitSide, digitSide], [paddedSide, paddedSide]);
  return {
    digit: [...digit],
    coefficients: [...await transform.transform(padded)],
    dirac: [...await transform.transform(dirac)],
  };
}
