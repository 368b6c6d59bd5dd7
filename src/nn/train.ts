import { dispose, type Tensor, type Variable, variableGrads } from "@tensorflow/tfjs-core";
import { setValues } from "../compute/tfjs/set_values.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { clipScale } from "./clip_scale.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { batchOf, type DataSet } from "./data_set.ts";
import { MiniBatches } from "./mini_batches.ts";
import type { Network } from "./network.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";

/** Options of {@linkcode train}. */
export interface TrainingOptions {
  /** Passes over the data. */
  readonly epochs: number;
  /** Inputs of a step. */
  readonly batchSize: number;
  /** How parameters move. */
  readonly optimizer: OptimizerOptions;
  /** Learning rate against progress. */
  readonly rate: Schedule;
  /** Decides the order of the mini-batches. */
  readonly seed: number;
  /** Largest norm of all gradients together; none by default. */
  readonly clipNorm?: number;
  /** Changes inputs of a step before they are used (augmentation); its result replaces x. */
  readonly augment?: (x: Tensor, step: number) => Tensor;
  /** Runs after each update (a constraint on the parameters, say). */
  readonly afterStep?: (step: number) => void;
  /** Called with each loss. */
  readonly progress?: (step: number, steps: number, loss: number) => void;
  /** A file to go on from, written every `every` steps and at the end; `settings` names this training. */
  readonly checkpoint?: { readonly path: string; readonly every: number; readonly settings: string };
  /** Steps after which the training stops as if interrupted: what goes on is the last checkpoint written before. */
  readonly stopAfter?: number;
}

/** Thrown where a loss is not finite. The checkpoint, if any, stays as it was before. */
export class DivergedError extends Error {
  /** Tells it from other errors. */
  override readonly name = "DivergedError";
}

/**
 * Trains a network by softmax cross-entropy on shuffled mini-batches (the last, shorter one of an epoch included).
 *
 * @returns The loss of each step, those before a resumed checkpoint included.
 * @throws {DivergedError} Where a loss, or a parameter about to be saved, is not finite: says the step, the first
 * layer concerned, and the last finite loss.
 * @throws {RangeError} Where epochs or batch size are not whole and positive, or there is nothing to learn from.
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
 * const losses = train(network, data, {
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
export function train(network: Network, data: DataSet, options: TrainingOptions): number[] {
  const { epochs, batchSize, rate, seed, checkpoint } = options;
  for (const [name, value] of Object.entries({ epochs, batchSize })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`Cannot train with ${name} = ${value}: it must be a whole number >= 1`);
    }
  }
  if (data.labels.length === 0) {
    throw new RangeError("Cannot train on 0 inputs: there must be at least one");
  }
  const batches = new MiniBatches(data.labels.length, batchSize, seed);
  const steps = epochs * batches.perEpoch;
  const parameters = network.parameters;
  const optimizer = new Optimizer(parameters, options.optimizer);
  const tensors = [
    ...network.tensors.map(({ name, variable }) => ({ name, tensor: variable as Tensor })),
    ...optimizer.moments,
  ];
  const resumed = checkpoint && loadCheckpoint(checkpoint.path, tensors, checkpoint.settings, setValues);
  const losses = [...resumed?.losses ?? []];
  optimizer.step = resumed?.step ?? 0;
  try {
    for (let step = optimizer.step; step < Math.min(steps, options.stopAfter ?? steps); step++) {
      const loss = trainStep(step, batches.rowsOf(step), rate(step / steps));
      losses.push(loss);
      options.progress?.(step + 1, steps, loss);
      if (checkpoint && ((step + 1) % checkpoint.every === 0 || step + 1 === steps)) {
        requireFinite(step, loss);
        saveCheckpoint(checkpoint.path, tensors, { step: step + 1, losses, settings: checkpoint.settings });
      }
    }
  } finally {
    optimizer.dispose();
  }
  return losses;

  /** A gradient can overflow where the loss does not: such parameters must not replace a good checkpoint. */
  function requireFinite(step: number, loss: number): void {
    const broken = tensors.find(({ tensor }) => !tensor.dataSync().every(Number.isFinite));
    if (broken !== undefined) {
      throw new DivergedError(
        `Cannot go on after step ${step + 1}: ${broken.name} is not finite; ` +
          `the last finite loss was ${loss}; lower the learning rate`,
      );
    }
  }

  function trainStep(step: number, rows: Uint32Array, rate: number): number {
    const { x: plain, labels } = batchOf(data, rows);
    const x = options.augment?.(plain, step) ?? plain;
    const pass = { training: true, step };
    const variables = parameters.map(({ variable }) => variable as Variable);
    const { value, grads } = variableGrads(() => crossEntropy(network.apply(x, pass), labels), variables);
    try {
      const loss = value.dataSync()[0]!;
      if (!Number.isFinite(loss)) {
        const layer = network.firstNonFinite(x, pass) ?? "the loss";
        throw new DivergedError(
          `Cannot go on at step ${step + 1}: the loss is ${loss}, first in ${layer}; ` +
            `the last finite loss was ${losses.at(-1) ?? "none"}; lower the learning rate`,
        );
      }
      const scale = options.clipNorm === undefined ? 1 : clipScale(grads, options.clipNorm);
      optimizer.update(grads, rate, scale);
      options.afterStep?.(step);
      return loss;
    } finally {
      dispose([value, grads, x, plain, labels]);
    }
  }
}
