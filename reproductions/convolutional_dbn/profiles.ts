import type { Profiles } from "../../src/suite/reproduction.ts";

/** How much a profile computes. Seeds decide what every layer starts from, and what it is shown. */
export interface Settings {
  /** Updates of the first, the second and the third layer. */
  readonly updates: { readonly first: number; readonly second: number; readonly third: number };
  /** Whether layers of all four classes together are learnt, three of them. */
  readonly mixture: boolean;
  /** Photographs of each class of Caltech 101, of which every third is held out. */
  readonly photographs: number;
  /** How many times channels are permuted for the control of coherence. */
  readonly permutations: number;
  /** How Gabor functions are fitted: first guesses, and steps from each. */
  readonly fits: { readonly starts: number; readonly iterations: number };
  /** Pictures that stand in for those of Kyoto, and for each class, and pixels of a side. */
  readonly standIns: { readonly kyoto: number; readonly class: number; readonly side: number };
}

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.3,
    updates: { first: 10, second: 4, third: 4 },
    mixture: true,
    photographs: 30,
    permutations: 2,
    fits: { starts: 1, iterations: 5 },
    standIns: { kyoto: 2, class: 3, side: 110 },
  },
  standard: {
    seeds: 1,
    minutes: 3,
    updates: { first: 4000, second: 500, third: 500 },
    mixture: false,
    photographs: 30,
    permutations: 5,
    fits: { starts: 6, iterations: 60 },
    standIns: { kyoto: 4, class: 6, side: 128 },
  },
  full: {
    seeds: 3,
    minutes: 20,
    updates: { first: 6000, second: 1000, third: 1000 },
    mixture: true,
    photographs: 30,
    permutations: 10,
    fits: { starts: 12, iterations: 120 },
    standIns: { kyoto: 4, class: 6, side: 128 },
  },
};
