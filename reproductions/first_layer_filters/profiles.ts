import type { Profiles } from "../../src/suite/reproduction.ts";

/** How much a profile computes. Seeds are those of the networks that are trained here. */
export interface Settings {
  /** How many times each control is sampled. */
  readonly draws: number;
  /** From how many first guesses a Gabor function is fitted, and by how many steps. */
  readonly fits: { readonly starts: number; readonly iterations: number };
  /** How many synthetic Gabor functions are sought for each level of noise. */
  readonly synthetic: number;
  /** The network of CIFAR-10: filters of its first layer, images, passes over them, and what pulls the first layer to 0. */
  readonly cifar10: {
    readonly filters: number;
    readonly images: number;
    readonly epochs: number;
    readonly decay: number;
  };
  /** Updates of the convolutional restricted Boltzmann machine. */
  readonly updates: number;
  /** Pictures, and pixels of a side, that stand in for Kyoto's. */
  readonly standIns: { readonly pictures: number; readonly side: number };
}

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.3,
    draws: 1,
    fits: { starts: 1, iterations: 10 },
    synthetic: 6,
    cifar10: { filters: 8, images: 200, epochs: 1, decay: 5e-3 },
    updates: 20,
    standIns: { pictures: 2, side: 96 },
  },
  standard: {
    seeds: 1,
    minutes: 2,
    draws: 3,
    fits: { starts: 6, iterations: 60 },
    synthetic: 60,
    cifar10: { filters: 32, images: 10_000, epochs: 6, decay: 1.5e-2 },
    updates: 4000,
    standIns: { pictures: 8, side: 128 },
  },
  full: {
    seeds: 3,
    minutes: 15,
    draws: 5,
    fits: { starts: 12, iterations: 120 },
    synthetic: 240,
    cifar10: { filters: 48, images: 40_000, epochs: 4, decay: 1.5e-2 },
    updates: 6000,
    standIns: { pictures: 8, side: 128 },
  },
};
