import type { ImageSet } from "./labelled_image_sources.ts";

/** What standardises the pixels of a data set. */
export interface PixelStatistics {
  /** The mean of all pixels of the training images, over 255. */
  readonly mean: number;
  /** Their standard deviation, over 255. */
  readonly deviation: number;
}

/** Over all training images, of CIFAR-10 over the three channels together. */
export const pixelStatistics: Readonly<Record<ImageSet, PixelStatistics>> = {
  "mnist": { mean: 0.1307, deviation: 0.3081 },
  "cifar-10": { mean: 0.4734, deviation: 0.2516 },
};
