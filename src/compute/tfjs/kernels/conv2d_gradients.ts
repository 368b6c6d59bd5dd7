/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { Engine, requireFloat32 } from "../engine.ts";
import { matrixRows, multiplyColumns, multiplyRows } from "../product.ts";
import {
  type ConvAttributes,
  type ConvInfo,
  convInfo,
  reversedFilterMatrix,
  reversedWindows,
  windows,
} from "./convolution.ts";

/** Gradient of a convolution with respect to its filter, which tfjs has not on this backend. */
export const conv2dBackpropFilter: KernelConfig = {
  kernelName: "Conv2DBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const attributes = attrs as unknown as ConvAttributes & { filterShape: number[] };
    const engine = new Engine(backend);
    requireFloat32("Conv2DBackpropFilter", x, dy);
    const info = convInfo("Conv2DBackpropFilter", x.shape, attributes.filterShape, attributes);
    if (info.outShape.includes(0)) return engine.zeros(attributes.filterShape);
    const result = engine.output(attributes.filterShape);
    const rows = windows(engine, x, info);
    const columns = info.outChannels;
    multiplyColumns(
      engine.pool,
      rows,
      { pointer: engine.pointer(dy), steps: rows.rows, columns, stepStride: columns, columnStride: 1 },
      engine.pointer(result),
    );
    return result;
  },
};

/** Gradient of a convolution with respect to its input; the shipped kernel runs at 3 per cent of the speed. */
export const conv2dBackpropInput: KernelConfig = {
  kernelName: "Conv2DBackpropInput",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvAttributes & { inputShape: number[] };
    const engine = new Engine(backend);
    requireFloat32("Conv2DBackpropInput", dy, filter);
    const info = convInfo("Conv2DBackpropInput", attributes.inputShape, filter.shape, attributes);
    if (info.outShape.includes(0)) return engine.zeros(attributes.inputShape);
    const result = engine.output(attributes.inputShape);
    if (attributes.inputShape.includes(0)) return result;
    const filterPointer = engine.pointer(filter);
    if (foldsCheaply(info)) {
      fold(engine, dy, filterPointer, info, engine.pointer(result));
    } else {
      const rows = reversedWindows(engine, dy, info);
      multiplyRows(engine.pool, rows, reversedFilterMatrix(filterPointer, info), engine.pointer(result));
    }
    return result;
  },
};

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

function fold(engine: Engine, dy: TensorInfo, filter: number, info: ConvInfo, result: number): void {
  const { batchSize, outHeight, outWidth, outChannels, inChannels, filterHeight, filterWidth } = info;
  const rows = batchSize * outHeight * outWidth;
  const window = filterHeight * filterWidth * inChannels;
  const windows = engine.pool.scratch("windows", rows * window * 4);
  const transposed = {
    pointer: filter,
    steps: outChannels,
    columns: window,
    stepStride: 1,
    columnStride: outChannels,
  };
  multiplyRows(engine.pool, matrixRows(engine.pointer(dy), rows, outChannels), transposed, windows);
  engine.pool.run("foldWindows", [
    windows,
    result,
    info.inHeight,
    info.inWidth,
    inChannels,
    outHeight,
    outWidth,
    filterHeight,
    filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ], batchSize);
}
