/**
 * How much of the authors' protocol each profile runs behind a scattering; what all rows share stands in `scattering_row.ts`.
 *
 * @module
 */
import type { Profile } from "../../src/reproduction.ts";
import type { ImageCounts } from "../image_sets.ts";
import type { SetName } from "./data.ts";
import type { Architecture } from "./scattering_network.ts";

/** The rows: a fixed scattering of J = 3 or 4, the same with one concentration, and one concentration at each scale. */
export type ScatteringMethod = "scat" | "scat-J4" | "1coscat" | "jcoscat";

/** One training. */
export type ScatteringSettings = {
  /** The first so many images of each half. */
  readonly images: ImageCounts;
  /** J of the fixed scattering; `null` where phase scatterings take its place. */
  readonly scales: number | null;
  readonly architecture: Architecture;
  /** The authors take 300. */
  readonly epochs: number;
  /** Where the learning rate is divided by 10, as shares of the epochs; the authors' are every 70 of 300. */
  readonly decays: readonly number[];
  /** Flips and crops, as the authors do on CIFAR-10. */
  readonly augment: boolean;
  /** Of so many training images the Fisher ratio is taken as well; 0 for none. */
  readonly fisherOnTraining: number;
};

type Described = Pick<ScatteringSettings, "scales" | "architecture">;

/** A row in a profile. */
export type ScatteringRow = {
  readonly set: SetName;
  readonly method: ScatteringMethod;
  readonly settings: ScatteringSettings;
};

/**
 * Channels of a projection: the authors' commands for MNIST and CIFAR-10 have 128. Their program takes 256 where none are given,
 * and with 256 the Fisher ratio of Scat comes nearer the printed one (README).
 */
const [fewer, more] = [128, 256];
/** The authors' beta, and one for short trainings. */
const [beta, shortBeta] = [5e-4, 5e-3];

/** A fixed scattering of J scales and one block behind it. */
function behind(J: 3 | 4, channels: number, beta: number, atoms = 0): Described {
  return { scales: J, architecture: { phases: false, blocks: [{ channels, atoms }], beta } };
}

/** The rows of a profile. */
export function scatteringRows(profile: Profile): readonly ScatteringRow[] {
  return { smoke, standard, full }[profile];
}

/** One concentration at each of four scales, with 8 atoms for each channel. */
function blocks(channels: readonly number[]): Described {
  return {
    scales: null,
    architecture: {
      phases: true,
      blocks: channels.map((channels) => ({ channels, atoms: 8 * channels })),
      beta: shortBeta,
    },
  };
}

const tiny = {
  images: { train: 60, test: 100 },
  epochs: 1,
  decays: [0.5],
  augment: true,
  fisherOnTraining: 60,
} as const;

const smoke: readonly ScatteringRow[] = [
  { set: "mnist", method: "scat", settings: { ...tiny, ...behind(3, 8, shortBeta), augment: false } },
  { set: "cifar10", method: "scat", settings: { ...tiny, ...behind(3, 8, shortBeta) } },
  { set: "cifar10", method: "scat-J4", settings: { ...tiny, ...behind(4, 8, shortBeta) } },
  { set: "cifar10", method: "1coscat", settings: { ...tiny, ...behind(3, 8, shortBeta, 16) } },
  { set: "cifar10", method: "jcoscat", settings: { ...tiny, ...blocks([4, 4, 8, 8]) } },
];

const short = {
  images: { train: 20_000, test: 10_000 },
  epochs: 3,
  decays: [0.5, 0.75],
  augment: false,
  fisherOnTraining: 0,
} as const;

const standard: readonly ScatteringRow[] = [
  { set: "mnist", method: "scat", settings: { ...short, ...behind(3, fewer, shortBeta) } },
  { set: "cifar10", method: "scat", settings: { ...short, ...behind(3, fewer, shortBeta) } },
  { set: "cifar10", method: "1coscat", settings: { ...short, ...behind(3, fewer, shortBeta, 512) } },
];

const long = {
  images: { train: 50_000, test: 10_000 },
  decays: [0.5, 0.75, 0.9],
  augment: true,
  fisherOnTraining: 20_000,
} as const;

const full: readonly ScatteringRow[] = [
  {
    set: "mnist",
    method: "scat",
    settings: {
      ...long,
      ...behind(3, fewer, beta),
      images: { train: 60_000, test: 10_000 },
      epochs: 60,
      augment: false,
    },
  },
  { set: "cifar10", method: "scat", settings: { ...long, ...behind(3, more, beta), epochs: 60 } },
  { set: "cifar10", method: "scat-J4", settings: { ...long, ...behind(4, more, beta), epochs: 30 } },
  { set: "cifar10", method: "1coscat", settings: { ...long, ...behind(3, more, beta, 2048), epochs: 24 } },
  // A quarter of the authors' channels and an eighth of their atoms.
  { set: "cifar10", method: "jcoscat", settings: { ...long, ...blocks([16, 32, 64, 128]), epochs: 16 } },
];
