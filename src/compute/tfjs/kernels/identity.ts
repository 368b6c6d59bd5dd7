/**
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo, Variable } from "@tensorflow/tfjs-core";
import { RunningBackend } from "../running_backend.ts";

const shipped: KernelConfig = getKernel("Identity", "wasm");

/**
 * A tensor that shares the values of another one. tfjs makes one of every tensor that a gradient needs later, and the shipped
 * kernel copies the values each time. Those of a variable are copied still: they change in place.
 */
export const identity: KernelConfig = {
  ...shipped,
  kernelFunc: (call) => {
    const { x } = call.inputs as { x?: TensorInfo };
    if (x === undefined) {
      throw new TypeError(
        "Cannot keep an input that was left out for a gradient: give all of them, for example a scale of ones to batchNorm()",
      );
    }
    if (x.dtype === "string" || x instanceof Variable) return shipped.kernelFunc(call);
    return new RunningBackend(call.backend).reshaped(x, x.shape);
  },
};
