import { fit, type FitOptions } from "../../../src/nn/fit.ts";
import { MiniBatches } from "../../../src/nn/mini_batches.ts";
import type { OptimizerOptions } from "../../../src/nn/optimizer.ts";
import { requireWhole } from "../../../src/nn/require_whole.ts";
import { classifyEach } from "./classify_each.ts";
import { gatherFeatures, type LabelledFrozenFeatures } from "./labelled_features.ts";
import type { LayerSweep, SweepBatch } from "./layer_sweep.ts";

/** Options of {@linkcode trainSweep}. */
export interface SweepTraining extends Pick<FitOptions<SweepBatch>, "rate" | "progress" | "stopAfter"> {
  /** Passes over the data. */
  readonly epochs: number;
  /** Inputs of a step; the last, shorter step of an epoch included. */
  readonly batchSize: number;
  /** How parameters move. */
  readonly optimizer: OptimizerOptions;
  /** Decides the order of the inputs, the same for every network. */
  readonly seed: number;
  /** Inputs, the first ones, that accuracy on the training set is measured on after an epoch. */
  readonly probe: number;
  /** A file to go on from, written after each epoch; `settings` names this training. */
  readonly checkpoint?: { readonly path: string; readonly settings: string };
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

/** The course of a sweep. */
export interface SweepCourse {
  /** For each network the mean loss of every step. */
  readonly losses: readonly (readonly number[])[];
  /** Every epoch. */
  readonly epochs: readonly SweepEpoch[];
}

/**
 * Trains all networks of a sweep by softmax cross-entropy on the same shuffled mini-batches.
 *
 * @param sweep The networks, on a backend of `startBackend()`.
 * @param train What they learn from.
 * @param test What they are tested on.
 * @returns Every step and epoch, those before a resumed checkpoint included.
 * @throws {DivergedError} Where a loss or a result is not finite: says where, and which layer was trained.
 * @throws {RangeError} Where there are no inputs, or epochs, batch size or probe are not whole and positive.
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
 * const { epochs } = await trainSweep(sweep, data, data, {
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
export async function trainSweep(
  sweep: LayerSweep,
  train: LabelledFrozenFeatures,
  test: LabelledFrozenFeatures,
  options: SweepTraining,
): Promise<SweepCourse> {
  const { epochs, batchSize, probe, seed, checkpoint, ...others } = options;
  requireWhole("train", { epochs, batchSize, probe });
  const networks = sweep.layers.length;
  const count = train.labels.length;
  const order = new MiniBatches(count, batchSize, seed);
  const { losses, records } = await fit({
    ...others,
    parameters: sweep.parameters,
    steps: epochs * order.perEpoch,
    stepsPerEpoch: order.perEpoch,
    batches: (step) => {
      const rows = order.rowsOf(step);
      return {
        features: gatherFeatures(train, rows),
        labels: Int32Array.from(rows, (row) => train.labels[row]!),
      };
    },
    step: (batch: SweepBatch) => {
      const { losses, gradients } = sweep.differentiate(batch);
      const means = meanOfEach(losses.dataSync(), networks);
      losses.dispose();
      // The gradients are those of the sum over the rows, the losses are their means.
      return { losses: means, gradients, scale: 1 / batch.labels.length };
    },
    locate: (_batch, _step, network) => `with layer ${sweep.layers[network]} trained`,
    record: (epoch) =>
      epoch === 0 ? undefined : {
        train: accuracies(sweep, train, Math.min(probe, count)),
        test: accuracies(sweep, test),
      },
    ...(checkpoint === undefined ? {} : { checkpoint: { ...checkpoint, every: order.perEpoch } }),
  });
  return {
    losses,
    epochs: records.map(({ epoch, train, test }) => {
      const first = (epoch - 1) * order.perEpoch;
      const meanLoss = (course: readonly number[]) => {
        const ofEpoch = course.slice(first, first + order.perEpoch);
        return ofEpoch.reduce((sum, loss) => sum + loss / order.perEpoch, 0);
      };
      return { losses: losses.map(meanLoss), train, test };
    }),
  };
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
