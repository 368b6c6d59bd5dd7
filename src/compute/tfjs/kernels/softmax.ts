/**
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { ELEMENTWISE_BLOCK, MULTIPLY } from "../../kernel_constants.ts";
import { RunningBackend } from "../running_backend.ts";
import { sum } from "./reductions.ts";

/** Classes up to which the float32 sum of the shipped kernel, in 16 lanes or more, leaves results right to 1e-6. */
const fewClasses = 16_384;

const shipped: KernelConfig = getKernel("Softmax", "wasm");

/** Softmax along the last axis. Rows of many classes, whose float32 sum is off, are divided by what they add up to. */
export const softmax: KernelConfig = {
  ...shipped,
  kernelFunc: (call) => {
    const result = shipped.kernelFunc(call) as TensorInfo;
    const classes = result.shape.at(-1) ?? 1;
    if (classes <= fewClasses || result.shape.includes(0)) return result;
    const running = new RunningBackend(call.backend);
    const attrs = { axis: result.shape.length - 1, keepDims: false };
    const totals = sum.kernelFunc({ inputs: { x: result }, attrs, backend: call.backend }) as TensorInfo;
    const rows = util.sizeFromShape(totals.shape);
    const inverses = running.values(totals) as Float32Array;
    for (let row = 0; row < rows; row++) inverses[row] = 1 / inverses[row]!;
    for (let row = 0; row < rows; row++) {
      const at = running.pointer(result) + 4 * row * classes;
      const b = running.pointer(totals) + 4 * row;
      const args = { a: at, b, result: at, count: classes, period: 1, operation: MULTIPLY };
      running.pool.run("elementwise", args, Math.ceil(classes / ELEMENTWISE_BLOCK));
    }
    running.dispose(totals);
    return result;
  },
};
