import type { Profiles } from "../../src/suite/reproduction.ts";
import type { PairSearch } from "./method/contraction.ts";

/** A bank on a grid: its side, scales and directions. */
export interface BankSize {
  readonly side: number;
  readonly J: number;
  readonly L: number;
}

/** How much each profile computes. */
export interface Settings {
  /** How many photographs of `images`, of the eight, and how many classes of Caltech 101, one photograph each. */
  readonly photographs: { readonly images: number; readonly classes: number };
  /** How many of the nine textures, and how many digits, stand beside them. */
  readonly textures: number;
  readonly digits: number;
  /** Contraction: the two banks, pictures of a kind, and how long a pair is sought. */
  readonly contraction: {
    readonly spline: BankSize;
    readonly morlet: BankSize;
    readonly starts: number;
    readonly search: PairSearch;
  };
  /** Conservation of the norm: the frame, and the largest order m of the identity. */
  readonly norm: { readonly frame: BankSize; readonly maxOrder: number };
  /** Deformations: the frame, how many pictures of a kind are warped, and for how many photographs the worst warp is sought. */
  readonly deformation: { readonly frame: BankSize; readonly pictures: number; readonly sought: number };
  /** The commutator: the frame, and steps of power iteration with the frame and with windows. */
  readonly commutator: {
    readonly frame: BankSize;
    readonly iterations: number;
    readonly windowIterations: number;
  };
  /** The second layer: the side of a texture, and the number of Gaussian fields. */
  readonly secondLayer: { readonly side: number; readonly fields: number };
  /** What stands in for Caltech 101. */
  readonly standIns: { readonly classes: number; readonly imagesPerClass: number; readonly side: number };
}

const standIns = { classes: 4, imagesPerClass: 1, side: 128 };

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: null,
    minutes: 0.5,
    photographs: { images: 1, classes: 1 },
    textures: 1,
    digits: 2,
    contraction: {
      spline: { side: 32, J: 3, L: 6 },
      morlet: { side: 32, J: 3, L: 8 },
      starts: 1,
      search: { maxOrder: 2, rounds: 1, iterations: 4 },
    },
    norm: { frame: { side: 32, J: 2, L: 6 }, maxOrder: 2 },
    deformation: { frame: { side: 32, J: 3, L: 6 }, pictures: 1, sought: 1 },
    commutator: { frame: { side: 32, J: 3, L: 6 }, iterations: 4, windowIterations: 4 },
    secondLayer: { side: 64, fields: 4 },
    standIns,
  },
  standard: {
    seeds: null,
    minutes: 2,
    photographs: { images: 5, classes: 5 },
    textures: 4,
    digits: 4,
    contraction: {
      spline: { side: 64, J: 3, L: 6 },
      morlet: { side: 64, J: 4, L: 8 },
      starts: 3,
      search: { maxOrder: 2, rounds: 2, iterations: 12 },
    },
    norm: { frame: { side: 64, J: 3, L: 6 }, maxOrder: 2 },
    deformation: { frame: { side: 64, J: 4, L: 6 }, pictures: 4, sought: 2 },
    commutator: { frame: { side: 64, J: 4, L: 6 }, iterations: 24, windowIterations: 12 },
    secondLayer: { side: 128, fields: 32 },
    standIns,
  },
  full: {
    seeds: null,
    minutes: 40,
    photographs: { images: 8, classes: 50 },
    textures: 9,
    digits: 20,
    contraction: {
      spline: { side: 64, J: 4, L: 6 },
      morlet: { side: 64, J: 4, L: 8 },
      starts: 6,
      search: { maxOrder: 2, rounds: 3, iterations: 40 },
    },
    norm: { frame: { side: 64, J: 4, L: 6 }, maxOrder: 2 },
    deformation: { frame: { side: 128, J: 5, L: 6 }, pictures: 8, sought: 4 },
    commutator: { frame: { side: 128, J: 5, L: 6 }, iterations: 30, windowIterations: 20 },
    secondLayer: { side: 256, fields: 64 },
    standIns,
  },
};
