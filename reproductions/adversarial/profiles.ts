import type { Profiles } from "../../src/suite/reproduction.ts";

/** How much a profile computes. */
export interface Settings {
  /** Training digits of softmax regression. */
  readonly softmaxDigits: number;
  /** Passes over them, beside which others are shown in a figure. */
  readonly softmaxEpochs: number;
  /** Passes of those in the figure. */
  readonly otherEpochs: readonly number[];
  /** Convolutional networks, by what they are called in cells: training digits, passes, and whether every seed trains one. */
  readonly convnets: readonly Convnet[];
  /** Test digits. */
  readonly tested: number;
  /** Of these, those of which closed forms are checked. */
  readonly checked: number;
  /** Photographs of each class that networks are shown, and those of each exact class that are attacked. */
  readonly photographs: { readonly shown: number; readonly attacked: number; readonly classesOfJob: number };
  /** What is synthesised where a data set is not at hand. */
  readonly standIns: {
    readonly train: number;
    readonly test: number;
    readonly classes: number;
    readonly photographs: number;
    readonly side: number;
  };
}

/** One convolutional network. */
export interface Convnet {
  /** Its name in cells. */
  readonly name: "cnn" | "cnn-60000";
  /** Training digits. */
  readonly digits: number;
  /** Passes. */
  readonly epochs: number;
  /** Whether every seed trains one, or the first alone does. */
  readonly everySeed: boolean;
}

const small: Convnet = { name: "cnn", digits: 10_000, epochs: 3, everySeed: true };

const standard: Settings = {
  softmaxDigits: 60_000,
  softmaxEpochs: 5,
  otherEpochs: [1, 20],
  convnets: [small],
  tested: 10_000,
  checked: 1000,
  photographs: { shown: 30, attacked: 4, classesOfJob: 10 },
  standIns: { train: 10_000, test: 1000, classes: 4, photographs: 4, side: 63 },
};

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    ...standard,
    seeds: 1,
    minutes: 0.2,
    softmaxDigits: 1000,
    softmaxEpochs: 2,
    otherEpochs: [1],
    convnets: [{ ...small, digits: 500, epochs: 1 }],
    tested: 100,
    checked: 20,
    photographs: { shown: 2, attacked: 1, classesOfJob: 2 },
    standIns: { train: 1000, test: 100, classes: 2, photographs: 2, side: 63 },
  },
  standard: { ...standard, seeds: 3, minutes: 5 },
  full: {
    ...standard,
    seeds: 5,
    minutes: 25,
    convnets: [small, { name: "cnn-60000", digits: 60_000, epochs: 3, everySeed: false }],
    photographs: { shown: 30, attacked: 30, classesOfJob: 5 },
  },
};
