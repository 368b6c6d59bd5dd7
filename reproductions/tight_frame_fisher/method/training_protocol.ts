import { classification } from "../../../src/nn/classification.ts";
import type { DataSet, LabelledBatch } from "../../../src/nn/data_set.ts";
import type { FitOptions } from "../../../src/nn/fit.ts";
import { MiniBatches } from "../../../src/nn/mini_batches.ts";
import { stepRate } from "../../../src/nn/schedules.ts";
import { shuffledBatches } from "../../../src/nn/shuffled_batches.ts";
import type { RunContext } from "../../../src/suite/reproduction.ts";
import { augment } from "./augment.ts";
import { describedBatches } from "./described_batches.ts";
import type { SetName } from "./image_sets.ts";
import type { RepresentationNetwork } from "./representation_network.ts";
import type { NetworkInput } from "./scattering_input.ts";
import { isConstrained } from "./tight_frame.ts";

/** The rate of the first epochs. */
const learningRate = 0.01;

/** What the rate is multiplied by at each decay. */
const rateDecay = 0.1;

/** Momentum and weight decay: none for F and P. */
const optimizer = {
  rule: "sgd",
  beta1: 0.9,
  decay: { weight: 1e-4, bias: 1e-4, scale: 1e-4 },
} as const;

/** Images of a step. */
const batchSize = 128;

/** Steps between two checkpoints; fewer where their images have to be described. */
const checkpointSteps = { plain: 200, described: 20 };

/** What the protocol leaves to a training. */
export interface TrainingChoices {
  /** How often each image is seen; the authors take 300. */
  readonly epochs: number;
  /** Where the learning rate is divided by 10, as shares of the epochs; the authors' are every 70 of 300. */
  readonly decays: readonly number[];
  /** Of the Parseval steps; the authors' is 5e-4. */
  readonly beta: number;
  /**
   * What beta is multiplied by from the first decay on; the authors' is 1. At the first rate the smallest eigenvalue of F^T F falls to
   * 0.2 or less on CIFAR-10, and the way back takes some 7 / (2 beta) steps: more than a short schedule has left.
   */
  readonly tightening: number;
  /** Flips and crops, as the authors do on CIFAR-10. */
  readonly augment: boolean;
}

/** Which training it is: names its checkpoint, and decides its random numbers. */
export interface TrainingName extends TrainingChoices {
  /** Its images. */
  readonly set: SetName;
  /** Of starting values, mini-batches and augmentation. */
  readonly seed: number;
}

/**
 * How every network of the paper is trained (authors' code, `main.py`): cross-entropy on shuffled mini-batches of 128 images, momentum,
 * a rate that decays by steps, and a Parseval step after each update.
 *
 * @param choices All that tells this training from others; it names the checkpoint.
 * @param network What is trained.
 * @param images What it learns from.
 * @param context Takes progress and checkpoint.
 * @param input Describes the images of each step after they were augmented; they stand as they are without it.
 */
export function trainingProtocol(
  choices: TrainingName,
  { network }: RepresentationNetwork,
  images: DataSet,
  context: Pick<RunContext, "checkpoint" | "progress">,
  input?: NetworkInput,
): FitOptions<LabelledBatch> & { readonly stepsPerEpoch: number } {
  const { set, seed, epochs, decays, tightening } = choices;
  const count = images.labels.length;
  const order = new MiniBatches(count, batchSize, seed);
  const steps = epochs * order.perEpoch;
  const batches = shuffledBatches(
    images,
    order,
    choices.augment ? (x, step) => augment(x, set, step, seed) : undefined,
  );
  const constrained = network.layers.filter(isConstrained);
  const firstDecay = decays[0]! * epochs * order.perEpoch;
  return {
    ...classification(network),
    steps,
    stepsPerEpoch: order.perEpoch,
    batches: input === undefined ? batches : describedBatches(batches, input, steps),
    optimizer,
    rate: stepRate(learningRate, rateDecay, decays),
    afterStep: (step) => {
      for (const layer of constrained) layer.constrain(step < firstDecay ? 1 : tightening);
    },
    progress: (step) => context.progress(step / steps),
    checkpoint: {
      path: context.checkpoint,
      every: checkpointSteps[input === undefined ? "plain" : "described"],
      settings: JSON.stringify({ ...choices, images: count }),
    },
  };
}
