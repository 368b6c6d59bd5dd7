import type { Profiles } from "../../src/suite/reproduction.ts";
import type { ClassifierName } from "./columns.ts";

/** What a profile decides. */
export interface Settings {
  /** The largest training set of each classifier of features. */
  readonly largest: Readonly<Record<ClassifierName, number>>;
  /** The convolutional network. */
  readonly network: {
    /** Its largest training set. */
    readonly largest: number;
    /** Up to this size it is trained with every seed, beyond it with the first. */
    readonly everySeedUpTo: number;
    /** Epochs by training size: small sets need more of them for as many steps. */
    readonly epochs: Readonly<Record<number, number>>;
  };
  /** How many digits are synthesised where MNIST is not at hand. */
  readonly standIns: { readonly train: number; readonly test: number };
}

/** That are 2,400 to 14,400 steps. */
const epochs: Settings["network"]["epochs"] = {
  300: 80,
  1000: 36,
  2000: 25,
  5000: 18,
  10_000: 15,
  20_000: 14,
  40_000: 12,
  60_000: 12,
};

/** Seeds are training sets that are sampled at the sizes 300 and 1000, and networks. Smoke is no result. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    largest: { pca: 300, svm: 300 },
    network: { largest: 300, everySeedUpTo: 300, epochs: { 300: 5 } },
    standIns: { train: 330, test: 200 },
  },
  standard: {
    seeds: 3,
    minutes: 11,
    largest: { pca: 10_000, svm: 5000 },
    network: { largest: 5000, everySeedUpTo: 1000, epochs },
    standIns: { train: 10_000, test: 10_000 },
  },
  full: {
    seeds: 5,
    minutes: 200,
    largest: { pca: 60_000, svm: 60_000 },
    network: { largest: 60_000, everySeedUpTo: 10_000, epochs },
    standIns: { train: 60_000, test: 10_000 },
  },
};
