/**
 * Photographs as the units of a network see them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { RgbImage } from "../../../src/data/readers/images/image.ts";
import { networkInput } from "../../../src/pretrained/mod.ts";
import { type NetworkName, networks } from "./networks.ts";

/** A stage of a network. */
export interface UnitStage {
  /** Its name, such as `fire9`. */
  readonly name: string;
  /** How many units it has. */
  readonly units: number;
}

/** The activations of stages, after their nonlinearity. */
export class StageReader {
  readonly #inner: LayersModel;
  readonly #network: NetworkName;
  /** The stages. */
  readonly stages: readonly UnitStage[];

  /**
   * @param network Its name.
   * @param loaded The network.
   * @param names The stages.
   */
  constructor(network: NetworkName, loaded: LayersModel, names: readonly string[]) {
    const outputs = names.map((name) => {
      const stage = networks[network].stages.find((stage) => stage.name === name)!;
      return loaded.getLayer(stage.after).output as SymbolicTensor;
    });
    this.#network = network;
    this.#inner = model({ inputs: loaded.inputs, outputs });
    this.stages = names.map((name, i) => ({ name, units: outputs[i]!.shape.at(-1)! }));
  }

  /** The activations of one image, `(1, height, width, units)` each, which the caller disposes of. */
  read(image: RgbImage): tf.Tensor4D[] {
    const { input } = networks[this.#network];
    return tf.tidy(() => {
      const x = tf.tensor4d(networkInput(image, input), [1, input.side, input.side, 3]);
      const found = this.#inner.predict(x) as tf.Tensor4D | tf.Tensor4D[];
      return Array.isArray(found) ? found : [found];
    });
  }
}

/** What is kept of each unit at a photograph. */
export const summaries = ["mean", "max", "place"] as const;

/**
 * The spatial mean of each unit, its maximum, and where that is.
 *
 * @param maps `(1, height, width, units)`, one for each stage.
 * @returns All units' means, then maxima, then places (row * width + column).
 */
export function summarise(maps: readonly tf.Tensor4D[]): Float32Array {
  const parts = maps.map((map) => {
    const units = map.shape[3];
    const values = map.dataSync();
    const mean = new Float64Array(units);
    const max = new Float32Array(units).fill(-Infinity);
    const place = new Float32Array(units);
    const places = values.length / units;
    for (let at = 0, i = 0; at < places; at++) {
      for (let unit = 0; unit < units; unit++, i++) {
        const value = values[i]!;
        mean[unit]! += value;
        if (value > max[unit]!) {
          max[unit] = value;
          place[unit] = at;
        }
      }
    }
    return { mean: mean.map((sum) => sum / places), max, place };
  });
  const units = parts.reduce((sum, { mean }) => sum + mean.length, 0);
  const out = new Float32Array(summaries.length * units);
  let at = 0;
  for (const summary of summaries) {
    for (const part of parts) {
      out.set(part[summary], at);
      at += part[summary].length;
    }
  }
  return out;
}

/**
 * One summary of one stage, from rows of {@linkcode summarise}.
 *
 * @param rows `(photographs, 3 units of all stages)`.
 * @returns `(photographs, units of the stage)`.
 */
export function columnsOf(
  rows: Float32Array,
  stages: readonly UnitStage[],
  name: string,
  summary: typeof summaries[number],
): Float32Array {
  const total = stages.reduce((sum, { units }) => sum + units, 0);
  const index = stages.findIndex((stage) => stage.name === name);
  const { units } = stages[index]!;
  const first = stages.slice(0, index).reduce((sum, { units }) => sum + units, 0) +
    summaries.indexOf(summary) * total;
  const width = summaries.length * total;
  const out = new Float32Array(rows.length / width * units);
  for (let row = 0; row < rows.length / width; row++) {
    out.set(rows.subarray(row * width + first, row * width + first + units), row * units);
  }
  return out;
}
