import { relu, sigmoid, tanh, type Tensor } from "@tensorflow/tfjs-core";
import { hardTanh } from "./fused_gradients.ts";
import type { LayerMaker } from "./layer.ts";

/** What {@linkcode activation} knows. */
export type ActivationName = "relu" | "tanh" | "sigmoid" | "hardTanh";

const functions: Readonly<Record<ActivationName, (x: Tensor) => Tensor>> = {
  relu,
  tanh,
  sigmoid,
  hardTanh,
};

/**
 * A function of each value, of inputs of any shape; rectifiers behind a dense layer or a convolution are cheaper as part of it.
 * `hardTanh` cuts off at -1 and 1.
 */
export function activation(name: ActivationName): LayerMaker {
  return (inputShape, index) => ({
    name: `${index}-${name}`,
    outputShape: inputShape,
    parameters: [],
    state: [],
    apply: (x) => functions[name](x),
  });
}
