import type { Profiles } from "../../src/suite/reproduction.ts";

/** What a profile decides; its seeds are samples of covariances, frames and items. */
export interface Settings {
  /** Items of each class: to learn from, and to test on. */
  readonly items: { readonly train: number; readonly test: number };
  /** The worst mean is sought in every dimension up to this one. */
  readonly everyDimension: number;
  /** Pixels of a side of the photographs, a power of two. */
  readonly photographSide: number;
  /** How many dead-leaves images stand in for photographs. */
  readonly standIns: number;
}

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 2,
    minutes: 0.1,
    items: { train: 1000, test: 1000 },
    everyDimension: 16,
    photographSide: 64,
    standIns: 2,
  },
  standard: {
    seeds: 5,
    minutes: 0.2,
    items: { train: 10_000, test: 10_000 },
    everyDimension: 4096,
    photographSide: 256,
    standIns: 8,
  },
  full: {
    seeds: 20,
    minutes: 1.7,
    items: { train: 40_000, test: 10_000 },
    everyDimension: 4096,
    photographSide: 256,
    standIns: 8,
  },
};
