import * as tf from "@tensorflow/tfjs-core";
import { conv2d, dense, Network, pool2d } from "../../../src/nn/mod.ts";
import { digitCount, sceneSide } from "./digit_scenes.ts";
import type { Cells, UnitMaps } from "./unit_masks.ts";

/** How the last maps are put together. */
export type Pooling = "max" | "average";

/** Cells of a side of the last maps: two poolings of two. */
const cells = sceneSide / 4;

/** Where they lie. */
export const sceneCells: Cells = { first: 1.5, step: 4 };

/** Units of the last convolution. */
export const sceneUnits = 64;

/** Four convolutions, whose last maps are pooled as a whole, and one layer of weights. */
export function sceneNetwork(pooling: Pooling, seed: number): Network {
  const convolution = (filters: number) => conv2d(filters, 3, { activation: "relu" });
  return new Network([sceneSide, sceneSide, 1], [
    convolution(16),
    pool2d("max", 2),
    convolution(32),
    pool2d("max", 2),
    convolution(48),
    convolution(sceneUnits),
    pool2d(pooling, cells),
    dense(digitCount),
  ], seed);
}

/** Scenes that are looked at at a time. */
const block = 100;

/**
 * The last maps of scenes.
 *
 * @param images `(count, 48, 48)`.
 */
export function sceneMaps(network: Network, images: Float32Array): UnitMaps {
  const points = sceneSide ** 2;
  const count = images.length / points;
  const size = cells * cells * sceneUnits;
  const values = new Float32Array(count * size);
  const before = network.layers.slice(0, -2);
  for (let first = 0; first < count; first += block) {
    tf.tidy(() => {
      const part = images.subarray(first * points, Math.min(first + block, count) * points);
      const x: tf.Tensor = tf.tensor4d(part, [part.length / points, sceneSide, sceneSide, 1]);
      const maps = before.reduce((value, layer) => layer.apply(value, { training: false, step: 0 }), x);
      values.set(maps.dataSync() as Float32Array, first * size);
    });
  }
  return { images: count, cells, units: sceneUnits, values };
}

/**
 * The largest value of each map.
 *
 * @returns `(images, units)`.
 */
export function mapMaxima({ images, cells, units, values }: UnitMaps): Float32Array {
  const out = new Float32Array(images * units).fill(-Infinity);
  for (let image = 0; image < images; image++) {
    for (let cell = 0; cell < cells * cells; cell++) {
      const from = (image * cells * cells + cell) * units;
      for (let unit = 0; unit < units; unit++) {
        const at = image * units + unit;
        out[at] = Math.max(out[at]!, values[from + unit]!);
      }
    }
  }
  return out;
}
