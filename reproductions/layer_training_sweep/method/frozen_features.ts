import { tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { fusedDense, hardTanh } from "../../../src/nn/fused_gradients.ts";
import type { RandomNetwork } from "./random_network.ts";

/** Inputs that are made when they are needed, so that they need not all be in memory. */
export interface InputSource {
  /** How many. */
  readonly count: number;
  /** Gives `count` of them from `first` on: (count, inputs), row-major. */
  read(first: number, count: number): Float32Array;
}

/** Inputs at a time. */
const chunk = 1000;

/**
 * The hidden layers of a frozen network below each of its layers 1 ... depth. They are all that training one of these
 * layers needs of the inputs, and the same in every step, whichever layer is trained.
 *
 * @param network The network.
 * @param source The inputs.
 * @returns For each layer l = 1 ... depth what it takes, z^(l): (count, width).
 * @throws {RangeError} Where an input has another number of values than the network takes.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const features = frozenFeatures({
 *   ...{ inputs: 1, width: 2, depth: 2, classes: 1 },
 *   weights: [Float32Array.of(1, 4), Float32Array.of(0.5, 0, 0, 2), new Float32Array(4), new Float32Array(2)],
 *   biases: [new Float32Array(2), new Float32Array(2), new Float32Array(2), new Float32Array(1)],
 * }, { count: 1, read: () => Float32Array.of(0.5) });
 * assertEquals(features.map((layer) => [...layer]), [[0.5, 1], [0.25, 1]]);
 * backend.dispose();
 * ```
 */
export function frozenFeatures(network: RandomNetwork, source: InputSource): Float32Array[] {
  const { inputs, width, depth } = network;
  const features = Array.from({ length: depth }, () => new Float32Array(source.count * width));
  for (let first = 0; first < source.count; first += chunk) {
    const count = Math.min(chunk, source.count - first);
    const values = source.read(first, count);
    if (values.length !== count * inputs) {
      throw new RangeError(
        `Cannot take ${values.length} values as ${count} inputs: each must have ${inputs}`,
      );
    }
    tidy(() => {
      let z = tensor2d(values, [count, inputs]);
      for (const [layer, feature] of features.entries()) {
        const weights = tensor2d(network.weights[layer]!, [z.shape[1], width]);
        z = hardTanh(fusedDense(z, weights, tensor1d(network.biases[layer]!), "linear")) as typeof z;
        feature.set(z.dataSync(), first * width);
      }
    });
  }
  return features;
}
