import { argMax, dispose, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LabelledFeatures } from "../../src/classify/labelled_features.ts";
import type { ClassFeatures } from "../../src/frames/class_features.ts";
import { batchOf, type DataSet } from "../../src/nn/data_set.ts";
import { classes } from "./data.ts";
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
  /** Those that the network puts into another class than their own. */
  readonly errors: number;
}

/** Represents and classifies every input. */
export function represent(network: RepresentationNetwork, data: DataSet): Represented {
  const { dimension } = network;
  const features = new Float32Array(data.labels.length * dimension);
  let errors = 0;
  forEachBatch(data, Uint32Array.from(data.labels.keys()), (x, start) => {
    const representation = network.represent(x);
    features.set(representation.dataSync() as Float32Array, start * dimension);
    const found = argMax(network.classify(representation), 1).dataSync();
    for (const [i, label] of found.entries()) if (label !== data.labels[start + i]) errors++;
  });
  return { features: { features, dimension, labels: data.labels as Uint8Array, classes }, errors };
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
