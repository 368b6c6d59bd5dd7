import { argMax, dispose, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { ClassFeatures } from "../../../src/classify/fisher/class_features.ts";
import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { type Mistakes, mistakesOf } from "../../../src/classify/mistakes.ts";
import { batchOf, type DataSet } from "../../../src/nn/data_set.ts";
import { classes } from "./image_sets.ts";
import type { RepresentationNetwork } from "./representation_network.ts";

/** Inputs at a time: 49 patches of each have p coefficients. */
const batchSize = 100;

/** Calls back with the chosen inputs, some at a time; tensors made there are given back. */
function forEachBatch(
  data: DataSet,
  rows: ArrayLike<number>,
  onBatch: (x: Tensor, start: number) => void,
): void {
  for (let start = 0; start < rows.length; start += batchSize) {
    const part = Array.from({ length: Math.min(batchSize, rows.length - start) }, (_, i) => rows[start + i]!);
    const { x, labels } = batchOf(data, part);
    tidy(() => onBatch(x, start));
    dispose([x, labels]);
  }
}

/** A represented set of inputs. */
export interface Represented {
  /** Phi of each. */
  readonly features: LabelledFeatures;
  /** Which of them the network puts into another class than their own. */
  readonly mistakes: Mistakes;
}

/** Represents and classifies every input. */
export function represent(network: RepresentationNetwork, data: DataSet): Represented {
  const { dimension } = network;
  const labels = data.labels as Uint8Array;
  const features = new Float32Array(labels.length * dimension);
  const found = new Uint8Array(labels.length);
  forEachBatch(data, Uint32Array.from(labels.keys()), (x, start) => {
    const representation = network.represent(x);
    features.set(representation.dataSync() as Float32Array, start * dimension);
    found.set(argMax(network.classify(representation), 1).dataSync(), start);
  });
  return { features: { features, dimension, labels, classes }, mistakes: mistakesOf(found, labels) };
}

/** Phi of inputs that are represented one class at a time: those of 50,000 images would be 600 MB. */
export function representByClass(network: RepresentationNetwork, data: DataSet): ClassFeatures {
  const { dimension } = network;
  return {
    dimension,
    classes,
    rows: (label) => {
      const rows = Array.from(data.labels.keys()).filter((row) => data.labels[row] === label);
      const features = new Float32Array(rows.length * dimension);
      forEachBatch(data, rows, (x, start) => {
        features.set(network.represent(x).dataSync() as Float32Array, start * dimension);
      });
      return features;
    },
  };
}
