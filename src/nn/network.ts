import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { inference, type Layer, type LayerMaker, type Parameter, type Pass } from "./layer.ts";

/**
 * Layers one after the other.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { zeros } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 * import { conv2d } from "./conv2d.ts";
 * import { dense } from "./dense.ts";
 * import { pool2d } from "./pool2d.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const network = new Network([28, 28, 1], [conv2d(4, 5), pool2d("max", 2), dense(10)], 1);
 * assertEquals(network.layers.map(({ outputShape }) => outputShape), [[28, 28, 4], [14, 14, 4], [10]]);
 * assertEquals(network.apply(zeros([3, 28, 28, 1])).shape, [3, 10]);
 * backend.dispose();
 * ```
 */
export class Network {
  /** The layers. */
  readonly layers: readonly Layer[];

  /**
   * Makes the layers.
   *
   * @param inputShape Shape of an input, without the batch.
   * @param makers The layers.
   * @param seed Decides every starting value and every dropout mask.
   */
  constructor(inputShape: readonly number[], makers: readonly LayerMaker[], seed: number) {
    const layers: Layer[] = [];
    for (const [index, make] of makers.entries()) {
      layers.push(make(layers.at(-1)?.outputShape ?? inputShape, index, seed));
    }
    this.layers = layers;
  }

  /** What gradients change, in the order of the layers; frozen parameters are left out. */
  get parameters(): Parameter[] {
    return this.layers.flatMap(({ parameters }) => parameters).filter(({ variable }) => variable.trainable);
  }

  /** Every tensor of the network, frozen ones and running statistics included: what a checkpoint holds. */
  get tensors(): Parameter[] {
    return this.layers.flatMap(({ parameters, state }) => [...parameters, ...state]);
  }

  /** The result for a batch (batch, ...inputShape). */
  apply(x: Tensor, pass: Pass = inference): Tensor {
    return tidy(() => this.layers.reduce((value, layer) => layer.apply(value, pass), x));
  }

  /**
   * The first layer whose result for a batch has a value that is not finite.
   *
   * @returns Its name, or `undefined` where every value is finite.
   */
  firstNonFinite(x: Tensor, pass: Pass = inference): string | undefined {
    return tidy(() => {
      let value = x;
      for (const layer of this.layers) {
        value = layer.apply(value, pass);
        if (!value.dataSync().every(Number.isFinite)) return layer.name;
      }
      return undefined;
    });
  }

  /** Gives the memory of every tensor back. */
  dispose(): void {
    for (const { variable } of this.tensors) variable.dispose();
  }
}
