import type { Profiles } from "../../src/suite/reproduction.ts";
import type { ProcessName } from "./method/fields.ts";

/** What a profile decides; its seeds are the samples of each model. */
export interface Settings {
  /** Pixels of a side, powers of two: of fields that are simulated, and of those that are read. */
  readonly side: { readonly simulated: number; readonly read: number };
  /** Steps of a synthesis. */
  readonly iterations: number;
  /** The side of one more model of turbulence and of dust; `null` where there is none. */
  readonly largeSide: number | null;
  /** Sides at which the statistics of processes are watched, and of which processes. */
  readonly watched: {
    readonly sides: readonly number[];
    readonly samples: number;
    readonly processes: readonly ProcessName[];
  };
  /** Fields that parameters are regressed from. */
  readonly regression: {
    readonly side: number;
    readonly training: number;
    readonly testing: number;
    readonly splits: number;
  };
  /** Pixels of a side of the filters that a figure shows. */
  readonly filterSide: number;
}

/** Processes that take no time to sample. */
const quickProcesses: readonly ProcessName[] = [
  "white",
  "log-normal",
  "zeldovich-short",
  "zeldovich-long",
  "ising",
];

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    side: { simulated: 32, read: 32 },
    iterations: 20,
    largeSide: null,
    watched: { sides: [16, 32, 64], samples: 8, processes: quickProcesses },
    regression: { side: 16, training: 40, testing: 20, splits: 2 },
    filterSide: 32,
  },
  standard: {
    seeds: 3,
    minutes: 1.5,
    side: { simulated: 64, read: 128 },
    iterations: 200,
    largeSide: null,
    watched: { sides: [32, 64, 128], samples: 48, processes: quickProcesses },
    regression: { side: 64, training: 400, testing: 200, splits: 5 },
    filterSide: 64,
  },
  full: {
    seeds: 3,
    minutes: 15,
    side: { simulated: 128, read: 128 },
    iterations: 200,
    largeSide: 256,
    watched: { sides: [32, 64, 128, 256], samples: 64, processes: [...quickProcesses, "turbulence"] },
    regression: { side: 64, training: 400, testing: 200, splits: 5 },
    filterSide: 64,
  },
};
