/**
 * How much of the authors' protocol each profile runs; what all of them share stands in `method/training_protocol.ts`.
 *
 * @module
 */
import type { Profiles } from "../../src/suite/reproduction.ts";
import type { SetName } from "./method/image_sets.ts";
import type { Block } from "./method/scattering_network.ts";
import type { FrameChoices, FrameRowName, Reduction, ScatteringChoices, ScatteringRowName } from "./run.ts";

/** The first so many images of each half. */
interface ImageCounts {
  readonly images: Readonly<Record<"train" | "test", number>>;
}

/** A two-layer network, as a profile trains it. */
export type FrameRow = FrameChoices & ImageCounts;

/** A network behind a scattering, as a profile trains it. */
export type ScatteringRow = ScatteringChoices & ImageCounts;

/** The rows of the tables that a profile has. */
export interface Settings {
  /** Two-layer networks. */
  readonly frames: Readonly<Record<SetName, FrameRows>>;
  /** Networks behind a scattering. */
  readonly scattering: Readonly<Record<SetName, ScatteringRows>>;
}

/** The two-layer networks of a data set. */
type FrameRows = Readonly<Partial<Record<FrameRowName, FrameRow>>>;

/** The networks of a data set behind a scattering. */
type ScatteringRows = Readonly<Partial<Record<ScatteringRowName, ScatteringRow>>>;

/**
 * Each of 20 blocks of the test images is left out in turn: that tells a standard error to 1 / sqrt(2 x 19) = 16 %, for 20 Cholesky
 * factors of 0.03 s (d = 784) to 2 s (d = 4096). The ratio is also taken of half and of a quarter of the images.
 */
const everyBlock = { jackknife: { blocks: 20, leftOut: 20 }, parts: [2, 4] } as const;

/**
 * The first 5 of them alone, which tells it to 35 %: 20 factors of d = 3072, and the covariance of half of the images, take longer than
 * short trainings can spare.
 */
const someBlocks = { jackknife: { blocks: 20, leftOut: 5 }, parts: [] } as const;

/** Of 10 images of a class. */
const fewBlocks = { jackknife: { blocks: 5, leftOut: 2 }, parts: [2] } as const;

const wholeOfMnist = { train: 60_000, test: 10_000 };
const wholeOfCifar10 = { train: 50_000, test: 10_000 };

/** What the rows of a data set have in common. */
type CommonOfFrames = Omit<FrameRow, "method">;

/** Rows with a frame, and the classifier of x, which converges fast and costs little. */
function frameRows(row: CommonOfFrames, epochsOfX: number): FrameRows {
  return {
    x: { ...row, method: "x", atoms: 0, epochs: epochsOfX },
    soft: { ...row, method: "soft" },
    relu: { ...row, method: "relu" },
  };
}

/** A fixed scattering of J scales and one block behind it. */
function behind(J: 3 | 4, block: Block): Pick<ScatteringRow, "J" | "blocks"> {
  return { J, blocks: [block] };
}

/** One concentration at each of four scales: as many channels, and as many atoms for each of them. */
function concentrated(
  channels: readonly number[],
  atomsPerChannel: number,
): Pick<ScatteringRow, "J" | "blocks"> {
  return { J: null, blocks: channels.map((channels) => ({ channels, atoms: atomsPerChannel * channels })) };
}

const tiny = {
  images: { train: 60, test: 100 },
  epochs: 1,
  decays: [0.5],
  beta: 5e-3,
  tightening: 10,
  augment: true,
  fisherOnTraining: 60,
  ...fewBlocks,
} as const;

/** Short trainings take 10 times the authors' beta: theirs needs some 5000 steps at a low rate. */
const short = {
  images: { train: 20_000, test: 10_000 },
  epochs: 3,
  decays: [0.5, 0.75],
  beta: 5e-3,
  tightening: 10,
  augment: false,
  fisherOnTraining: 0,
  ...someBlocks,
} as const;

const long = {
  images: wholeOfCifar10,
  decays: [0.5, 0.75, 0.9],
  beta: 5e-4,
  tightening: 10,
  augment: true,
  fisherOnTraining: 20_000,
  ...everyBlock,
} as const;

/** The rate falls every 70 epochs. */
const authors = {
  images: wholeOfCifar10,
  epochs: 300,
  decays: [70 / 300, 140 / 300, 210 / 300, 280 / 300],
  beta: 5e-4,
  tightening: 1,
  augment: true,
  ...everyBlock,
} as const;

const fullFramesOfCifar10: CommonOfFrames = {
  images: wholeOfCifar10,
  atoms: 1024,
  epochs: 30,
  decays: [0.45, 0.7, 0.85],
  beta: 5e-4,
  tightening: 10,
  augment: true,
  fisherEvery: 5,
  ...everyBlock,
};

/** What the full profile leaves of JCoScat: a quarter of the authors' channels, an eighth of their atoms, 16 of 300 epochs. */
const reduced = { channels: [16, 32, 64, 128], atomsPerChannel: 8, epochs: 16 } as const;

/** JCoScat of the full profile, with what is given in place of its reductions. */
function fullJcoscat(change: Partial<Readonly<Record<Reduction, number>>> = {}): ScatteringRow {
  const { channels = 1, atoms = 1, epochs = 1 } = change;
  return {
    ...long,
    ...concentrated(reduced.channels.map((count) => channels * count), atoms * reduced.atomsPerChannel),
    beta: 5e-3,
    epochs: epochs * reduced.epochs,
  };
}

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.2,
    frames: {
      mnist: frameRows({
        images: { train: 200, test: 100 },
        atoms: 200,
        epochs: 2,
        decays: [0.5],
        beta: 5e-3,
        tightening: 1,
        augment: false,
        fisherEvery: 1,
        ...fewBlocks,
      }, 2),
      cifar10: frameRows({
        images: { train: 100, test: 100 },
        atoms: 192,
        epochs: 1,
        decays: [0.5],
        beta: 5e-3,
        tightening: 10,
        augment: true,
        fisherEvery: 1,
        ...fewBlocks,
      }, 2),
    },
    scattering: {
      mnist: { scat: { ...tiny, ...behind(3, { channels: 8, atoms: 0 }), augment: false } },
      cifar10: {
        "scat": { ...tiny, ...behind(3, { channels: 8, atoms: 0 }) },
        "scat-J4": { ...tiny, ...behind(4, { channels: 8, atoms: 0 }) },
        "1coscat": { ...tiny, ...behind(3, { channels: 8, atoms: 16 }) },
        "jcoscat": { ...tiny, ...concentrated([4, 4, 8, 8], 8) },
      },
    },
  },

  standard: {
    seeds: 1,
    minutes: 8,
    frames: {
      mnist: frameRows({
        images: wholeOfMnist,
        atoms: 512,
        epochs: 3,
        decays: [0.5, 0.8],
        beta: 5e-3,
        tightening: 1,
        augment: false,
        fisherEvery: 1,
        ...everyBlock,
      }, 5),
      cifar10: frameRows({
        images: { train: 20_000, test: 10_000 },
        atoms: 512,
        epochs: 3,
        decays: [0.5, 0.8],
        beta: 5e-3,
        tightening: 10,
        augment: false,
        fisherEvery: 3,
        ...someBlocks,
      }, 5),
    },
    scattering: {
      mnist: { scat: { ...short, ...behind(3, { channels: 128, atoms: 0 }) } },
      cifar10: {
        "scat": { ...short, ...behind(3, { channels: 128, atoms: 0 }) },
        "1coscat": { ...short, ...behind(3, { channels: 128, atoms: 512 }) },
      },
    },
  },

  full: {
    seeds: 1,
    // Rows that have run: 350. Not run: ReLU at the authors' beta as ReLU, 50; JCoScat 51 times the processor time of a step against that of
    // the row itself, which was measured over 20 steps: channels 2.5, atoms 1.1, and epochs 2; the standard errors 10.
    minutes: 700,
    frames: {
      mnist: frameRows({
        images: wholeOfMnist,
        atoms: 2048,
        epochs: 50,
        decays: [0.4, 0.65, 0.85],
        beta: 5e-4,
        tightening: 1,
        augment: false,
        fisherEvery: 2,
        ...everyBlock,
      }, 20),
      cifar10: {
        ...frameRows(fullFramesOfCifar10, 20),
        "relu-authors-beta": { ...fullFramesOfCifar10, method: "relu", tightening: 1 },
      },
    },
    scattering: {
      mnist: {
        scat: {
          ...long,
          ...behind(3, { channels: 128, atoms: 0 }),
          images: wholeOfMnist,
          epochs: 60,
          augment: false,
        },
      },
      // 256 channels, the default of the authors' program, in place of the 128 of their command: README.
      cifar10: {
        "scat": { ...long, ...behind(3, { channels: 256, atoms: 0 }), epochs: 60 },
        "scat-J4": { ...long, ...behind(4, { channels: 256, atoms: 0 }), epochs: 30 },
        "1coscat": { ...long, ...behind(3, { channels: 256, atoms: 2048 }), epochs: 24 },
        "jcoscat": fullJcoscat(),
        // One reduction after the other, halved.
        "jcoscat-channels-x2": fullJcoscat({ channels: 2 }),
        "jcoscat-atoms-x2": fullJcoscat({ atoms: 2 }),
        "jcoscat-epochs-x2": fullJcoscat({ epochs: 2 }),
      },
    },
  },

  // The commands of the authors' code. It has none for 1CoScat and for J = 4, so these have no row here.
  authors: {
    seeds: 1,
    // Not measured. Multiplications and additions at 57 GFLOP/s, the speed of float32 products on two cores:
    //   CIFAR-10 soft and ReLU: 3 passes x 4 x 49 patches x 192 x 8192 = 0.92 GFLOP an image, 50,000 images, 300 epochs: 68 hours
    //     each; the 10,000 test images after each epoch: 4.5 hours each;
    //   JCoScat: 1.3 GFLOP an image (97 hours); the Parseval steps of its P, of up to 512 x 8448, and F: 176 GFLOP a step (100 hours);
    //     test images: 6.5 hours.
    // The other rows from full's times: MNIST soft and ReLU 6 x 37 minutes each, Scat of CIFAR-10 5 x 42 minutes, of MNIST 1 hour,
    // the classifiers of x half an hour each.
    minutes: 21_800,
    frames: {
      mnist: frameRows(
        { ...authors, images: wholeOfMnist, augment: false, atoms: 2048, fisherEvery: 10 },
        authors.epochs,
      ),
      cifar10: frameRows({ ...authors, atoms: 8192, fisherEvery: 10 }, authors.epochs),
    },
    scattering: {
      mnist: {
        scat: {
          ...authors,
          ...behind(3, { channels: 128, atoms: 0 }),
          images: wholeOfMnist,
          augment: false,
          fisherOnTraining: 20_000,
        },
      },
      cifar10: {
        "scat": { ...authors, ...behind(3, { channels: 128, atoms: 0 }), fisherOnTraining: 20_000 },
        "jcoscat": { ...authors, ...concentrated([64, 128, 256, 512], 16), fisherOnTraining: 20_000 },
      },
    },
  },
};
