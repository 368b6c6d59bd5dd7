/**
 * How every network of the paper is trained (authors' code, `main.py`).
 *
 * @module
 */
import { type Initializer, scaledNormal } from "../../src/nn/initializers.ts";

/** The rate of the first epochs. */
export const learningRate = 0.01;

/** What the rate is multiplied by at each decay. */
export const rateDecay = 0.1;

/** Momentum and weight decay: none for F and P. */
export const optimizer = {
  rule: "sgd",
  beta1: 0.9,
  decay: { weight: 1e-4, bias: 1e-4, scale: 1e-4 },
} as const;

/** Images of a step. */
export const batchSize = 128;

/** The linear classifier starts from PyTorch's uniform values in +-1 / sqrt(inputs), as normal ones of that variance. */
export const linearInit: Initializer = scaledNormal(1 / Math.sqrt(3));
