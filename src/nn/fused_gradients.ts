/**
 * Gradients of the fused kernels of tfjs, run directly: tfjs fuses no activation while it records gradients.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "../compute/tfjs/gradients.ts";
import { orderedSum } from "../compute/tfjs/ordered_sum.ts";

/** The activations that layers fuse. */
export type Activation = "linear" | "relu";

/** x W + bias, then the activation: (batch, inputs), (inputs, units), (units) -> (batch, units). */
export function fusedDense(
  x: tf.Tensor,
  weights: tf.Tensor,
  bias: tf.Tensor,
  activation: Activation,
): tf.Tensor {
  const attributes = { transposeA: false, transposeB: false, activation };
  return tf.engine().runKernel("_FusedMatMul", { a: x, b: weights, bias }, attributes) as tf.Tensor;
}

/** Convolution with stride 1, bias and activation: (batch, h, w, in), (kh, kw, in, out), (out). */
export function fusedConv2d(
  x: tf.Tensor,
  filter: tf.Tensor,
  bias: tf.Tensor,
  pad: "same" | "valid",
  activation: Activation,
): tf.Tensor {
  const attributes = { strides: [1, 1], pad, dataFormat: "NHWC", dilations: [1, 1], activation };
  return tf.engine().runKernel("FusedConv2D", { x, filter, bias }, attributes) as tf.Tensor;
}

// That of a fused convolution is among them.
registerGradients();

tf.registerGradient({
  kernelName: "_FusedMatMul",
  inputsToSave: ["a", "b"],
  outputsToSave: [true],
  gradFunc: (dy, [a, b, y], attributes) => {
    if (attributes.transposeA || attributes.transposeB) {
      throw new Error("Cannot compute the gradient of a fused product of transposed operands: use matMul()");
    }
    const dz = beforeActivation(dy as tf.Tensor, y!, attributes as { activation: string });
    return {
      a: () => tf.matMul(dz, b!, false, true),
      b: () => tf.matMul(a!, dz, true, false),
      bias: () => orderedSum(dz, [0]),
    };
  },
});

tf.registerGradient({
  kernelName: "HardTanh",
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({ x: () => masked("HardTanhGrad", dy as tf.Tensor, y!) }),
});

/** clip(x, -1, 1), with gradient 0 where it clips. */
export function hardTanh(x: tf.Tensor): tf.Tensor {
  // The cpu backend, which tests compare with, has the general clip alone.
  if (tf.getKernel("HardTanh", tf.getBackend()) === undefined) return tf.clipByValue(x, -1, 1);
  return tf.engine().runKernel("HardTanh", { x }) as tf.Tensor;
}

/** The gradient in front of the activation of a fused kernel, from the result y behind it. */
function beforeActivation(dy: tf.Tensor, y: tf.Tensor, { activation }: { activation: string }): tf.Tensor {
  if (activation === "relu") return masked("ReluGrad", dy, y);
  if (activation === "linear") return dy;
  throw new Error(
    `Cannot compute the gradient of a fused "${activation}": layers fuse linear and relu alone`,
  );
}

/** dy where the activation of result y has slope 1; the cpu backend, for tests, has only the rectifier's step. */
function masked(kernelName: "ReluGrad" | "HardTanhGrad", dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  if (tf.getKernel(kernelName, tf.getBackend()) === undefined) return tf.mul(dy, tf.step(y));
  return tf.engine().runKernel(kernelName, { dy, y }) as tf.Tensor;
}
