import type { NamedTensorMap } from "@tensorflow/tfjs-core";

/** What a step found of its batch. */
export interface StepResult {
  /** The loss, or one of each network where some are trained side by side: as many at every step. */
  readonly losses: ArrayLike<number>;
  /**
   * The gradients by the name of the variable, as `tf.variableGrads()` gives them; `fit()` disposes of them. They need not be those
   * of a loss: contrastive divergence has none. Left out where the step has moved the parameters by itself.
   */
  readonly gradients?: NamedTensorMap;
  /** What the gradients are multiplied by, 1 by default: 1 / rows where they are those of a sum over rows. */
  readonly scale?: number;
}

/**
 * One step of a training: what `differentiate()` makes of a scalar loss, or gradients of one's own.
 *
 * @param batch What it learns from.
 * @param step Its number, from 0.
 * @param rate The learning rate, for a step that moves the parameters by itself.
 */
export type Step<Batch> = (batch: Batch, step: number, rate: number) => StepResult;
