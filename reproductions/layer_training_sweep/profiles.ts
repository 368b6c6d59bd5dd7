import type { Half } from "../../src/data/sources/labelled_image_sources.ts";
import type { Profiles } from "../../src/suite/reproduction.ts";
import type { DichotomyParameters, Schedule, TrajectoryParameters } from "./run.ts";

/** How much a profile computes. */
export interface Settings {
  /** Figure 6, with either read-out. */
  readonly figure6: Schedule;
  /** The sweeps of Figure 6 with another choice each, on no more than so many seeds. */
  readonly robustness: Schedule & { readonly seeds: number };
  /** Figure 7; `null` where it is left out. */
  readonly figure7: Schedule | null;
  /** Figure 1: random networks of a seed, and points of each circle. */
  readonly trajectories: Pick<TrajectoryParameters, "networks" | "points">;
  /** Figure 5: random networks of a seed, inputs that are labelled, and sides of each circle as a polygon. */
  readonly dichotomies: Pick<DichotomyParameters, "networks" | "inputs" | "sides">;
  /** Images that are made where a data set is not at hand. */
  readonly standIns: Readonly<Record<Half, number>>;
}

/** On real data: the paper states no number of epochs, and 3 show the order. */
const standard: Settings = {
  figure6: { epochs: 3, inputs: 60_000, probe: 10_000 },
  robustness: { epochs: 3, inputs: 20_000, probe: 1000, seeds: 1 },
  figure7: null,
  trajectories: { networks: 10, points: 256 },
  dichotomies: { networks: 2, inputs: 15, sides: 2048 },
  standIns: { train: 20_000, test: 2000 },
};

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    figure6: { epochs: 2, inputs: 640, probe: 200 },
    robustness: { epochs: 1, inputs: 320, probe: 100, seeds: 1 },
    figure7: null,
    trajectories: { networks: 1, points: 32 },
    dichotomies: { networks: 1, inputs: 6, sides: 128 },
    standIns: { train: 640, test: 200 },
  },
  standard: { seeds: 3, minutes: 2, ...standard },
  full: {
    ...standard,
    seeds: 5,
    minutes: 35,
    // 30 epochs show that the order stays.
    figure6: { epochs: 30, inputs: 60_000, probe: 10_000 },
    robustness: { ...standard.robustness, seeds: 5 },
    figure7: { epochs: 30, inputs: 50_000, probe: 10_000 },
  },
};
