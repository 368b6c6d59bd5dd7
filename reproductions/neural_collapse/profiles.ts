import type { Half } from "../../src/data/sources/labelled_image_sources.ts";
import type { Profiles } from "../../src/suite/reproduction.ts";
import type { RunName } from "./protocol.ts";
import type { Schedule } from "./run.ts";

/** How much a profile computes. */
export interface Settings {
  /** The runs; those that are not named are left out. */
  readonly schedules: Readonly<Partial<Record<RunName, Schedule>>>;
  /** Images that are made where a data set is not at hand. */
  readonly standIns: Readonly<Record<Half, number>>;
}

/** The runs of every profile. */
function mainRuns(schedule: Schedule): Settings["schedules"] {
  return {
    "squared-error": schedule,
    "cross-entropy": schedule,
    "squared-error-plain": schedule,
    "cross-entropy-plain": schedule,
    "cross-entropy-plain-light": schedule,
  };
}

const measured = [1, 2, 3, 5, 8, 12, 17, 23, 30, 40, 50, 60];
const standard: Schedule = { perClass: 500, epochs: 60, measured, seen: [1, 8, 60] };
const standIns = { train: 2000, test: 1000 };

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    schedules: mainRuns({ perClass: 20, epochs: 3, measured: [1, 2, 3], seen: [1, 3] }),
    standIns: { train: 400, test: 200 },
  },
  standard: { seeds: 1, minutes: 2, schedules: mainRuns(standard), standIns },
  full: {
    seeds: 3,
    minutes: 25,
    schedules: {
      ...mainRuns(standard),
      "squared-error-long": {
        perClass: 500,
        epochs: 200,
        measured: [...measured, 80, 100, 130, 160, 200],
        seen: [1, 23, 200],
      },
      "squared-error-20000": { ...standard, perClass: 2000 },
      "convnet": { perClass: 500, epochs: 50, measured: measured.slice(0, -1), seen: [1, 8, 50] },
      "cifar-10": standard,
    },
    standIns,
  },
};
