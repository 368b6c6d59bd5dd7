/**
 * Machines that have learnt, as bytes that jobs share.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { removeIfThere } from "../../../src/files/remove_if_there.ts";
import { setValues } from "../../../src/compute/tfjs/set_values.ts";
import type { CheckpointOptions } from "../../../src/nn/fit.ts";
import { ConvolutionalRbm, type RbmShape } from "../../../src/nn/rbm/convolutional_rbm.ts";
import type { Reading, RunContext } from "../../../src/suite/reproduction.ts";

/** How well held-out images are reconstructed on the way. */
export interface LearningRecord {
  /** Tenths of all updates. */
  readonly epoch: number;
  /** Squared error over variance. */
  readonly heldOut: number;
}

/** A machine that has learnt, as plain data. */
export interface LearntMachine {
  /** What it is made of. */
  readonly shape: RbmShape;
  /** `(side, side, channels, filters)`. */
  readonly filter: readonly number[];
  /** `(filters)`. */
  readonly hiddenBias: readonly number[];
  /** `(channels)`. */
  readonly visibleBias: readonly number[];
  /** How it went. */
  readonly records: readonly LearningRecord[];
}

/** A machine as plain data. */
export function describeMachine(
  rbm: ConvolutionalRbm,
  visibleBias: readonly number[],
  records: readonly LearningRecord[],
): LearntMachine {
  return {
    shape: rbm.shape,
    filter: Array.from(rbm.filter.variable.dataSync()),
    hiddenBias: Array.from(rbm.hiddenBias.variable.dataSync()),
    visibleBias,
    records: records.map(({ epoch, heldOut }) => ({ epoch, heldOut })),
  };
}

/** The machine of plain data; the caller disposes of it. */
export function rebuildMachine(name: string, { shape, filter, hiddenBias, visibleBias }: LearntMachine) {
  const rbm = new ConvolutionalRbm(name, shape, { deviation: 0, hiddenBias: 0, visibleBias, seed: 0 });
  setValues(rbm.filter.variable, Float32Array.from(filter));
  setValues(rbm.hiddenBias.variable, Float32Array.from(hiddenBias));
  return rbm;
}

/**
 * A machine that several jobs use: the first that wants it lets it learn.
 *
 * @param settings What decides it beside its data.
 * @param readings Its data.
 * @param learn Lets it learn; an interrupted learning goes on from the checkpoint.
 */
export async function sharedMachine(
  settings: unknown,
  readings: readonly Reading[],
  context: RunContext,
  learn: (checkpoint: CheckpointOptions) => Promise<LearntMachine>,
): Promise<LearntMachine> {
  const bytes = await context.artifact({ machine: settings }, readings, async () => {
    const path = context.checkpoint;
    const machine = await learn({ path, every: 100, settings: JSON.stringify(settings) });
    // What the job lets learn next has a checkpoint of its own there.
    if (path !== "") removeIfThere(path);
    return new TextEncoder().encode(JSON.stringify(machine));
  });
  return JSON.parse(new TextDecoder().decode(bytes)) as LearntMachine;
}

/** A tensor without the last rows and columns that hidden units would not fill whole blocks with. */
export function wholeBlocks(maps: tf.Tensor, { side, pool }: RbmShape): tf.Tensor {
  const [, height, width, channels] = maps.shape as [number, number, number, number];
  const whole = (length: number) => Math.floor((length - side + 1) / pool) * pool + side - 1;
  return tf.slice(maps, [0, 0, 0, 0], [1, whole(height), whole(width), channels]);
}
