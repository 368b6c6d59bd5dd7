/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";
import { matrixRows, multiplyColumns, multiplyRows } from "../product.ts";
import { ScratchMemory } from "../scratch_memory.ts";
import {
  type ConvAttributes,
  type ConvInfo,
  convInfo,
  reversedFilterMatrix,
  reversedWindows,
  windows,
} from "./convolution.ts";
import { isDilated, mergeInput, phasesShape, splitInput, splitOutput, withoutHoles } from "./dilation.ts";

/** The windows of dx before they are added up. */
const windowMemory = new ScratchMemory();

/** Gradient of a convolution with respect to its filter, which tfjs has not on this backend. */
export const conv2dBackpropFilter: KernelConfig = {
  kernelName: "Conv2DBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const attributes = attrs as unknown as ConvAttributes & { filterShape: number[] };
    return filterGradient(new RunningBackend(backend), x, dy, attributes, attributes.filterShape);
  },
};

function filterGradient(
  running: RunningBackend,
  x: TensorInfo,
  dy: TensorInfo,
  attributes: ConvAttributes,
  filterShape: readonly number[],
): TensorInfo {
  requireFloat32("Conv2DBackpropFilter", x, dy);
  const info = convInfo("Conv2DBackpropFilter", x.shape, filterShape, attributes);
  if (info.outShape.includes(0)) return running.zeros(filterShape);
  if (isDilated(info)) {
    const phases = splitInput(running, x, info);
    const gradients = splitOutput(running, dy, info);
    const result = filterGradient(running, phases, gradients, withoutHoles, filterShape);
    running.dispose(phases);
    running.dispose(gradients);
    return result;
  }
  const result = running.output(filterShape);
  const rows = windows(running, x, info);
  const columns = info.outChannels;
  multiplyColumns(
    running.pool,
    rows,
    { pointer: running.pointer(dy), steps: rows.rows, columns, stepStride: columns, columnStride: 1 },
    running.pointer(result),
  );
  return result;
}

/** Gradient of a convolution with respect to its input; the shipped kernel runs at 3 per cent of the speed. */
export const conv2dBackpropInput: KernelConfig = {
  kernelName: "Conv2DBackpropInput",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvAttributes & { inputShape: number[] };
    return inputGradient(new RunningBackend(backend), dy, filter, attributes, attributes.inputShape);
  },
};

function inputGradient(
  running: RunningBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  attributes: ConvAttributes,
  inputShape: readonly number[],
): TensorInfo {
  requireFloat32("Conv2DBackpropInput", dy, filter);
  const info = convInfo("Conv2DBackpropInput", inputShape, filter.shape, attributes);
  if (info.outShape.includes(0)) return running.zeros(inputShape);
  if (inputShape.includes(0)) return running.output(inputShape);
  if (isDilated(info)) {
    const gradients = splitOutput(running, dy, info);
    const phases = inputGradient(running, gradients, filter, withoutHoles, phasesShape(info));
    running.dispose(gradients);
    return mergeInput(running, phases, info);
  }
  const result = running.output(inputShape);
  const filterPointer = running.pointer(filter);
  if (foldsCheaply(info)) {
    fold(running, dy, filterPointer, info, running.pointer(result));
  } else {
    const rows = reversedWindows(running, dy, info);
    multiplyRows(running.pool, rows, reversedFilterMatrix(filterPointer, info), running.pointer(result));
  }
  return result;
}

/** What adding one value of a window to its image costs, in multiply-adds of a product; measured. */
const foldCost = 6;

/**
 * Whether the windows of dx, the product of dy and the transposed filter, cost less together with their sum
 * than the convolution of dy with the reversed filter, which runs over every pixel of the input.
 */
function foldsCheaply(info: ConvInfo): boolean {
  const { inHeight, inWidth, outHeight, outWidth, inChannels, outChannels } = info;
  const taps = info.filterHeight * info.filterWidth;
  const panels = (columns: number) => 8 * Math.ceil(columns / 8);
  const reversed = inHeight * inWidth * taps * outChannels * panels(inChannels);
  const window = taps * inChannels;
  return outHeight * outWidth * (outChannels * panels(window) + foldCost * window) < reversed;
}

function fold(running: RunningBackend, dy: TensorInfo, filter: number, info: ConvInfo, result: number): void {
  const { batchSize, outHeight, outWidth, outChannels, inChannels, filterHeight, filterWidth } = info;
  const rows = batchSize * outHeight * outWidth;
  const window = filterHeight * filterWidth * inChannels;
  const windows = windowMemory.reserve(running.pool, rows * window * 4);
  const transposed = {
    pointer: filter,
    steps: outChannels,
    columns: window,
    stepStride: 1,
    columnStride: outChannels,
  };
  multiplyRows(running.pool, matrixRows(running.pointer(dy), rows, outChannels), transposed, windows);
  running.pool.run("foldWindows", {
    from: windows,
    to: result,
    height: info.inHeight,
    width: info.inWidth,
    channels: inChannels,
    outHeight,
    outWidth,
    windowHeight: filterHeight,
    windowWidth: filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  }, batchSize);
}
