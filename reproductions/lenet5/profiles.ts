import type { Half } from "../../src/data/sources/labelled_image_sources.ts";
import type { Profiles } from "../../src/suite/reproduction.ts";

/** How much a profile computes. */
export interface Settings {
  /** The most training digits, the first ones; a half and a quarter of them are learnt from as well. */
  readonly digits: number;
  /** Passes over them. */
  readonly passes: number;
  /** Training digits whose errors are counted after each pass. */
  readonly probe: number;
  /** Missed digits that are kept to be shown. */
  readonly kept: number;
  /** Digits that are made where MNIST is not at hand. */
  readonly standIns: Readonly<Record<Half, number>>;
}

const standIns = { train: 2000, test: 1000 };

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    digits: 256,
    passes: 2,
    probe: 100,
    kept: 10,
    standIns: { train: 256, test: 200 },
  },
  standard: { seeds: 1, minutes: 1, digits: 10_000, passes: 5, probe: 2000, kept: 82, standIns },
  full: { seeds: 3, minutes: 20, digits: 60_000, passes: 8, probe: 10_000, kept: 82, standIns },
};
