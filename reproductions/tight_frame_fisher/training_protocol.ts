import { isConstrained } from "../../src/frames/tight_frame.ts";
import { stepRate } from "../../src/nn/schedules.ts";
import type { TrainingOptions } from "../../src/nn/train.ts";
import type { RunContext } from "../../src/reproduction.ts";
import type { ImageCounts } from "../image_sets.ts";
import { augment } from "./augmentation.ts";
import type { SetName } from "./data.ts";
import type { RepresentationNetwork } from "./representation_network.ts";

/** The rate of the first epochs, and what it is multiplied by at each decay. */
const [learningRate, rateDecay] = [0.01, 0.1];

/** Momentum and weight decay: none for F and P. */
const optimizer = {
  rule: "sgd",
  beta1: 0.9,
  decay: { weight: 1e-4, bias: 1e-4, scale: 1e-4 },
} as const;

/** Images of a step. */
const batchSize = 128;

/** Steps between two checkpoints. */
const checkpointSteps = 200;

/** What the protocol leaves to a row: all that names its checkpoints. */
export interface TrainingChoices {
  readonly set: SetName;
  readonly seed: number;
  readonly settings: {
    readonly images: ImageCounts;
    readonly epochs: number;
    readonly decays: readonly number[];
    readonly tightening: number;
    readonly augment: boolean;
  };
}

/**
 * How every network of the paper is trained (authors' code, `main.py`): momentum, a rate that decays by steps, and a Parseval step
 * after each update. The step is stronger from the first decay on, which the authors' longer schedule does not need.
 *
 * @param measureEpoch Called after each epoch but the last, which is measured with all else.
 */
export function trainingProtocol(
  choices: TrainingChoices,
  { network }: RepresentationNetwork,
  context: RunContext,
  measureEpoch: (epoch: number) => void,
): TrainingOptions & Required<Pick<TrainingOptions, "checkpoint">> {
  const { set, seed, settings } = choices;
  const { images, epochs, decays, tightening } = settings;
  const constrained = network.layers.filter(isConstrained);
  const perEpoch = Math.ceil(images.train / batchSize);
  const firstDecay = decays[0]! * epochs * perEpoch;
  return {
    epochs,
    batchSize,
    optimizer,
    rate: stepRate(learningRate, rateDecay, decays),
    seed,
    ...(settings.augment ? { augment: (x, step) => augment(x, set, step, seed) } : {}),
    afterStep: (step) => {
      for (const layer of constrained) layer.constrain(step < firstDecay ? 1 : tightening);
    },
    progress: (step, steps) => {
      if (step % perEpoch === 0 && step < steps) measureEpoch(step / perEpoch);
      context.progress(step / steps);
    },
    checkpoint: { path: context.checkpoint, every: checkpointSteps, settings: JSON.stringify(choices) },
  };
}
