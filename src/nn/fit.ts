import { dispose, type NamedTensorMap, type Tensor } from "@tensorflow/tfjs-core";
import { setValues } from "../compute/tfjs/set_values.ts";
import { type Batches, batchesFrom, tensorsOfBatch } from "./batches.ts";
import { loadCheckpoint, type NamedTensor, saveCheckpoint } from "./checkpoint.ts";
import { clipScale, requireClipNorm } from "./clip_scale.ts";
import { DivergedError } from "./diverged_error.ts";
import type { Parameter } from "./layer.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";
import { type EpochRecord, isRecordable, type Recorded } from "./records.ts";
import { requireWhole } from "./require_whole.ts";
import type { Schedule } from "./schedules.ts";
import type { Step } from "./step.ts";

/** What is recorded of an epoch, by name. */
export type EpochValues<Values> = Readonly<Record<keyof Values, Recorded>>;

/** Options of {@linkcode fit}. */
export interface FitOptions<Batch, Values extends EpochValues<Values> = Record<never, never>> {
  /** What gradients move; none where the step trains what is no tensor. */
  readonly parameters: readonly Parameter[];
  /** What a checkpoint holds beside: running statistics, frozen parameters. */
  readonly state?: readonly Parameter[];
  /** Steps of the whole training. */
  readonly steps: number;
  /** Steps of an epoch, after each of which `record` is called. */
  readonly stepsPerEpoch?: number;
  /** What each step learns from. */
  readonly batches: Batches<Batch>;
  /** Losses and gradients of a batch. */
  readonly step: Step<Batch>;
  /** Says what a loss that is not finite comes from, such as `"first in 2-dense"`; `index` is that of the loss. */
  readonly locate?: (batch: Batch, step: number, index: number) => string;
  /** How gradients move parameters; left out where the step moves them by itself. */
  readonly optimizer?: OptimizerOptions;
  /** Learning rate against progress. */
  readonly rate: Schedule;
  /** Largest norm of all gradients together; none by default. */
  readonly clipNorm?: number;
  /** Runs after each update (a constraint on the parameters, say). */
  readonly afterStep?: (step: number) => void;
  /**
   * Measures what is trained before the first epoch (0) and after each (1, 2, ...): finite numbers, lists of them, or `null` for what
   * is not measured. `undefined` records nothing of that epoch. Records are kept with the checkpoint, in float64.
   */
  readonly record?: (epoch: number) => Values | undefined | Promise<Values | undefined>;
  /** Called after each step with the steps done, all steps, and the losses. */
  readonly progress?: (step: number, steps: number, losses: ArrayLike<number>) => void;
  /** A file to go on from. */
  readonly checkpoint?: CheckpointOptions;
  /** Steps after which the training stops as if interrupted: what goes on is the last checkpoint written before. */
  readonly stopAfter?: number;
}

/** What an interrupted training goes on from. */
export interface CheckpointOptions {
  /** The file. */
  readonly path: string;
  /** Steps between two of them; there is one at the end as well. */
  readonly every: number;
  /** What decides the course of the training: a checkpoint of another one is refused. */
  readonly settings: string;
}

/** The course of a training, what was before a resumed checkpoint included. */
export interface TrainingHistory<Values> {
  /** Each loss by step: `losses[0]` is the only one where one network is trained. */
  readonly losses: readonly (readonly number[])[];
  /** What was recorded, epoch after epoch. */
  readonly records: readonly ({ readonly epoch: number } & Values)[];
}

/**
 * Trains by any loss: takes one batch after the other, moves parameters along its gradients, and goes on after an interruption to
 * the bits of a training that was not interrupted.
 *
 * @throws {DivergedError} Where a loss, the norm of gradients that are to be clipped, or a parameter that is to be saved or given
 * back is not finite: says the step, what is at fault, and the last finite loss.
 * @throws {RangeError} Where an option means nothing, a record is not finite, or batches run out.
 * @throws {DataError} Where the checkpoint is damaged or of another training.
 *
 * @example A line through two points, by the squared error
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 * import { differentiate } from "./differentiate.ts";
 * import { constantRate } from "./schedules.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const slope = tf.variable(tf.scalar(0));
 * const offset = tf.variable(tf.scalar(0));
 * const parameters = [
 *   { name: "slope", variable: slope, group: "weight" },
 *   { name: "offset", variable: offset, group: "bias" },
 * ] as const;
 * const { losses, records } = await fit({
 *   parameters,
 *   steps: 300,
 *   stepsPerEpoch: 100,
 *   batches: () => ({ x: tf.tensor1d([0, 1]), y: tf.tensor1d([1, 3]) }),
 *   step: differentiate(parameters, ({ x, y }: { x: tf.Tensor; y: tf.Tensor }) => {
 *     return tf.mean(tf.squaredDifference(tf.add(tf.mul(x, slope), offset), y)) as tf.Scalar;
 *   }),
 *   optimizer: { rule: "sgd" },
 *   rate: constantRate(0.05),
 *   record: () => ({ slope: slope.dataSync()[0]! }),
 * });
 * assertEquals([losses[0]!.length, records.map(({ epoch }) => epoch)], [300, [0, 1, 2, 3]]);
 * assertAlmostEquals(records.at(-1)!.slope, 2, 1e-3);
 * backend.dispose();
 * ```
 */
export async function fit<Batch, Values extends EpochValues<Values> = Record<never, never>>(
  options: FitOptions<Batch, Values>,
): Promise<TrainingHistory<Values>> {
  requireSound(options);
  const { steps, stepsPerEpoch = steps + 1, batches, checkpoint, stopAfter = steps } = options;
  const training = new Training(options);
  try {
    const end = Math.min(steps, stopAfter);
    if (training.done === 0) await training.record(0);
    if (training.done >= end) return training.history;
    for await (const batch of batchesFrom(batches, training.done)) {
      const losses = training.step(batch);
      const { done } = training;
      if (done % stepsPerEpoch === 0) await training.record(done / stepsPerEpoch);
      options.progress?.(done, steps, losses);
      if (done === steps || done % (checkpoint?.every ?? Infinity) === 0) training.save();
      if (done === end) return training.history;
    }
    throw new RangeError(
      `Cannot take step ${
        training.done + 1
      } of ${steps}: there are no more batches; give as many as there are steps`,
    );
  } finally {
    training.dispose();
  }
}

/** A training under way. */
class Training<Batch, Values extends EpochValues<Values>> {
  /** Steps so far. */
  done = 0;
  readonly #options: FitOptions<Batch, Values>;
  readonly #optimizer: Optimizer | undefined;
  /** What a checkpoint holds. */
  readonly #kept: readonly NamedTensor[];
  #losses: number[][] = [];
  #records: EpochRecord[] = [];

  /** Starts, or goes on from the checkpoint. */
  constructor(options: FitOptions<Batch, Values>) {
    const { parameters, state = [], optimizer } = options;
    this.#options = options;
    this.#optimizer = optimizer && new Optimizer(parameters, optimizer);
    this.#kept = [
      ...[...parameters, ...state].map(({ name, variable }) => ({ name, tensor: variable as Tensor })),
      ...this.#optimizer?.moments ?? [],
    ];
    try {
      this.#resume();
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  #resume(): void {
    const { checkpoint, steps } = this.#options;
    if (checkpoint === undefined) return;
    const { path, settings } = checkpoint;
    const progress = loadCheckpoint(path, this.#kept, settings, setValues, steps);
    if (progress === undefined) return;
    this.done = progress.step;
    this.#losses = progress.losses.map((course) => [...course]);
    this.#records = [...progress.records];
    if (this.#optimizer !== undefined) this.#optimizer.step = progress.step;
  }

  /** What came out so far. */
  get history(): TrainingHistory<Values> {
    return {
      losses: this.#losses,
      // What was read comes from a training of the same settings, which records the same.
      records: this.#records as unknown as TrainingHistory<Values>["records"],
    };
  }

  /** Learns from a batch, disposes of it, and gives back its losses. */
  step(batch: Batch): ArrayLike<number> {
    const { steps, afterStep } = this.#options;
    try {
      const rate = this.#options.rate(this.done / steps);
      if (!(rate >= 0 && rate < Infinity)) {
        throw new RangeError(
          `Cannot take step ${this.done + 1} at a learning rate of ${rate}: it must be finite and >= 0`,
        );
      }
      const { losses, gradients, scale = 1 } = this.#options.step(batch, this.done, rate);
      try {
        this.#requireFiniteLosses(losses, batch);
        this.#move(gradients, rate, scale);
      } finally {
        if (gradients !== undefined) dispose(Object.values(gradients));
      }
      afterStep?.(this.done);
      for (const [i, loss] of Array.from(losses).entries()) (this.#losses[i] ??= []).push(loss);
      this.done++;
      return losses;
    } finally {
      dispose(tensorsOfBatch(batch));
    }
  }

  #requireFiniteLosses(losses: ArrayLike<number>, batch: Batch): void {
    const before = this.done === 0 ? losses.length : this.#losses.length;
    if (losses.length === 0 || losses.length !== before) {
      throw new RangeError(
        `Cannot take step ${this.done + 1} with ${losses.length} losses: it must have ` +
          (before === 0 ? "one, or one of each network" : `${before}, as the steps before`),
      );
    }
    const broken = Array.from(losses).findIndex((loss) => !Number.isFinite(loss));
    if (broken < 0) return;
    throw new DivergedError({
      action: `go on at step ${this.done + 1}`,
      finding: `the loss is ${losses[broken]}`,
      place: this.#options.locate?.(batch, this.done, broken),
      lastLoss: this.#losses[broken]?.at(-1),
    });
  }

  /** Moves the parameters, unless the step has. */
  #move(gradients: NamedTensorMap | undefined, rate: number, scale: number): void {
    if (gradients === undefined && this.#optimizer === undefined) return;
    if (gradients === undefined || this.#optimizer === undefined) {
      throw new RangeError(
        gradients === undefined
          ? "Cannot move the parameters: the step gave no gradients; leave out the optimizer of a step that moves them by itself"
          : "Cannot move the parameters: the step gave gradients and there is no optimizer; give fit() one",
      );
    }
    const { clipNorm } = this.#options;
    const clipped = clipNorm === undefined ? scale : scale * clipScale(gradients, clipNorm / scale);
    if (!(clipped > 0 && clipped < Infinity)) {
      throw new DivergedError({
        action: `go on at step ${this.done + 1}`,
        finding: "the norm of the gradients is not finite",
        lastLoss: this.#losses[0]?.at(-1),
      });
    }
    this.#optimizer.update(gradients, rate, clipped);
  }

  /** Writes down what is measured after an epoch. */
  async record(epoch: number): Promise<void> {
    const values = await this.#options.record?.(epoch);
    if (values === undefined) return;
    const broken = Object.entries<Recorded>(values).find(([, value]) => !isRecordable(value));
    if (broken !== undefined) {
      this.#requireFiniteTensors();
      throw new RangeError(
        `Cannot record ${broken[0]} = ${
          broken[1]
        } after epoch ${epoch}: it must be a finite number, a list of them, or null`,
      );
    }
    this.#records.push({ ...values, epoch });
  }

  /** Writes the checkpoint, if there is one. */
  save(): void {
    this.#requireFiniteTensors();
    const { checkpoint } = this.#options;
    if (checkpoint === undefined) return;
    saveCheckpoint(checkpoint.path, this.#kept, {
      step: this.done,
      losses: this.#losses,
      records: this.#records,
      settings: checkpoint.settings,
    });
  }

  /** A gradient can overflow where the loss does not: such parameters must not replace a good checkpoint, nor be given back. */
  #requireFiniteTensors(): void {
    const broken = this.#kept.find(({ tensor }) => !tensor.dataSync().every(Number.isFinite));
    if (broken === undefined) return;
    throw new DivergedError({
      action: `go on after step ${this.done}`,
      finding: `${broken.name} is not finite`,
      lastLoss: this.#losses[0]?.at(-1),
    });
  }

  /** Gives the memory of the optimiser back. */
  dispose(): void {
    this.#optimizer?.dispose();
  }
}

function requireSound<Batch, Values extends EpochValues<Values>>(options: FitOptions<Batch, Values>): void {
  const { parameters, state = [], steps, stepsPerEpoch, stopAfter, optimizer, clipNorm, checkpoint } =
    options;
  requireWhole("fit", {
    steps,
    ...(stepsPerEpoch === undefined ? {} : { stepsPerEpoch }),
    ...(checkpoint === undefined ? {} : { "checkpoint.every": checkpoint.every }),
  });
  if (stopAfter !== undefined && !(Number.isSafeInteger(stopAfter) && stopAfter >= 0)) {
    throw new RangeError(`Cannot fit with stopAfter = ${stopAfter}: it must be a whole number >= 0`);
  }
  if (options.record !== undefined && stepsPerEpoch === undefined) {
    throw new RangeError(
      "Cannot record epochs of unknown length: say how many steps an epoch has as stepsPerEpoch",
    );
  }
  if (optimizer !== undefined && parameters.length === 0) {
    throw new RangeError(
      "Cannot fit no parameters: give some, or leave out the optimizer of a step that moves them by itself",
    );
  }
  if (clipNorm !== undefined) {
    requireClipNorm(clipNorm);
    if (optimizer === undefined) {
      throw new RangeError(
        `Cannot clip gradients to a norm of ${clipNorm}: there is no optimizer that takes them; give fit() one`,
      );
    }
  }
  const names = [...parameters, ...state].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new RangeError(`Cannot fit two parameters named ${twice}: each must have a name of its own`);
  }
  if (checkpoint === undefined) return;
  if (checkpoint.path === "") {
    throw new RangeError('Cannot keep a checkpoint at the path "": name a file, or leave it out');
  }
  if (names.length === 0) {
    throw new RangeError(
      `Cannot keep a checkpoint at ${checkpoint.path}: there are no parameters and no state to go on from`,
    );
  }
}
