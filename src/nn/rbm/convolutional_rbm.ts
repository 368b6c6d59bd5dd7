/**
 * Convolutional restricted Boltzmann machines with probabilistic max-pooling (Lee, Grosse, Ranganath and Ng, Communications of the
 * ACM 54(10), 2011, sections 3.2 and 3.3), trained by contrastive divergence.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../numeric/random/random_stream.ts";
import type { Parameter } from "../layer.ts";
import { makeParameter } from "../make_parameter.ts";
import { constant } from "../initializers.ts";
import { poolingProbabilities, sampleBlocks } from "./block_sampling.ts";

/** What a machine is made of. */
export interface RbmShape {
  /** Channels of what it sees. */
  readonly channels: number;
  /** Bases. */
  readonly filters: number;
  /** Rows and columns of a base. */
  readonly side: number;
  /** Rows and columns of a block of hidden units, of which one at most is on. */
  readonly pool: number;
  /** Real values with a standard deviation, or numbers in [0, 1]. */
  readonly visible: "gaussian" | "binary";
}

/** What bases start from. */
export interface RbmStart {
  /** The standard deviation of their normal values. */
  readonly deviation: number;
  /** The bias of every hidden unit. */
  readonly hiddenBias: number;
  /** The bias of each channel of what it sees; it stays as it is. */
  readonly visibleBias: readonly number[];
  /** Decides the values. */
  readonly seed: number;
}

/** How a step learns. */
export interface DivergenceOptions {
  /** The standard deviation of real visible values; 1 of numbers in [0, 1]. */
  readonly sigma: number;
  /** The mean that each hidden unit is drawn to, and how strongly. */
  readonly sparsity: { readonly target: number; readonly strength: number };
  /** Samples hidden units. */
  readonly stream: RandomStream;
}

/** A convolutional restricted Boltzmann machine. */
export class ConvolutionalRbm {
  /** What it is made of. */
  readonly shape: RbmShape;
  /** `(side, side, channels, filters)`. */
  readonly filter: Parameter;
  /** `(filters)`. */
  readonly hiddenBias: Parameter;
  readonly #visibleBias: tf.Tensor;

  /**
   * Makes one that has learnt nothing.
   *
   * @param name Begins the names of its parameters.
   */
  constructor(name: string, shape: RbmShape, start: RbmStart) {
    const { channels, filters, side } = shape;
    this.shape = shape;
    this.filter = makeParameter(
      `${name}/filter`,
      [side, side, channels, filters],
      "weight",
      (stream, of) =>
        Float32Array.from({ length: of.reduce((a, b) => a * b, 1) }, () => start.deviation * stream.normal()),
      start.seed,
    );
    this.hiddenBias = makeParameter(
      `${name}/hidden-bias`,
      [filters],
      "bias",
      constant(start.hiddenBias),
      start.seed,
    );
    this.#visibleBias = tf.tensor1d([...start.visibleBias]);
  }

  /** What learning moves. */
  get parameters(): Parameter[] {
    return [this.filter, this.hiddenBias];
  }

  /**
   * What drives each hidden unit: (W * v + b) / sigma^2.
   *
   * @param visible `(1, height, width, channels)`; the hidden units must fall into whole blocks.
   * @returns `(1, height - side + 1, width - side + 1, filters)`.
   * @throws {RangeError} Where blocks are left over.
   */
  drive(visible: tf.Tensor, sigma: number): tf.Tensor {
    const { side, pool } = this.shape;
    const [, height, width] = visible.shape as [number, number, number, number];
    const rows = height - side + 1;
    const columns = width - side + 1;
    if (rows < pool || columns < pool || rows % pool !== 0 || columns % pool !== 0) {
      throw new RangeError(
        `Cannot pool hidden units of ${rows}x${columns}: they must fall into whole blocks of ${pool}x${pool}`,
      );
    }
    return tf.tidy(() => {
      const convolved = tf.conv2d(visible as tf.Tensor4D, this.filter.variable as tf.Tensor4D, 1, "valid");
      return tf.mul(tf.add(convolved, this.hiddenBias.variable), 1 / (sigma * sigma));
    });
  }

  /** The probability of each hidden unit to be on: the shape of {@linkcode ConvolutionalRbm.drive}. */
  hidden(visible: tf.Tensor, sigma: number): tf.Tensor {
    return tf.tidy(() => {
      const drive = this.drive(visible, sigma);
      return tf.tensor(sampleBlocks(driveOf(drive), this.shape.pool).probabilities, drive.shape);
    });
  }

  /** The probability of each block to have a unit that is on: `(1, rows / pool, columns / pool, filters)`. */
  pooled(visible: tf.Tensor, sigma: number): tf.Tensor {
    return tf.tidy(() => {
      const drive = this.drive(visible, sigma);
      const [, rows, columns, filters] = drive.shape as [number, number, number, number];
      const { pool } = this.shape;
      return tf.tensor(poolingProbabilities(driveOf(drive), pool), [
        1,
        rows / pool,
        columns / pool,
        filters,
      ]);
    });
  }

  /** The mean of what hidden units generate; `border` cells at each side are taken from `keep`. */
  reconstruct(hidden: tf.Tensor, keep: tf.Tensor, border: number): tf.Tensor {
    return tf.tidy(() => {
      const from = tf.engine().runKernel("Conv2DBackpropInput", {
        dy: hidden,
        filter: this.filter.variable,
      }, {
        inputShape: keep.shape,
        ...unpadded,
      }) as tf.Tensor;
      const driven = tf.add(from, this.#visibleBias);
      const mean = this.shape.visible === "gaussian" ? driven : tf.sigmoid(driven);
      const mask = innerMask(keep.shape as [number, number, number, number], border);
      return tf.add(keep, tf.mul(mask, tf.sub(mean, keep)));
    });
  }

  /**
   * A step of contrastive divergence: one sample of the hidden units, what they generate, and the hidden units of that.
   *
   * @param visible `(1, height, width, channels)`.
   * @returns The mean squared error of what was generated, and the gradients of both parameters.
   */
  contrast(
    visible: tf.Tensor,
    { sigma, sparsity, stream }: DivergenceOptions,
  ): { losses: number[]; gradients: tf.NamedTensorMap } {
    const gradients: tf.NamedTensorMap = {};
    const loss = tf.tidy(() => {
      const drive = this.drive(visible, sigma);
      const { probabilities, states } = sampleBlocks(driveOf(drive), this.shape.pool, stream);
      const positive = tf.tensor(probabilities, drive.shape);
      const generated = this.reconstruct(tf.tensor(states, drive.shape), visible, this.shape.side - 1);
      const negative = this.hidden(generated, sigma);
      const units = drive.shape[1]! * drive.shape[2]!;
      const products = (x: tf.Tensor, dy: tf.Tensor) =>
        tf.engine().runKernel("Conv2DBackpropFilter", { x, dy }, {
          filterShape: this.filter.variable.shape,
          ...unpadded,
        }) as tf.Tensor;
      const means = (hidden: tf.Tensor) => tf.mean(hidden, [0, 1, 2]);
      const mean = means(positive);
      const filter = tf.mul(tf.sub(products(generated, negative), products(visible, positive)), 1 / units);
      const bias = tf.add(
        tf.sub(means(negative), mean),
        tf.mul(tf.sub(mean, sparsity.target), sparsity.strength),
      );
      gradients[this.filter.variable.name] = tf.keep(filter);
      gradients[this.hiddenBias.variable.name] = tf.keep(bias);
      return tf.mean(tf.squaredDifference(visible, generated)).dataSync()[0]!;
    });
    return { losses: [loss], gradients };
  }

  /** Gives the memory back. */
  dispose(): void {
    for (const { variable } of this.parameters) variable.dispose();
    this.#visibleBias.dispose();
  }
}

/** A convolution that keeps to the image. */
const unpadded = { strides: 1, pad: "valid", dataFormat: "NHWC", dilations: 1 } as const;

/** What {@linkcode sampleBlocks} takes. */
function driveOf(drive: tf.Tensor) {
  const [, rows, columns, filters] = drive.shape as [number, number, number, number];
  return { values: drive.dataSync() as Float32Array, rows, columns, filters };
}

/** 1 inside and 0 in a border. */
function innerMask([, height, width]: readonly [number, number, number, number], border: number): tf.Tensor {
  const inner = [height - 2 * border, width - 2 * border].map((side) => Math.max(side, 0));
  return tf.pad(tf.ones([1, inner[0]!, inner[1]!, 1]), [
    [0, 0],
    [Math.ceil((height - inner[0]!) / 2), Math.floor((height - inner[0]!) / 2)],
    [Math.ceil((width - inner[1]!) / 2), Math.floor((width - inner[1]!) / 2)],
    [0, 0],
  ]);
}
