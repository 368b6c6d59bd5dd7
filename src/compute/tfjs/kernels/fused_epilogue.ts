/**
 * @module
 */
import {
  getKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import type { RunningBackend } from "../running_backend.ts";
import { ScratchMemory } from "../scratch_memory.ts";
import type { Epilogue } from "../product.ts";

/** What the fused kernels of tfjs add to a product, and the activation behind it. */
export interface Fusion {
  /** What follows the bias. */
  readonly activation: string;
  /** Slope of the leaky rectifier below 0. */
  readonly leakyreluAlpha?: number;
}

/** A row of biases with room behind it. */
const biasMemory = new ScratchMemory();

const kernels: Record<string, string> = {
  relu: "Relu",
  elu: "Elu",
  relu6: "Relu6",
  prelu: "Prelu",
  leakyrelu: "LeakyRelu",
  sigmoid: "Sigmoid",
};

/**
 * Runs a product with its bias and activation. A rectifier is part of the product; every other activation is the
 * kernel of its own name afterwards.
 *
 * @param bias A row of biases, one for each of `columns`.
 * @param product Makes the product with the epilogue that it is given.
 * @throws {Error} Where the bias has another shape or the activation is unknown.
 */
export function fuse(
  running: RunningBackend,
  backend: Record<never, never>,
  columns: number,
  fusion: Fusion,
  bias: TensorInfo | undefined,
  slopes: TensorInfo | undefined,
  product: (epilogue: Epilogue) => TensorInfo,
): TensorInfo {
  const { activation } = fusion;
  requireActivation(activation);
  if (bias !== undefined && bias.shape.reduce((a, b) => a * b, 1) !== columns) {
    throw new RangeError(`Cannot add a bias of shape (${bias.shape}) to ${columns} columns`);
  }
  const result = product({
    ...(bias === undefined ? {} : { bias: paddedRow(running, bias, columns) }),
    rectify: activation === "relu",
  });
  // It is part of the product.
  if (activation === "relu") return result;
  return activate(running, backend, result, fusion, slopes);
}

/**
 * The activation of a tensor, which is given back.
 *
 * @throws {Error} Where the activation is unknown.
 */
export function activate(
  running: RunningBackend,
  backend: Record<never, never>,
  x: TensorInfo,
  { activation, leakyreluAlpha }: Fusion,
  slopes: TensorInfo | undefined,
): TensorInfo {
  requireActivation(activation);
  const kernel = kernels[activation];
  if (kernel === undefined) return x;
  const inputs: NamedTensorInfoMap = activation === "prelu" ? { x, alpha: slopes! } : { x };
  const attrs: NamedAttrMap = { alpha: leakyreluAlpha ?? 0 };
  const output = getKernel(kernel, "wasm").kernelFunc({ inputs, attrs, backend }) as TensorInfo;
  running.dispose(x);
  return output;
}

function requireActivation(activation: string): void {
  if (activation === "linear" || Object.hasOwn(kernels, activation)) return;
  throw new Error(
    `Cannot fuse the activation "${activation}": no kernel of the wasm backend has that name`,
  );
}

/** The bias with room behind it: the product reads whole panels of 8. */
function paddedRow(running: RunningBackend, bias: TensorInfo, columns: number): number {
  const pointer = running.pointer(bias);
  if (columns % 8 === 0) return pointer;
  const row = biasMemory.reserve(running.pool, (columns + 8) * 4);
  running.copy(pointer, row, columns * 4);
  return row;
}
