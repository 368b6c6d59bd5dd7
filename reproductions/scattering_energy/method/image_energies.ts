import { clusteredStandardError } from "../../../src/numeric/statistics/clustered_error.ts";
import { mean } from "../../../src/numeric/statistics/mean.ts";

/** Per cent of the energy of one image, by J - 1 and m. */
export type ImageEnergies = readonly (readonly number[])[];

/**
 * A mean over images, and its standard error clustered by class: the images of a class are not independent of each other.
 *
 * @param classes The images, class by class.
 * @param quantity What of an image is averaged.
 * @returns `standardError` is `null` where fewer than two classes have images.
 */
export function meanOverImages(
  classes: readonly (readonly ImageEnergies[])[],
  quantity: (image: ImageEnergies) => number,
): { readonly mean: number; readonly standardError: number | null } {
  const perClass = classes.map((images) => images.map(quantity));
  return { mean: mean(perClass.flat()), standardError: clusteredStandardError(perClass) };
}

/** Gives the energy of order m at the scale 2^J. */
export function energyOfOrder(J: number, m: number): (image: ImageEnergies) => number {
  return (image) => image[J - 1]![m]!;
}
