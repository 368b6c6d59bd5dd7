import type { Profiles } from "../../src/suite/reproduction.ts";
import type { Ascent, Prior } from "./method/ascend.ts";

/** How much a profile computes. */
export interface Settings {
  /** The ascent to images of classes; its prior is that of the regularised ones. */
  readonly ascent: Ascent;
  /** DeepDream: steps, the mean size of each in grey levels, sizes and their ratio. */
  readonly dream: {
    readonly steps: number;
    readonly size: number;
    readonly octaves: number;
    readonly ratio: number;
  };
  /** The comparison of gradients: the length of a step in grey levels, and how many images. */
  readonly gradient: { readonly step: number; readonly draws: number };
}

const prior: Prior = { roll: 16, blur: [8, 2], chroma: 0.15, contrast: 0.98 };

const standard: Settings = {
  ascent: { steps: 48, size: 8, decay: 0.7, prior },
  dream: { steps: 20, size: 1.5, octaves: 3, ratio: 1.4 },
  gradient: { step: 0.01, draws: 3 },
};

/** Every knob of every profile. Seeds are starting images. */
export const profiles: Profiles<Settings> = {
  smoke: {
    ...standard,
    seeds: 1,
    minutes: 0.2,
    ascent: { ...standard.ascent, steps: 2, prior: { ...prior, blur: [1, 0.5] } },
    dream: { ...standard.dream, steps: 2 },
    gradient: { ...standard.gradient, draws: 1 },
  },
  standard: { ...standard, seeds: 1, minutes: 3 },
  full: { ...standard, seeds: 4, minutes: 10 },
};
