import type { LabelledFeatures } from "../labelled_features.ts";

/**
 * Overlapping blobs of unequal size for tests: those of testdata/make_reference.py, value for value.
 *
 * @param seed The state of the generator, from 0 to 2^32 - 1.
 */
export function testBlobs(rows: number, classes: number, dimension: number, seed: number): LabelledFeatures {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const centres = Float64Array.from({ length: classes * dimension }, () => 2 * uniform());
  const features = new Float32Array(rows * dimension);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    labels[row] = Math.floor(uniform() * uniform() * classes);
    for (let k = 0; k < dimension; k++) {
      const noise = uniform() + uniform() + uniform() + uniform() - 2;
      features[row * dimension + k] = centres[labels[row]! * dimension + k]! + noise;
    }
  }
  return { features, dimension, labels, classes };
}

/** Rows `begin` to `end` - 1. */
export function someRows(data: LabelledFeatures, begin: number, end?: number): LabelledFeatures {
  const { features, labels, dimension } = data;
  const stop = end ?? labels.length;
  return {
    ...data,
    features: features.slice(begin * dimension, stop * dimension),
    labels: labels.slice(begin, stop),
  };
}
