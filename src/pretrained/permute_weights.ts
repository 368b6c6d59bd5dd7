import { tensor, tidy } from "@tensorflow/tfjs-core";
import type { layers, LayersModel } from "@tensorflow/tfjs-layers";
import type { RandomStream } from "../numeric/random/random_stream.ts";

/**
 * Shuffles what layers have learnt, each array of weights within itself: the control whose filters have the same values and no
 * meaning.
 *
 * @param network Whose weights are changed.
 * @param stream Where the orders come from.
 * @param names Which layers; all of them by default.
 */
export function permuteWeights(
  network: LayersModel,
  stream: RandomStream,
  names: readonly string[] = network.layers.map(({ name }) => name),
): void {
  for (const layer of network.layers.filter(({ name }) => names.includes(name))) {
    writeWeights(layer, (values) => {
      const order = stream.permutation(values.length);
      return Float32Array.from(order, (from) => values[from]!);
    });
  }
}

/**
 * Gives a network that has learnt nothing random filters (normal, He et al. 2015: variance 2 / inputs of a filter), which stands in
 * for a trained one; all else stays as its layers start.
 *
 * @param network Whose weights are changed.
 * @param stream Where the filters come from.
 */
export function sampleFilters(network: LayersModel, stream: RandomStream): void {
  for (const layer of network.layers) {
    writeWeights(layer, (values, shape, name) => {
      if (!name.endsWith("kernel")) return values;
      // Each channel of a depthwise layer is seen by filters of its own.
      const inputs = shape[0]! * shape[1]! * (name.endsWith("depthwise_kernel") ? 1 : shape[2]!);
      const deviation = Math.sqrt(2 / inputs);
      return values.map(() => deviation * stream.normal());
    });
  }
}

function writeWeights(
  { weights }: layers.Layer,
  change: (values: Float32Array, shape: readonly (number | null)[], name: string) => Float32Array,
): void {
  for (const weight of weights) {
    tidy(() => {
      const values = weight.read().dataSync() as Float32Array;
      weight.write(tensor(change(values, weight.shape, weight.originalName), weight.shape as number[]));
    });
  }
}
