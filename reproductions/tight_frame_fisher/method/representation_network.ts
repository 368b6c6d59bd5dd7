import type { Tensor } from "@tensorflow/tfjs-core";
import { batchNorm } from "../../../src/nn/batch_norm.ts";
import { dense } from "../../../src/nn/dense.ts";
import { type Initializer, scaledNormal } from "../../../src/nn/initializers.ts";
import { inference, type LayerMaker } from "../../../src/nn/layer.ts";
import { Network } from "../../../src/nn/network.ts";
import { classes } from "./image_sets.ts";

/** The linear classifier starts from PyTorch's uniform values in +-1 / sqrt(inputs), as normal ones of that variance. */
const linearInit: Initializer = scaledNormal(1 / Math.sqrt(3));

/** A representation Phi; behind it batch norm for each channel and a linear classifier. */
export class RepresentationNetwork {
  /** What is trained. */
  readonly network: Network;
  /** Layers of the representation; the others classify it. */
  readonly #depth: number;

  /**
   * Makes the network with its starting values.
   *
   * @param inputShape Of one input: (height, width, channels).
   * @param representation The layers of Phi.
   * @param seed Of its starting values.
   */
  constructor(inputShape: readonly number[], representation: readonly LayerMaker[], seed: number) {
    const classifier = [batchNorm(), dense(classes, { init: linearInit })];
    this.network = new Network(inputShape, [...representation, ...classifier], seed);
    this.#depth = representation.length;
  }

  /** Values of Phi(x); the batch norm behind it keeps its shape. */
  get dimension(): number {
    return this.network.layers[this.#depth]!.outputShape.reduce((product, side) => product * side, 1);
  }

  /** Phi(x), of which Fisher ratios are taken. */
  represent(x: Tensor): Tensor {
    return this.network.layers.slice(0, this.#depth).reduce(
      (value, layer) => layer.apply(value, inference),
      x,
    );
  }

  /** The classifier of Phi(x). */
  classify(representation: Tensor): Tensor {
    return this.network.layers.slice(this.#depth).reduce(
      (value, layer) => layer.apply(value, inference),
      representation,
    );
  }
}
