import * as tf from "@tensorflow/tfjs-core";
import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import {
  batchOf,
  classification,
  cosineRate,
  crossEntropy,
  differentiate,
  fit,
  inference,
  type LabelledBatch,
  MiniBatches,
  type Network,
  shuffledBatches,
} from "../../../src/nn/mod.ts";
import type { Inputs } from "./balanced_images.ts";
import { classMeans, type Geometry, geometry, type Head, variability } from "./collapse_metrics.ts";
import { decisionsOfHead, nearestMeans, percentDiffering } from "./decisions.ts";
import { type ClassInPlane, planeOfClasses } from "./plane_of_classes.ts";

/** How a network is trained. */
export interface Training {
  /** Softmax cross-entropy, or half the squared distance of the results from the one-hot class. */
  readonly loss: "cross-entropy" | "squared error";
  /** The learning rate at the start; it falls to 0 along half a cosine. */
  readonly rate: number;
  /** Weight decay of all parameters. */
  readonly decay: number;
  /** Images of a step; what is left of an epoch is dropped. */
  readonly batchSize: number;
}

/** How long, and what is looked at. */
export interface Course {
  /** Passes over the images. */
  readonly epochs: number;
  /** The epochs after which collapse is measured. */
  readonly measured: readonly number[];
  /** Those after which classes are seen in the plane of three of them. */
  readonly seen: readonly number[];
}

/** What is measured after an epoch. */
export interface Collapse extends Geometry {
  /** NC1 of the training images. */
  readonly nc1: number;
  /** The Fisher ratio of the training images, in the directions of their class means. */
  readonly fisher: number;
  /** Training images whose nearest class mean is not the class that the network says, in per cent. */
  readonly nc4: number;
  /** Training images that are in the wrong class, in per cent. */
  readonly trainError: number;
  /** NC1 of the test images, about their own class means. */
  readonly testNc1: number;
  /** The Fisher ratio of the test images, in the directions of their own class means. */
  readonly testFisher: number;
  /** Test images that are in the wrong class, in per cent. */
  readonly testError: number;
}

/** The measurements of a training. */
export interface CollapseCourse {
  /** By epoch. */
  readonly epochs: readonly (Collapse & { readonly epoch: number })[];
  /** Three classes in their plane, by epoch. */
  readonly planes: readonly { readonly epoch: number; readonly classes: readonly ClassInPlane[] }[];
}

/** The classes that are shown in a plane, and how many features of each. */
const inPlane = { labels: [0, 1, 2], perClass: 50 };

/** Inputs at a time where features are computed. */
const evaluated = 500;

/**
 * Trains a network and measures how far it has collapsed: features are what its last layer takes in evaluation, where batch norm
 * uses running statistics.
 *
 * @param network The network; its last layer is dense.
 * @param train The images that it learns from, as many of each class.
 * @param test The images of the test set.
 * @param options Training, course, `classes`, the seed of the orders of images, and a checkpoint.
 */
export async function trainToCollapse(
  network: Network,
  { train, test }: { readonly train: Inputs; readonly test: Inputs },
  options: Training & Course & {
    readonly classes: number;
    readonly seed: number;
    readonly progress?: (share: number) => void;
    readonly checkpoint?: { readonly path: string; readonly settings: string };
    readonly stopAfter?: number;
  },
): Promise<CollapseCourse> {
  const { loss, rate, decay, batchSize, epochs, measured, seen, classes, seed, checkpoint } = options;
  const order = new MiniBatches(train.labels.length, batchSize, seed);
  const stepsPerEpoch = Math.floor(train.labels.length / batchSize);
  const shuffled = shuffledBatches(train, order);
  const { parameters, state, locate } = classification(network);
  const lossOf = losses[loss];
  const { records } = await fit({
    parameters,
    state,
    locate,
    steps: epochs * stepsPerEpoch,
    stepsPerEpoch,
    // An epoch has a last, shorter step where images are left over, and it is left out: batch norm of few images is noise.
    batches: (step) => shuffled(Math.floor(step / stepsPerEpoch) * order.perEpoch + step % stepsPerEpoch),
    step: differentiate(parameters, ({ x, labels }: LabelledBatch, step) => {
      return lossOf(network.apply(x, { training: true, step }), labels, classes);
    }),
    optimizer: { rule: "sgd", decay: { weight: decay, bias: decay, scale: decay } },
    rate: cosineRate(rate),
    record: (epoch) => {
      const isSeen = seen.includes(epoch);
      if (!measured.includes(epoch) && !isSeen) return undefined;
      const { plane, ...values } = measure(network, { train, test }, classes);
      return { ...values, plane: isSeen ? packed(plane()) : null };
    },
    progress: (step, steps) => options.progress?.(step / steps),
    ...(checkpoint === undefined ? {} : { checkpoint: { ...checkpoint, every: 5 * stepsPerEpoch } }),
    ...(options.stopAfter === undefined ? {} : { stopAfter: options.stopAfter }),
  });
  return {
    epochs: records.map(({ plane: _, ...values }) => values),
    planes: records.flatMap(({ epoch, plane }) =>
      plane === null ? [] : [{ epoch, classes: unpacked(plane) }]
    ),
  };
}

/** The losses by name, of results (batch, classes) and int32 classes (batch). */
const losses: Readonly<
  Record<Training["loss"], (z: tf.Tensor, labels: tf.Tensor, classes: number) => tf.Scalar>
> = {
  "cross-entropy": crossEntropy,
  "squared error": (z, labels, classes) =>
    tf.tidy(() => {
      const target = tf.cast(tf.oneHot(tf.cast(labels, "int32"), classes), "float32");
      // Half a squared distance is classes / 2 times the mean over all values.
      return tf.mul(tf.mean(tf.squaredDifference(z, target)), classes / 2) as tf.Scalar;
    }),
};

/** Everything that is measured, and how to see the classes in a plane. */
function measure(
  network: Network,
  { train, test }: { readonly train: Inputs; readonly test: Inputs },
  classes: number,
): Collapse & { plane: () => ClassInPlane[] } {
  const head = headOf(network);
  const learned = featuresOf(network, train, classes);
  const tested = featuresOf(network, test, classes);
  const means = classMeans(learned);
  const said = decisionsOfHead(learned, head);
  const ofTest = variability(tested, classMeans(tested));
  return {
    ...variability(learned, means),
    ...geometry(means, head),
    nc4: percentDiffering(said, nearestMeans(learned, means.means)),
    trainError: percentDiffering(said, train.labels),
    testNc1: ofTest.nc1,
    testFisher: ofTest.fisher,
    testError: percentDiffering(decisionsOfHead(tested, head), test.labels),
    plane: () => planeOfClasses(learned, means, head, inPlane),
  };
}

function headOf(network: Network): Head {
  const [weights, bias] = network.layers.at(-1)!.parameters.map(({ variable }) => variable.dataSync());
  return { weights: weights!, bias: bias! };
}

/** What the last layer takes. */
function featuresOf(network: Network, data: Inputs, classes: number): LabelledFeatures {
  const hidden = network.layers.slice(0, -1);
  const dimension = hidden.at(-1)!.outputShape.reduce((product, side) => product * side, 1);
  const count = data.labels.length;
  const features = new Float32Array(count * dimension);
  for (let first = 0; first < count; first += evaluated) {
    const rows = Array.from({ length: Math.min(evaluated, count - first) }, (_, i) => first + i);
    const { x, labels } = batchOf(data, rows);
    const values = tf.tidy(() =>
      hidden.reduce((value, layer) => layer.apply(value, inference), x).dataSync()
    );
    features.set(values, first * dimension);
    tf.dispose([x, labels]);
  }
  return { features, dimension, labels: data.labels, classes };
}

/** A plane as a list of numbers, which records may hold. */
function packed(classes: readonly ClassInPlane[]): number[] {
  return classes.flatMap(({ label, mean, classifier, features }) => [
    label,
    features.length,
    ...mean,
    ...classifier,
    ...features,
  ]);
}

/** The plane that a list of numbers is of. */
function unpacked(values: readonly number[]): ClassInPlane[] {
  const classes: ClassInPlane[] = [];
  for (let at = 0; at < values.length;) {
    const count = values[at + 1]!;
    classes.push({
      label: values[at]!,
      mean: values.slice(at + 2, at + 4),
      classifier: values.slice(at + 4, at + 6),
      features: values.slice(at + 6, at + 6 + count),
    });
    at += 6 + count;
  }
  return classes;
}
