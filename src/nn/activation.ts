import { relu, sigmoid, tanh, type Tensor } from "@tensorflow/tfjs-core";
import { hardTanh } from "./fused_gradients.ts";
import type { LayerMaker } from "./layer.ts";

const functions: Readonly<Record<"relu" | "tanh" | "sigmoid" | "hardTanh", (x: Tensor) => Tensor>> = {
  relu,
  tanh,
  sigmoid,
  hardTanh,
};

/** A function of each value; rectifiers behind a dense layer or a convolution are cheaper as part of it. */
export function activation(name: keyof typeof functions): LayerMaker {
  return (inputShape, index) => ({
    name: `${index}-${name}`,
    outputShape: inputShape,
    parameters: [],
    state: [],
    apply: (x) => functions[name](x),
  });
}
