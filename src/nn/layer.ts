/**
 * What a network is made of.
 *
 * @module
 */
import type { Tensor, Variable } from "@tensorflow/tfjs-core";

/** One pass through a network. */
export interface Pass {
  /** Whether the network is trained: batch norm takes the statistics of the batch, dropout drops. */
  readonly training: boolean;
  /** Number of the training step, from which dropout samples its masks. */
  readonly step: number;
}

/** A trained tensor. */
export interface Parameter {
  /** Unique in its network, such as `"0-conv2d/filter"`. */
  readonly name: string;
  /** Its values; frozen where `variable.trainable` is false. */
  readonly variable: Variable;
  /** The group by which optimisers choose weight decay; what a constraint keeps in shape is a `"frame"`. */
  readonly group: "weight" | "bias" | "scale" | "frame";
}

/** A layer: a function with parameters. */
export interface Layer {
  /** Unique in its network. */
  readonly name: string;
  /** Shape of a result, without the batch. */
  readonly outputShape: readonly number[];
  /** What training changes by gradients. */
  readonly parameters: readonly Parameter[];
  /** What training changes otherwise (running statistics). */
  readonly state: readonly Parameter[];
  /** The layer applied to a batch (batch, ...inputShape). */
  apply(x: Tensor, pass: Pass): Tensor;
}

/** Makes a layer for inputs of a shape, its random numbers from streams named after it. */
export type LayerMaker = (inputShape: readonly number[], index: number, seed: number) => Layer;

/** Evaluation without training. */
export const inference: Pass = { training: false, step: 0 };
