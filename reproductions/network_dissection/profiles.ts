import type { PhotographChoice } from "../../src/data/sources/photographs.ts";
import type { Profiles } from "../../src/suite/reproduction.ts";

/** How much a profile computes. */
export interface Settings {
  /** Photographs of Caltech 101. */
  readonly photographs: PhotographChoice;
  /** Random bases that units of whole photographs are held against. */
  readonly rotations: number;
  /** Permutations of the weights. */
  readonly permutations: number;
  /** Units that are set to 0, draws of random ones, and other classes for each photograph. */
  readonly ablation: { readonly count: number; readonly draws: number; readonly others: number };
  /** Units of a stage whose patches are looked at, patches of each, and how large and how many are shown. */
  readonly patches: {
    readonly units: number;
    readonly count: number;
    readonly size: number;
    readonly shown: number;
  };
  /** coco128: stages, shares of points above a threshold, points of the grid, rotations, shuffles of the masks, detectors shown. */
  readonly masks: {
    readonly stages: readonly string[];
    readonly shares: readonly number[];
    readonly grid: number;
    readonly rotations: number;
    readonly shuffles: number;
    readonly shown: number;
    readonly standIns: { readonly images: number; readonly side: number };
  };
  /** Mosaics: the share of points above a threshold, the grid, rotations. */
  readonly mosaics: { readonly share: number; readonly grid: number; readonly rotations: number };
  /** Scenes of digits: how many, how the network is trained, rotations. */
  readonly scenes: {
    /** Seeds of networks that end in an average: the first ones. */
    readonly averageSeeds: number;
    readonly train: number;
    readonly test: number;
    readonly epochs: number;
    readonly batchSize: number;
    readonly rate: number;
    readonly rotations: number;
    readonly standIns: { readonly train: number; readonly test: number };
  };
}

const masks: Settings["masks"] = {
  stages: ["conv1", "fire3", "fire5", "fire7", "fire9"],
  shares: [0.01, 0.05],
  grid: 57,
  rotations: 4,
  shuffles: 3,
  shown: 6,
  standIns: { images: 24, side: 64 },
};

const standard: Settings = {
  photographs: { imagesPerClass: 10, standIns: { classes: 6, imagesPerClass: 4, side: 96 } },
  rotations: 10,
  permutations: 1,
  ablation: { count: 8, draws: 3, others: 6 },
  patches: { units: 32, count: 9, size: 16, shown: 4 },
  masks,
  mosaics: { share: 0.01, grid: 57, rotations: 4 },
  scenes: {
    averageSeeds: 1,
    train: 4000,
    test: 1000,
    epochs: 4,
    batchSize: 25,
    rate: 3e-3,
    rotations: 4,
    standIns: { train: 1000, test: 500 },
  },
};

/** Every knob of every profile. Seeds are trainings on scenes. */
export const profiles: Profiles<Settings> = {
  smoke: {
    ...standard,
    seeds: 1,
    minutes: 0.2,
    rotations: 2,
    masks: { ...masks, rotations: 1, shuffles: 1, grid: 19 },
    mosaics: { share: 0.01, grid: 19, rotations: 1 },
    scenes: {
      ...standard.scenes,
      train: 100,
      test: 60,
      epochs: 1,
      rotations: 1,
      standIns: { train: 200, test: 200 },
    },
  },
  standard: { ...standard, seeds: 3, minutes: 4 },
  full: {
    ...standard,
    seeds: 5,
    minutes: 30,
    photographs: { ...standard.photographs, imagesPerClass: 30 },
    permutations: 4,
    patches: { ...standard.patches, units: 96 },
    masks: { ...masks, grid: 113, rotations: 8 },
    mosaics: { ...standard.mosaics, rotations: 8 },
    scenes: { ...standard.scenes, averageSeeds: 5 },
  },
};
