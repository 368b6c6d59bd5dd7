import type { Tensor } from "@tensorflow/tfjs-core";
import { classification } from "./classification.ts";
import type { DataSet, LabelledBatch } from "./data_set.ts";
import { fit, type FitOptions } from "./fit.ts";
import { MiniBatches } from "./mini_batches.ts";
import type { Network } from "./network.ts";
import type { OptimizerOptions } from "./optimizer.ts";
import { requireWhole } from "./require_whole.ts";
import { shuffledBatches } from "./shuffled_batches.ts";

/** Options of {@linkcode train}. */
export interface TrainingOptions
  extends Pick<FitOptions<LabelledBatch>, "rate" | "clipNorm" | "afterStep" | "checkpoint" | "stopAfter"> {
  /** Passes over the data. */
  readonly epochs: number;
  /** Inputs of a step. */
  readonly batchSize: number;
  /** How parameters move. */
  readonly optimizer: OptimizerOptions;
  /** Decides the order of the mini-batches. */
  readonly seed: number;
  /** Changes inputs of a step before they are used (augmentation); its result replaces x. */
  readonly augment?: (x: Tensor, step: number) => Tensor;
  /** Called with each loss. */
  readonly progress?: (step: number, steps: number, loss: number) => void;
}

/**
 * Trains a network by softmax cross-entropy on shuffled mini-batches (the last, shorter one of an epoch included): {@linkcode fit}
 * for data in memory.
 *
 * @returns The loss of each step, those before a resumed checkpoint included.
 * @throws {DivergedError} Where a loss, or a parameter about to be saved or given back, is not finite: says the step, the first
 * layer concerned, and the last finite loss.
 * @throws {RangeError} Where there are no data, or an option means nothing.
 * @throws {DataError} Where the checkpoint is damaged or of another training.
 *
 * @example Usage
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 * import { countCorrect } from "./count_correct.ts";
 * import { dense } from "./dense.ts";
 * import { Network } from "./network.ts";
 * import { constantRate } from "./schedules.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * // The exclusive or of two signs, which no single dense layer tells apart.
 * const data = { shape: [2], inputs: Float32Array.of(1, 1, -1, -1, 1, -1, -1, 1), labels: Uint8Array.of(0, 0, 1, 1) };
 * const network = new Network([2], [dense(16, { activation: "relu" }), dense(2)], 1);
 * const losses = await train(network, data, {
 *   epochs: 60,
 *   batchSize: 4,
 *   optimizer: { rule: "sgd" },
 *   rate: constantRate(0.1),
 *   seed: 1,
 * });
 * assertEquals([losses.length, countCorrect(network, data)], [60, 4]);
 * assert(losses[59]! < 0.1);
 * backend.dispose();
 * ```
 */
export async function train(network: Network, data: DataSet, options: TrainingOptions): Promise<number[]> {
  const { epochs, batchSize, seed, augment, progress, ...others } = options;
  requireWhole("train", { epochs, batchSize });
  const order = new MiniBatches(data.labels.length, batchSize, seed);
  const { losses: [losses] } = await fit({
    ...classification(network),
    ...others,
    steps: epochs * order.perEpoch,
    batches: shuffledBatches(data, order, augment),
    progress: (step, steps, losses) => progress?.(step, steps, losses[0]!),
  });
  return [...losses ?? []];
}
