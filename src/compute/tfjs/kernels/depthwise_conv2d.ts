/**
 * Convolutions of each channel by filters of its own.
 *
 * @module
 */
import {
  backend_util,
  getKernel,
  type KernelConfig,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs-core";
import { SCRATCH_BYTES } from "../../kernel_constants.ts";
import { requireFloat32, RunningBackend } from "../running_backend.ts";
import { ScratchMemory } from "../scratch_memory.ts";
import type { ConvAttributes, ConvInfo } from "./convolution.ts";
import { activate, type Fusion } from "./fused_epilogue.ts";

/** Gradients of the filter, one for each image. */
const gradientMemory = new ScratchMemory();

/** Values that an item repeats, or sums that it makes. */
const repeatItem = 8192;

/**
 * Each channel under its own filters (height, width, channels, multiplier), which give channels * multiplier channels.
 * The shipped kernel is right; ours is here for the gradients, which tfjs has not on this backend.
 */
export const depthwiseConv2d: KernelConfig = {
  kernelName: "DepthwiseConv2dNative",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs as { x: TensorInfo; filter: TensorInfo };
    return convolve(new RunningBackend(backend), x, filter, attrs as unknown as ConvAttributes);
  },
};

/** The same with its bias and activation. */
export const fusedDepthwiseConv2d: KernelConfig = {
  kernelName: "FusedDepthwiseConv2D",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, filter, bias, preluActivationWeights } = inputs as Record<string, TensorInfo>;
    const attributes = attrs as unknown as ConvAttributes & Fusion;
    const running = new RunningBackend(backend);
    const convolved = convolve(running, x!, filter!, attributes);
    if (bias === undefined) return activate(running, backend, convolved, attributes, preluActivationWeights);
    const inputs2: NamedTensorInfoMap = { a: convolved, b: bias };
    const sum = getKernel("Add", "wasm").kernelFunc({ inputs: inputs2, attrs: {}, backend }) as TensorInfo;
    running.dispose(convolved);
    return activate(running, backend, sum, attributes, preluActivationWeights);
  },
};

/** Gradient with respect to the input. */
export const depthwiseConv2dBackpropInput: KernelConfig = {
  kernelName: "DepthwiseConv2dNativeBackpropInput",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvAttributes & { inputShape: number[] };
    const running = new RunningBackend(backend);
    requireFloat32("DepthwiseConv2dNativeBackpropInput", dy, filter);
    const info = depthwiseInfo(attributes.inputShape, filter.shape, attributes);
    if (dy.shape.includes(0)) return running.zeros(attributes.inputShape);
    const multiplier = filter.shape[3]!;
    const [n, height, width, channels] = info.inShape;
    const result = running.output([n, height, width, channels * multiplier]);
    run(running, "depthwiseInputGradient", info, { x: result, filter, y: dy }, n * height);
    return multiplier === 1 ? result : summed(running, result, info.inShape, multiplier);
  },
};

/** Gradient with respect to the filter. */
export const depthwiseConv2dBackpropFilter: KernelConfig = {
  kernelName: "DepthwiseConv2dNativeBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const attributes = attrs as unknown as ConvAttributes & { filterShape: number[] };
    const running = new RunningBackend(backend);
    const { filterShape } = attributes;
    requireFloat32("DepthwiseConv2dNativeBackpropFilter", x, dy);
    const info = depthwiseInfo(x.shape, filterShape, attributes);
    if (dy.shape.includes(0)) return running.zeros(filterShape);
    const result = running.output(filterShape);
    const size = util.sizeFromShape(filterShape);
    const images = x.shape[0]!;
    const repeated = repeat(running, x, filterShape[3]!);
    const gradients = gradientMemory.reserve(running.pool, images * size * 4);
    const items = images * info.filterHeight * info.filterWidth;
    run(running, "depthwiseFilterGradient", info, { x: repeated, filter: gradients, y: dy }, items);
    running.pool.run(
      "sumRows",
      { x: gradients, rows: images, columns: size, result: running.pointer(result), partRows: images },
      1,
    );
    if (repeated !== x) running.dispose(repeated);
    return result;
  },
};

function convolve(
  running: RunningBackend,
  x: TensorInfo,
  filter: TensorInfo,
  attributes: ConvAttributes,
): TensorInfo {
  requireFloat32("DepthwiseConv2dNative", x, filter);
  const info = depthwiseInfo(x.shape, filter.shape, attributes);
  const result = running.output(info.outShape);
  if (info.outShape.includes(0)) return result;
  const repeated = repeat(running, x, filter.shape[3]!);
  run(running, "depthwise", info, { x: repeated, filter, y: result }, info.batchSize * info.outHeight);
  if (repeated !== x) running.dispose(repeated);
  return result;
}

function depthwiseInfo(
  xShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvAttributes,
): ConvInfo {
  const format = attributes.dataFormat ?? "NHWC";
  if (format !== "NHWC") {
    throw new Error(`Cannot run a depthwise convolution on ${format}: the channels must come last (NHWC)`);
  }
  const taps = filterShape[0]! * filterShape[1]!;
  const most = SCRATCH_BYTES / 8;
  if (taps > most) {
    throw new RangeError(`Cannot run a depthwise convolution of ${taps} taps: at most ${most} are possible`);
  }
  return backend_util.computeConv2DInfo(
    xShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    true,
  );
}

/** The images with every channel `multiplier` times; themselves where that is once. */
function repeat(running: RunningBackend, x: TensorInfo, multiplier: number): TensorInfo {
  if (multiplier === 1) return x;
  const [n, height, width, channels] = x.shape as [number, number, number, number];
  const result = running.output([n, height, width, channels * multiplier]);
  runRepeats(running, "repeatValues", x, result, util.sizeFromShape(x.shape), multiplier);
  return result;
}

/** The sums over what {@linkcode repeat} repeated; its operand is given back. */
function summed(
  running: RunningBackend,
  repeated: TensorInfo,
  shape: readonly number[],
  multiplier: number,
): TensorInfo {
  const result = running.output(shape);
  runRepeats(running, "sumRepeats", repeated, result, util.sizeFromShape([...shape]), multiplier);
  running.dispose(repeated);
  return result;
}

function runRepeats(
  running: RunningBackend,
  job: "repeatValues" | "sumRepeats",
  from: TensorInfo,
  to: TensorInfo,
  count: number,
  repeats: number,
): void {
  const pointers = { from: running.pointer(from), to: running.pointer(to) };
  const args = { ...pointers, count, repeats, itemCount: repeatItem };
  running.pool.run(job, args, Math.ceil(count / repeatItem));
}

function run(
  running: RunningBackend,
  job: "depthwise" | "depthwiseInputGradient" | "depthwiseFilterGradient",
  info: ConvInfo,
  { x, filter, y }: { x: TensorInfo; filter: TensorInfo | number; y: TensorInfo },
  items: number,
): void {
  running.pool.run(job, {
    x: running.pointer(x),
    filter: typeof filter === "number" ? filter : running.pointer(filter),
    y: running.pointer(y),
    height: info.inHeight,
    width: info.inWidth,
    channels: info.outChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    windowHeight: info.filterHeight,
    windowWidth: info.filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    dilationY: info.dilationHeight,
    dilationX: info.dilationWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  }, items);
}
