/**
 * What a classifier loses where units of its last stage are set to 0.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { averagePrecision, rank } from "./average_precision.ts";
import { type Described, isChoosing } from "./best_units.ts";
import type { ExactClass } from "./caltech_concepts.ts";

/** How units of a class are chosen: by their weight to the class times their mean activation on it, by average precision, by chance. */
export type Choice = "weights" | "ap" | "random";

/** The units of a class that are set to 0, by how they were chosen. */
export type ClassUnits = Readonly<Record<Choice, readonly number[]>>;

/**
 * Chooses units for each class, by the photographs of the choosing half.
 *
 * @param described Mean activations of the last stage.
 * @param classes The classes.
 * @param weights Of the last layer, `(units, classes of ImageNet)`.
 * @param count How many units.
 */
export function chooseUnits(
  { values, units, perClass }: Described,
  classes: readonly ExactClass[],
  weights: { readonly values: ArrayLike<number>; readonly classes: number },
  count: number,
  rng: RandomStream,
): ClassUnits[] {
  const items = Array.from({ length: values.length / units }, (_, i) => i)
    .filter((i) => isChoosing(i, perClass));
  const rankings = Array.from(
    { length: units },
    (_, unit) => rank(items.map((item) => values[item * units + unit]!)),
  );
  const largest = (score: (unit: number) => number) => {
    const scores = Array.from({ length: units }, (_, unit) => score(unit));
    return Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!).slice(0, count);
  };
  return classes.map(({ label, imageNet }) => {
    const positive = items.map((item) => Math.floor(item / perClass) === label);
    const own = items.filter((_, i) => positive[i]);
    const activation = (unit: number) => own.reduce((sum, item) => sum + values[item * units + unit]!, 0);
    return {
      weights: largest((unit) => weights.values[unit * weights.classes + imageNet]! * activation(unit)),
      ap: largest((unit) => averagePrecision(rankings[unit]!, positive)),
      random: [...rng.permutation(units).subarray(0, count)],
    };
  });
}

/** The layers of a network behind one of its layers, one after the other. */
export function tailOf(network: LayersModel, after: string): (x: tf.Tensor) => tf.Tensor {
  const layers = network.layers.slice(network.layers.findIndex(({ name }) => name === after) + 1);
  return (x) => layers.reduce((value, layer) => layer.apply(value) as tf.Tensor, x);
}

/**
 * The classes that a tail finds in maps, once with each set of units at 0.
 *
 * @param maps `(1, height, width, units)`.
 */
export function classesWithout(
  tail: (x: tf.Tensor) => tf.Tensor,
  maps: tf.Tensor4D,
  sets: readonly (readonly number[])[],
): Int32Array {
  return tf.tidy(() => {
    const units = maps.shape[3];
    const kept = new Float32Array(sets.length * units).fill(1);
    sets.forEach((set, i) => set.forEach((unit) => kept[i * units + unit] = 0));
    const masked = tf.mul(maps, tf.tensor4d(kept, [sets.length, 1, 1, units]));
    return tf.argMax(tail(masked), 1).dataSync() as Int32Array;
  });
}
