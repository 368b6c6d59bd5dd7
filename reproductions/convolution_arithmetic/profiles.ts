import type { Profiles } from "../../src/suite/reproduction.ts";
import type { Sweep } from "./method/sweep_sizes.ts";

/** How much a profile computes. */
export interface Settings {
  /** Which images are convolved to see their sizes. */
  readonly sweep: Sweep;
  /** Digits of the identities. */
  readonly identityDigits: number;
  /** Filters whose best patch is sought, and random starts of each. */
  readonly patches: { readonly filters: number; readonly starts: number };
  /** Digits that are shifted behind poolings. */
  readonly pooledDigits: number;
  /** Windows of white noise. */
  readonly windows: number;
  /** Digits that are synthesised where MNIST is not at hand. */
  readonly standIns: number;
}

/** Every knob of every profile. Nothing is random but what images and filters are made of, so there are no seeds. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: null,
    minutes: 0.1,
    sweep: { sides: [5, 6], kernels: 3, strides: 3, pads: 1 },
    identityDigits: 2,
    patches: { filters: 4, starts: 5 },
    pooledDigits: 20,
    windows: 2000,
    standIns: 20,
  },
  standard: {
    seeds: null,
    minutes: 0.1,
    sweep: { sides: [5, 16], kernels: 7, strides: 4, pads: 3 },
    identityDigits: 20,
    patches: { filters: 20, starts: 100 },
    pooledDigits: 1000,
    windows: 60_000,
    standIns: 100,
  },
  full: {
    seeds: null,
    minutes: 3,
    sweep: { sides: [5, 32], kernels: 11, strides: 5, pads: 5 },
    identityDigits: 20,
    patches: { filters: 100, starts: 100 },
    pooledDigits: 10_000,
    windows: 600_000,
    standIns: 100,
  },
};
