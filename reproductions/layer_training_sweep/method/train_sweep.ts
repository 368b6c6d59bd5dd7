import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import { setValues } from "../../../src/compute/tfjs/set_values.ts";
import { loadCheckpoint, saveCheckpoint } from "../../../src/nn/checkpoint.ts";
import { MiniBatches } from "../../../src/nn/mini_batches.ts";
import { Optimizer, type OptimizerOptions } from "../../../src/nn/optimizer.ts";
import type { Schedule } from "../../../src/nn/schedules.ts";
import { DivergedError } from "../../../src/nn/train.ts";
import { classifyEach } from "./classify_each.ts";
import { gatherFeatures, type LabelledFrozenFeatures } from "./labelled_features.ts";
import type { LayerSweep } from "./layer_sweep.ts";
import { requireWhole } from "./require_whole.ts";

/** Options of {@linkcode trainSweep}. */
export interface SweepTraining {
  /** Passes over the data. */
  readonly epochs: number;
  /** Inputs of a step; the last, shorter step of an epoch included. */
  readonly batchSize: number;
  /** How parameters move. */
  readonly optimizer: OptimizerOptions;
  /** Learning rate against progress. */
  readonly rate: Schedule;
  /** Decides the order of the inputs, the same for every network. */
  readonly seed: number;
  /** Inputs, the first ones, that accuracy on the training set is measured on after an epoch. */
  readonly probe: number;
  /** Called with the mean losses of each step, one for each network. */
  readonly onStep?: (losses: readonly number[]) => void;
  /** Called with the share that is done, after each epoch. */
  readonly progress?: (share: number) => void;
  /** A file to go on from, written after each epoch; `settings` names this training. */
  readonly checkpoint?: { readonly path: string; readonly settings: string };
  /** Epochs after which the training stops as if interrupted; its checkpoint goes on from there. */
  readonly stopAfter?: number;
}

/** One epoch: a number for each network. */
export interface SweepEpoch {
  /** Mean loss over the steps. */
  readonly losses: readonly number[];
  /** Share of the probe that is right, in [0, 1]. */
  readonly train: readonly number[];
  /** Share of the test set that is right, in [0, 1]. */
  readonly test: readonly number[];
}

/**
 * Trains all networks of a sweep by softmax cross-entropy on the same shuffled mini-batches.
 *
 * @param sweep The networks, on a backend of `startBackend()`.
 * @param train What they learn from.
 * @param test What they are tested on.
 * @returns Every epoch, those before a resumed checkpoint included.
 * @throws {DivergedError} Where a loss or a result is not finite: says where, and which layer was trained.
 * @throws {RangeError} Where epochs, batch size or probe are not whole and positive.
 * @throws {DataError} Where the checkpoint is damaged or of another training.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { constantRate, startBackend } from "../../../src/nn/mod.ts";
 * import { frozenFeatures } from "./frozen_features.ts";
 * import { LayerSweep } from "./layer_sweep.ts";
 * import { sampleNetwork } from "./random_network.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const shape = { inputs: 1, width: 10, depth: 2, classes: 2 };
 * const network = sampleNetwork(shape, { weightVariance: 2, biasVariance: 0.1 }, 1);
 * // Two classes, told apart by the sign of the input.
 * const read = () => Float32Array.of(-2, -1, 1, 2);
 * const data = { features: frozenFeatures(network, { count: 4, read }), labels: Uint8Array.of(0, 0, 1, 1) };
 * const sweep = new LayerSweep(network, { layers: [1, 2], readout: "frozen" });
 * const epochs = trainSweep(sweep, data, data, {
 *   epochs: 20,
 *   batchSize: 4,
 *   optimizer: { rule: "sgd" },
 *   rate: constantRate(0.05),
 *   seed: 1,
 *   probe: 4,
 * });
 * assert(epochs.at(-1)!.test.every((share) => share === 1));
 * backend.dispose();
 * ```
 */
export function trainSweep(
  sweep: LayerSweep,
  train: LabelledFrozenFeatures,
  test: LabelledFrozenFeatures,
  options: SweepTraining,
): SweepEpoch[] {
  const { epochs, batchSize, probe, rate, seed, checkpoint } = options;
  requireWhole("train", { epochs, batchSize, probe });
  const count = train.labels.length;
  const batches = new MiniBatches(count, batchSize, seed);
  const optimizer = new Optimizer(sweep.parameters, options.optimizer);
  const tensors = [
    ...sweep.parameters.map(({ name, variable }) => ({ name, tensor: variable as Tensor })),
    ...optimizer.moments,
  ];
  const resumed = checkpoint && loadCheckpoint(checkpoint.path, tensors, checkpoint.settings, setValues);
  optimizer.step = resumed?.step ?? 0;
  const done = unflatten(resumed?.losses ?? [], sweep.layers.length);
  try {
    while (done.length < Math.min(epochs, options.stopAfter ?? epochs)) {
      const sums = sweep.layers.map(() => 0);
      for (let i = 0; i < batches.perEpoch; i++) {
        const losses = trainStep(batches.rowsOf(optimizer.step));
        for (const [network, loss] of losses.entries()) sums[network]! += loss / batches.perEpoch;
      }
      done.push({
        losses: sums,
        train: accuracies(sweep, train, Math.min(probe, count)),
        test: accuracies(sweep, test),
      });
      if (checkpoint !== undefined) {
        const progress = { step: optimizer.step, losses: flatten(done), settings: checkpoint.settings };
        saveCheckpoint(checkpoint.path, tensors, progress);
      }
      options.progress?.(done.length / epochs);
    }
  } finally {
    optimizer.dispose();
  }
  return done;

  function trainStep(rows: Uint32Array): number[] {
    const features = gatherFeatures(train, rows);
    const labels = Int32Array.from(rows, (row) => train.labels[row]!);
    const { losses, gradients } = sweep.differentiate({ features, labels });
    try {
      const means = meanOfEach(losses.dataSync(), sweep.layers.length);
      const broken = means.findIndex((loss) => !Number.isFinite(loss));
      if (broken >= 0) {
        throw new DivergedError(
          `Cannot go on at step ${optimizer.step + 1}: the loss with layer ${
            sweep.layers[broken]
          } trained is ` +
            `${means[broken]}; lower the learning rate`,
        );
      }
      // The gradients are those of the sum over the rows, the loss is their mean.
      optimizer.update(gradients, rate(optimizer.step / (epochs * batches.perEpoch)), 1 / rows.length);
      options.onStep?.(means);
      return means;
    } finally {
      dispose([losses, ...Object.values(gradients), ...features]);
    }
  }
}

/**
 * The shares of inputs that the networks put into their class.
 *
 * @param count Takes only the first so many; all by default.
 * @returns Shares in [0, 1], one for each network.
 * @throws {DivergedError} Where a result is not finite.
 */
export function accuracies(sweep: LayerSweep, data: LabelledFrozenFeatures, count?: number): number[] {
  return classifyEach(sweep, data, count).map((found) => {
    const right = found.reduce((sum, label, i) => label === data.labels[i] ? sum + 1 : sum, 0);
    return right / found.length;
  });
}

function meanOfEach(losses: ArrayLike<number>, networks: number): number[] {
  const rows = losses.length / networks;
  return Array.from({ length: networks }, (_, network) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += losses[network * rows + i]!;
    return sum / rows;
  });
}

/** The epochs as one list of numbers, for the checkpoint. */
function flatten(epochs: readonly SweepEpoch[]): number[] {
  return epochs.flatMap(({ losses, train, test }) => [...losses, ...train, ...test]);
}

function unflatten(numbers: readonly number[], networks: number): SweepEpoch[] {
  return Array.from({ length: numbers.length / (3 * networks) }, (_, epoch) => {
    const [losses, train, test] = [0, 1, 2].map((part) => {
      const start = (3 * epoch + part) * networks;
      return numbers.slice(start, start + networks);
    }) as [number[], number[], number[]];
    return { losses, train, test };
  });
}
