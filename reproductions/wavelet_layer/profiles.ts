import type { OrthonormalWavelet } from "../../src/numeric/wavelets/orthonormal_wavelet.ts";
import type { Profiles } from "../../src/suite/reproduction.ts";

/** A training size. */
export interface Size {
  /** How many digits are learnt from. */
  readonly n: number;
  /** Whether every seed samples others, or the first alone does. */
  readonly everySeed: boolean;
  /** The L2 penalty. */
  readonly lambda: number;
  /** The wavelets. */
  readonly wavelets: readonly OrthonormalWavelet[];
}

/** How much a profile computes. */
export interface Settings {
  /** Sizes of training sets of MNIST. */
  readonly sizes: readonly Size[];
  /** How many photographs of CIFAR-10 are learnt from. */
  readonly photographs: number;
  /** Digits that invariance is measured with: learnt from, and tested. */
  readonly invariance: { readonly n: number; readonly tested: number };
  /** Steps of L-BFGS at most. */
  readonly iterations: number;
  /** How many images are synthesised where a data set is not at hand. */
  readonly standIns: { readonly train: number; readonly test: number };
}

const thousand: Size = { n: 1000, everySeed: true, lambda: 1e-2, wavelets: ["haar", "db2"] };
const tenThousand: Size = { n: 10_000, everySeed: false, lambda: 3e-3, wavelets: ["db2"] };
const all: Size = { n: 60_000, everySeed: false, lambda: 3e-4, wavelets: ["haar", "db2"] };

/** Every knob of every profile. Seeds are samples. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    sizes: [thousand],
    photographs: 200,
    invariance: { n: 200, tested: 60 },
    iterations: 4,
    standIns: { train: 1200, test: 100 },
  },
  standard: {
    seeds: 4,
    minutes: 3,
    sizes: [thousand, tenThousand],
    photographs: 10_000,
    invariance: { n: 2000, tested: 1000 },
    iterations: 150,
    standIns: { train: 10_000, test: 2000 },
  },
  full: {
    seeds: 4,
    minutes: 20,
    sizes: [
      { ...thousand, wavelets: ["haar", "db2", "db4"] },
      { ...tenThousand, wavelets: ["haar", "db2"] },
      all,
    ],
    photographs: 10_000,
    invariance: { n: 2000, tested: 10_000 },
    iterations: 150,
    standIns: { train: 10_000, test: 2000 },
  },
};
