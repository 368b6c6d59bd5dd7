import type { PhotographChoice } from "../../src/data/sources/photographs.ts";
import type { Profiles } from "../../src/suite/reproduction.ts";

/** What a profile decides. */
export interface Settings extends PhotographChoice {
  /** In how many of the classes m = 4 is measured as well: in every first, second, ... */
  readonly everyNthClassToOrder4: number;
  /** The largest scale. */
  readonly maxJ: number;
}

/** Smoke is no result: it has four synthetic images, and the scales J <= 4 alone, so that nothing is judged on larger ones. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: null,
    minutes: 0.1,
    imagesPerClass: 2,
    everyNthClassToOrder4: 1,
    maxJ: 4,
    standIns: { classes: 2, imagesPerClass: 2, side: 128 },
  },
  standard: {
    seeds: null,
    minutes: 0.8,
    imagesPerClass: 2,
    everyNthClassToOrder4: 2,
    maxJ: 7,
    standIns: { classes: 8, imagesPerClass: 2, side: 128 },
  },
  full: {
    seeds: null,
    minutes: 15,
    imagesPerClass: Infinity,
    everyNthClassToOrder4: 1,
    maxJ: 7,
    standIns: { classes: 8, imagesPerClass: 2, side: 128 },
  },
};
