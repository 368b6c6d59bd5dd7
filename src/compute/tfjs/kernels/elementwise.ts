/**
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo } from "@tensorflow/tfjs-core";
import { Engine } from "../engine.ts";

/** Elements of one item, as in assembly/elementwise.ts. */
const block = 16384;

/** Numbers of the operations, as in assembly/elementwise.ts. */
const operations = {
  add: 0,
  subtract: 1,
  multiply: 2,
  divide: 3,
  relu: 4,
  reluGradient: 5,
  hardTanh: 6,
  hardTanhGradient: 7,
  softThreshold: 8,
  rectify: 9,
  thresholdGradient: 10,
} as const;

/** max(x, 0). */
export const relu: KernelConfig = unary("Relu", operations.relu);

/** Sum, with the repeats that {@linkcode binary} knows. */
export const add: KernelConfig = binary("Add", operations.add);
/** Difference. */
export const subtract: KernelConfig = binary("Sub", operations.subtract);
/** Product. */
export const multiply: KernelConfig = binary("Multiply", operations.multiply);
/** Quotient. */
export const divide: KernelConfig = binary("RealDiv", operations.divide);

/** Kernels that tfjs has not, for src/nn: clip(x, -1, 1), and two gradients from the results y. */
export const hardTanh: KernelConfig = unary("HardTanh", operations.hardTanh);
/** dy where y > 0. */
export const reluGrad: KernelConfig = masked("ReluGrad", operations.reluGradient);
/** dy where |y| < 1. */
export const hardTanhGrad: KernelConfig = masked("HardTanhGrad", operations.hardTanhGradient);

/** Kernels that tfjs has not, for src/frames: a - clip(a, -b, b) with one threshold b >= 0. */
export const softThreshold: KernelConfig = binary("SoftThreshold", operations.softThreshold);
/** max(a - b, 0). */
export const rectify: KernelConfig = binary("Rectify", operations.rectify);
/** dy where the result y of either is not 0. */
export const thresholdGrad: KernelConfig = masked("ThresholdGrad", operations.thresholdGradient);

function unary(kernelName: string, operation: number): KernelConfig {
  const shipped = shippedKernel(kernelName);
  return {
    ...shipped,
    kernelName,
    backendName: "wasm",
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: TensorInfo };
      if (x.dtype !== "float32") return runShipped(kernelName, shipped, call);
      const engine = new Engine(call.backend);
      return run(engine, operation, x, x, x.shape);
    },
  };
}

function masked(kernelName: string, operation: number): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { dy, y } = inputs as { dy: TensorInfo; y: TensorInfo };
      return run(new Engine(backend), operation, dy, y, dy.shape);
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
      return run(new Engine(call.backend), operation, a, b, a.shape);
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
  engine: Engine,
  operation: number,
  a: TensorInfo,
  b: TensorInfo,
  shape: readonly number[],
): TensorInfo {
  const result = engine.output(shape);
  const count = size(shape);
  if (count === 0) return result;
  engine.pool.run(
    "elementwise",
    [engine.pointer(a), engine.pointer(b), engine.pointer(result), count, size(b.shape), operation],
    Math.ceil(count / block),
  );
  return result;
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
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
