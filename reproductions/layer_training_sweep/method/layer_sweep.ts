import * as tf from "@tensorflow/tfjs-core";
import { fusedDense, hardTanh } from "../../../src/nn/fused_gradients.ts";
import type { Parameter } from "../../../src/nn/layer.ts";
import type { RandomNetwork } from "./random_network.ts";
import { rowsOf } from "./rows_of.ts";

/** Which networks stand side by side. */
export interface SweepOptions {
  /** The one hidden layer that is trained, 1 ... depth: a network for each. */
  readonly layers: readonly number[];
  /** Whether the read-out of each network is trained as well. */
  readonly readout: "frozen" | "trained";
}

/** Inputs of a step, as the trained layers see them. */
export interface SweepBatch {
  /** For each layer of the network from 1 on what the frozen layers below it give: (rows, width). */
  readonly features: readonly tf.Tensor2D[];
  /** The int32 class of each row. */
  readonly labels: Int32Array;
}

/**
 * Copies of one random network, in each of which another layer is trained, in one pass.
 *
 * Below its trained layer a copy is the frozen network, so it starts from the frozen network's features. Above it,
 * all copies that have got so far go through the same frozen weights: their rows are one tall matrix, and only the copy
 * whose layer is trained here joins it by a product of its own. The gradient comes back the same way, and a copy leaves
 * at its trained layer.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type Tensor2D, zeros } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 * import { sampleNetwork } from "./random_network.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const shape = { inputs: 5, width: 4, depth: 3, classes: 2 };
 * const network = sampleNetwork(shape, { weightVariance: 2, biasVariance: 0 }, 1);
 * const sweep = new LayerSweep(network, { layers: [1, 3], readout: "frozen" });
 * assertEquals(sweep.parameters.map(({ name }) => name), ["layer1", "layer3"]);
 * const features = [1, 2, 3].map(() => zeros([6, 4]) as Tensor2D);
 * assertEquals(sweep.logits(features).shape, [12, 2]);
 * backend.dispose();
 * ```
 */
export class LayerSweep {
  /** The trained layers in rising order; networks stand in this order everywhere. */
  readonly layers: readonly number[];
  /** What training changes: the weights of layer l as `layer<l>`, then all trained read-outs as `read-out`. */
  readonly parameters: readonly Parameter[];
  readonly #network: RandomNetwork;
  readonly #weights: readonly tf.Tensor2D[];
  readonly #biases: readonly tf.Tensor1D[];
  readonly #own = new Map<number, tf.Variable>();
  readonly #readouts: tf.Variable | undefined;

  /**
   * Copies the network: every trained weight starts from its frozen value.
   *
   * @param network The network.
   * @throws {RangeError} Where there is no layer, one is not a whole number in 1 ... depth, or one is there twice.
   */
  constructor(network: RandomNetwork, { layers, readout }: SweepOptions) {
    const { width, depth, weights, biases } = network;
    const wrong = layers.find((layer) => !Number.isInteger(layer) || layer < 1 || layer > depth);
    if (wrong !== undefined) {
      throw new RangeError(`Cannot train layer ${wrong}: it must be one of the hidden layers 1 to ${depth}`);
    }
    if (layers.length === 0 || new Set(layers).size < layers.length) {
      throw new RangeError(
        `Cannot train the layers [${layers}]: there must be at least one, and none of them twice`,
      );
    }
    this.layers = [...layers].sort((a, b) => a - b);
    this.#network = network;
    this.#weights = weights.map((values, layer) => {
      const units = biases[layer]!.length;
      return tf.tensor2d(values, [values.length / units, units]);
    });
    this.#biases = biases.map((values) => tf.tensor1d(values));
    for (const layer of this.layers) {
      // Its own values: tensors made from one array share it until they are used.
      const initial = tf.tensor2d(weights[layer]!.slice(), [width, width]);
      this.#own.set(layer, tf.variable(initial));
      initial.dispose();
    }
    if (readout === "trained") {
      const initial = tf.tidy(() => tf.stack(this.layers.map(() => this.#weights[depth + 1]!)));
      this.#readouts = tf.variable(initial);
      initial.dispose();
    }
    const readouts = this.#readouts;
    this.parameters = [
      ...this.#own.entries().map(([layer, variable]) => parameterOf(`layer${layer}`, variable)),
      ...(readouts === undefined ? [] : [parameterOf("read-out", readouts)]),
    ];
  }

  /** The frozen weights by layer, 0 the first: what no step may change. */
  get frozen(): readonly tf.Tensor2D[] {
    return this.#weights;
  }

  /** The results of all networks: (networks * rows, classes), those of a network one after the other. */
  logits(features: readonly tf.Tensor2D[]): tf.Tensor2D {
    return tf.tidy(() => this.#readOut(this.#hidden(features).at(-1)!));
  }

  /**
   * One pass forward and back.
   *
   * @returns The softmax cross-entropy of each row, (networks * rows), and the gradients of its sum over the rows, by the
   * name of the variable.
   */
  differentiate({ features, labels }: SweepBatch): { losses: tf.Tensor1D; gradients: tf.NamedTensorMap } {
    const gradients: tf.NamedTensorMap = {};
    const rows = labels.length;
    const losses = tf.tidy(() => {
      const hidden = this.#hidden(features);
      const repeated = new Int32Array(rows * this.layers.length);
      for (let i = 0; i < this.layers.length; i++) repeated.set(labels, i * rows);
      const [losses, slope] = tf.engine().runKernel("CrossEntropy", {
        logits: this.#readOut(hidden.at(-1)!),
        labels: tf.tensor1d(repeated, "int32"),
      }) as unknown as [tf.Tensor1D, tf.Tensor2D];
      this.#descend(hidden, slope, features, gradients);
      for (const gradient of Object.values(gradients)) tf.keep(gradient);
      return losses;
    });
    return { losses, gradients };
  }

  /** Gives the memory of every tensor back. */
  dispose(): void {
    tf.dispose([...this.#weights, ...this.#biases, ...this.#own.values(), this.#readouts]);
  }

  /** Hidden layers from the first trained one to the last: z^(l + 1) of all networks with a trained layer <= l. */
  #hidden(features: readonly tf.Tensor2D[]): tf.Tensor2D[] {
    const hidden: tf.Tensor2D[] = [];
    for (let layer = this.layers[0]!; layer <= this.#network.depth; layer++) {
      const below = hidden.at(-1);
      const own = this.#own.get(layer);
      const parts = [
        ...(below === undefined
          ? []
          : [fusedDense(below, this.#weights[layer]!, this.#biases[layer]!, "linear")]),
        ...(own === undefined ? [] : [fusedDense(features[layer - 1]!, own, this.#biases[layer]!, "linear")]),
      ] as tf.Tensor2D[];
      hidden.push(hardTanh(parts.length === 1 ? parts[0]! : tf.concat(parts, 0)) as tf.Tensor2D);
    }
    return hidden;
  }

  #readOut(top: tf.Tensor2D): tf.Tensor2D {
    const { depth, classes } = this.#network;
    const bias = this.#biases[depth + 1]!;
    if (this.#readouts === undefined) {
      return fusedDense(top, this.#weights[depth + 1]!, bias, "linear") as tf.Tensor2D;
    }
    const products = tf.matMul(this.#byNetwork(top), this.#readouts as tf.Tensor3D);
    return tf.add(tf.reshape(products, [-1, classes]), bias);
  }

  /** From the gradient of the results down to the lowest trained layer. */
  #descend(
    hidden: readonly tf.Tensor2D[],
    slope: tf.Tensor2D,
    features: readonly tf.Tensor2D[],
    gradients: tf.NamedTensorMap,
  ): void {
    const { depth, width } = this.#network;
    let dz: tf.Tensor2D;
    if (this.#readouts === undefined) {
      dz = tf.matMul(slope, this.#weights[depth + 1]!, false, true);
    } else {
      const slopes = this.#byNetwork(slope);
      gradients[this.#readouts.name] = tf.matMul(this.#byNetwork(hidden.at(-1)!), slopes, true);
      dz = tf.reshape(tf.matMul(slopes, this.#readouts as tf.Tensor3D, false, true), [-1, width]);
    }
    for (let layer = depth; layer >= this.layers[0]!; layer--) {
      const y = hidden[layer - this.layers[0]!]!;
      let dh = tf.engine().runKernel("HardTanhGrad", { dy: dz, y }) as tf.Tensor2D;
      const own = this.#own.get(layer);
      if (own !== undefined) {
        const below = features[layer - 1]!;
        const rows = below.shape[0];
        const others = dh.shape[0] - rows;
        gradients[own.name] = tf.matMul(below, rowsOf(dh, others, rows), true);
        dh = rowsOf(dh, 0, others);
      }
      if (dh.shape[0] > 0) dz = tf.matMul(dh, this.#weights[layer]!, false, true);
    }
  }

  /** (networks * rows, columns) as (networks, rows, columns). */
  #byNetwork(tensor: tf.Tensor2D): tf.Tensor3D {
    return tf.reshape(tensor, [this.layers.length, -1, tensor.shape[1]]);
  }
}

function parameterOf(name: string, variable: tf.Variable): Parameter {
  return { name, variable, group: "weight" };
}
