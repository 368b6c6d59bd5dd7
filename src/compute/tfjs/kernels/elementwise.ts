/**
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import * as kernel from "../../kernel_constants.ts";
import { RunningBackend } from "../running_backend.ts";

/** max(x, 0). */
export const relu: KernelConfig = unary("Relu", kernel.RELU);

/** Sum, with the repeats that {@linkcode binary} knows. */
export const add: KernelConfig = binary("Add", kernel.ADD);
/** Difference. */
export const subtract: KernelConfig = binary("Sub", kernel.SUBTRACT);
/** Product. */
export const multiply: KernelConfig = binary("Multiply", kernel.MULTIPLY);
/** Quotient. */
export const divide: KernelConfig = binary("RealDiv", kernel.DIVIDE);

/** Kernels that tfjs has not, for src/nn: clip(x, -1, 1), and two gradients from the results y. */
export const hardTanh: KernelConfig = unary("HardTanh", kernel.HARD_TANH);
/** dy where y > 0. */
export const reluGrad: KernelConfig = masked("ReluGrad", kernel.RELU_GRADIENT);
/** dy where |y| < 1. */
export const hardTanhGrad: KernelConfig = masked("HardTanhGrad", kernel.HARD_TANH_GRADIENT);

/** Kernels that tfjs has not: a - clip(a, -b, b) with one threshold b >= 0. */
export const softThreshold: KernelConfig = binary("SoftThreshold", kernel.SOFT_THRESHOLD);
/** max(a - b, 0). */
export const rectify: KernelConfig = binary("Rectify", kernel.RECTIFY);
/** dy where the result y of either is not 0. */
export const thresholdGrad: KernelConfig = masked("ThresholdGrad", kernel.THRESHOLD_GRADIENT);

function unary(kernelName: string, operation: number): KernelConfig {
  const shipped = shippedKernel(kernelName);
  return {
    ...shipped,
    kernelName,
    backendName: "wasm",
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: TensorInfo };
      if (x.dtype !== "float32") return runShipped(kernelName, shipped, call);
      const running = new RunningBackend(call.backend);
      return run(running, operation, x, x, x.shape);
    },
  };
}

function masked(kernelName: string, operation: number): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { dy, y } = inputs as { dy: TensorInfo; y: TensorInfo };
      return run(new RunningBackend(backend), operation, dy, y, dy.shape);
    },
  };
}

/**
 * An operation on float32 tensors where b has the shape of a, is the end of it (a row of biases), or is one number.
 * Every other form runs on the shipped kernel.
 */
function binary(kernelName: string, operation: number): KernelConfig {
  const shipped = shippedKernel(kernelName);
  return {
    ...shipped,
    kernelName,
    backendName: "wasm",
    kernelFunc: (call) => {
      const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
      if (a.dtype !== "float32" || b.dtype !== "float32" || !repeats(a.shape, b.shape)) {
        return runShipped(kernelName, shipped, call);
      }
      return run(new RunningBackend(call.backend), operation, a, b, a.shape);
    },
  };
}

/** Whether a tensor of shape `b` covers one of shape `a` by repeating its elements in order. */
function repeats(a: readonly number[], b: readonly number[]): boolean {
  if (b.length > a.length) return false;
  if (b.every((side) => side === 1)) return true;
  const tail = b.slice(b.findIndex((side) => side !== 1));
  return tail.every((side, i) => side === a[a.length - tail.length + i]);
}

function run(
  running: RunningBackend,
  operation: number,
  a: TensorInfo,
  b: TensorInfo,
  shape: number[],
): TensorInfo {
  const result = running.output(shape);
  const count = util.sizeFromShape(shape);
  if (count === 0) return result;
  const args = {
    a: running.pointer(a),
    b: running.pointer(b),
    result: running.pointer(result),
    count,
    period: util.sizeFromShape(b.shape),
    operation,
  };
  running.pool.run("elementwise", args, Math.ceil(count / kernel.ELEMENTWISE_BLOCK));
  return result;
}

/** The kernel of tfjs, whose set-up stays part of ours: `undefined` for a name that is our own. */
function shippedKernel(name: string): KernelConfig | undefined {
  return getKernel(name, "wasm");
}

function runShipped(
  name: string,
  shipped: KernelConfig | undefined,
  call: Parameters<KernelConfig["kernelFunc"]>[0],
): TensorInfo | TensorInfo[] {
  if (shipped === undefined) throw new TypeError(`Cannot run ${name} on these tensors: they must be float32`);
  return shipped.kernelFunc(call);
}
