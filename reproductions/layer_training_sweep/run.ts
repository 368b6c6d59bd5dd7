/**
 * The tasks of layer_training_sweep: one seed of one experiment each.
 *
 * @module
 */
import { type Mistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import type { LabelledImages } from "../../src/data/readers/labelled_images.ts";
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import { pixelStatistics } from "../../src/data/sources/pixel_statistics.ts";
import { cosineRate, startBackend } from "../../src/nn/mod.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import { classifyEach } from "./method/classify_each.ts";
import { type DichotomyOptions, followLabels } from "./method/count_dichotomies.ts";
import { countLabellings } from "./method/count_labellings.ts";
import { frozenFeatures } from "./method/frozen_features.ts";
import type { LabelledFrozenFeatures } from "./method/labelled_features.ts";
import { LayerSweep, type SweepOptions } from "./method/layer_sweep.ts";
import { type NetworkShape, sampleNetwork, type WeightScale } from "./method/random_network.ts";
import { scaledInputs, type Scaling } from "./method/scaled_inputs.ts";
import { accuracies, type SweepEpoch, trainSweep } from "./method/train_sweep.ts";
import { trajectoryLengths, type TrajectoryOptions } from "./method/trajectory_lengths.ts";

/** How long the networks of a sweep are trained, and on how much. */
export interface Schedule {
  /** Passes over the training inputs. */
  readonly epochs: number;
  /** Learns from the first so many inputs, or from all where there are fewer. */
  readonly inputs: number;
  /** Training inputs, the first ones, whose accuracy is followed from epoch to epoch. */
  readonly probe: number;
}

/** What the networks of a sweep are, and how they are trained. */
export interface Setting extends WeightScale, Pick<NetworkShape, "width" | "depth"> {
  /** How pixels become inputs. */
  readonly scaling: Scaling;
  /** Whether the read-out of each network is trained beside its layer. */
  readonly readout: SweepOptions["readout"];
  /** How parameters move. */
  readonly rule: "sgd" | "adam";
  /** The learning rate at the start; it falls to 0 along half a cosine. */
  readonly rate: number;
  /** Inputs of a step. */
  readonly batchSize: number;
}

/** The experiments that train sweeps. */
export type Experiment = "figure6" | "figure6-readout" | "figure7" | `robustness/${string}`;

/** What decides a sweep beside its images. */
export interface SweepParameters {
  /** Which experiment it belongs to: figures tell sweeps apart by it. */
  readonly experiment: Experiment;
  readonly seed: number;
  readonly setting: Setting;
  readonly schedule: Schedule;
}

/** The images of a sweep. */
type SweepReadings = Readonly<Record<"train" | "test", ImageReading>>;

/** What a sweep found: for each layer from 1 on the accuracy of the network in which it was trained. */
export interface SweepResult {
  readonly experiment: Experiment;
  /** After each epoch; accuracy on the training set is that on its first inputs. */
  readonly epochs: readonly SweepEpoch[];
  /** At the end, on every training input: shares in [0, 1]. */
  readonly train: readonly number[];
  /** At the end, on the test set: shares in [0, 1]. */
  readonly test: readonly number[];
  /** At the end, on the test set. */
  readonly mistakes: readonly Mistakes[];
}

/** Trains every hidden layer of a random network, each in a copy of its own, and measures the copies. */
async function sweep(
  { parameters, reads }: TaskInput<SweepParameters, SweepReadings>,
  context: RunContext,
): Promise<SweepResult> {
  const { experiment, seed, setting, schedule } = parameters;
  const { width, depth, readout, scaling } = setting;
  const learned = await readImages(reads.train, context);
  const tested = await readImages(reads.test, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const inputs = learned.channels * learned.height * learned.width;
    const network = sampleNetwork({ inputs, width, depth, classes: 10 }, setting, seed);
    const below = (images: LabelledImages, count: number): LabelledFrozenFeatures => {
      const scaled = scaledInputs(images, scaling, pixelStatistics[reads.train.dataset]);
      return {
        features: frozenFeatures(network, { ...scaled, count }),
        labels: images.labels.subarray(0, count),
      };
    };
    const train = below(learned, Math.min(schedule.inputs, learned.count));
    const test = below(tested, tested.count);
    const layers = Array.from({ length: depth }, (_, i) => i + 1);
    const networks = new LayerSweep(network, { layers, readout });
    const { epochs } = await trainSweep(networks, train, test, {
      epochs: schedule.epochs,
      batchSize: setting.batchSize,
      optimizer: { rule: setting.rule },
      rate: cosineRate(setting.rate),
      seed,
      probe: schedule.probe,
      progress: (step, steps) => context.progress(step / steps),
      ...(context.checkpoint === "" ? {} : {
        checkpoint: { path: context.checkpoint, settings: JSON.stringify({ parameters, reads }) },
      }),
    });
    return {
      experiment,
      epochs,
      train: accuracies(networks, train),
      test: epochs.at(-1)!.test,
      mistakes: classifyEach(networks, test).map((found) => mistakesOf(found, test.labels)),
    };
  } finally {
    backend.dispose();
  }
}

/** What decides the trajectories of a seed. */
export interface TrajectoryParameters extends Pick<TrajectoryOptions, "depth" | "points"> {
  readonly seed: number;
  /** Random networks of each family. */
  readonly networks: number;
  /** sigma_w^2 and k of each family. */
  readonly families: readonly Pick<TrajectoryOptions, "weightVariance" | "width">[];
}

/** Lengths of trajectories: the mean over the networks of a seed, by layer, 0 being the circle itself. */
export interface TrajectoryResult {
  /** In the order of the parameters. */
  readonly families: readonly {
    readonly weightVariance: number;
    readonly width: number;
    readonly lengths: readonly number[];
  }[];
}

/** Sends a circle through random networks of every family (Figure 1). */
async function trajectories(
  { parameters }: TaskInput<TrajectoryParameters, Record<never, never>>,
  context: RunContext,
): Promise<TrajectoryResult> {
  const { seed, networks, families, depth, points } = parameters;
  const backend = await startBackend({ threads: context.threads });
  try {
    return {
      families: families.map((family) => {
        const each = networkSeeds(networks, seed).map((network) =>
          trajectoryLengths({ ...family, depth, points }, network)
        );
        return {
          ...family,
          lengths: each[0]!.map((_, layer) => mean(each.map((lengths) => lengths[layer]!))),
        };
      }),
    };
  } finally {
    backend.dispose();
  }
}

/** What decides the dichotomies of a seed. */
export interface DichotomyParameters extends Omit<DichotomyOptions, "depth" | "layer"> {
  readonly seed: number;
  /** Random networks of each depth. */
  readonly networks: number;
  /** Hidden layers of the networks. */
  readonly depths: readonly number[];
  /** Numbers of points, all even, of which it is told how many labellings they would find. */
  readonly grids: readonly number[];
}

/** Dichotomies: the mean number over the networks of a seed, by hidden layers and remaining depth. */
export interface DichotomyResult {
  /** Inputs that are labelled. */
  readonly inputs: number;
  /** As in the parameters. */
  readonly grids: readonly number[];
  readonly numbers: readonly {
    readonly depth: number;
    readonly remaining: number;
    /** Every labelling on the circle. */
    readonly count: number;
    /** Those that each grid finds. */
    readonly onGrids: readonly number[];
  }[];
}

/** Sweeps every hidden layer of random networks of every depth (Figure 5). */
async function dichotomies(
  { parameters }: TaskInput<DichotomyParameters, Record<never, never>>,
  context: RunContext,
): Promise<DichotomyResult> {
  const { seed, networks, depths, grids, ...family } = parameters;
  const swept = depths.flatMap((depth) => Array.from({ length: depth }, (_, layer) => ({ depth, layer })));
  const backend = await startBackend({ threads: context.threads });
  try {
    const numbers = swept.map(({ depth, layer }, i) => {
      const courses = networkSeeds(networks, seed).map((network) =>
        followLabels({ ...family, depth, layer }, network)
      );
      context.progress((i + 1) / swept.length);
      const meanCount = (points?: number) => mean(courses.map((course) => countLabellings(course, points)));
      return { depth, remaining: depth - 1 - layer, count: meanCount(), onGrids: grids.map(meanCount) };
    });
    return { inputs: family.inputs, grids, numbers };
  } finally {
    backend.dispose();
  }
}

/** Seeds of the networks of one seed: no two seeds share one. */
function networkSeeds(networks: number, seed: number): number[] {
  return Array.from({ length: networks }, (_, i) => seed * networks + i);
}

/** The tasks by name. */
export const tasks = { sweep, trajectories, dichotomies };
