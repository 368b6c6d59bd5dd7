/**
 * Convolutions as products: the windows of a padded image are the rows of the operand that stays in place.
 *
 * @module
 */
import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import type { RunningBackend } from "../running_backend.ts";
import type { Packed, Rows } from "../product.ts";
import { ScratchMemory } from "../scratch_memory.ts";

/** The images with their border. */
const imageMemory = new ScratchMemory();

/** The geometry that tfjs derives from the attributes of a convolution. */
export type ConvInfo = backend_util.Conv2DInfo;

/** The attributes that the three kernels of a convolution share. */
export interface ConvAttributes {
  /** Distance of neighbouring windows, of both sides or each. */
  readonly strides: [number, number] | number;
  /** What surrounds the image. */
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  /** Where the channels stand; they must come last. */
  readonly dataFormat: "NHWC" | "NCHW";
  /** Distance of neighbouring taps. */
  readonly dilations?: [number, number] | number;
  /** How a broken output side is rounded. */
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * The geometry of a convolution.
 *
 * @throws {Error} Where the channels do not come last.
 */
export function convInfo(
  kernel: string,
  xShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvAttributes,
): ConvInfo {
  if (attributes.dataFormat !== "NHWC") {
    throw new Error(`Cannot run ${kernel} on ${attributes.dataFormat}: the channels must come last (NHWC)`);
  }
  return backend_util.computeConv2DInfo(
    xShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    false,
    "channelsLast",
  );
}

/** The windows of `x` under the filter, one row for each pixel of the output. */
export function windows(running: RunningBackend, x: TensorInfo, info: ConvInfo): Rows {
  const { batchSize, inHeight, inWidth, inChannels, filterHeight, filterWidth, strideHeight, strideWidth } =
    info;
  const { top, left } = info.padInfo;
  const height = Math.max((info.outHeight - 1) * strideHeight + filterHeight, top + inHeight);
  const width = Math.max((info.outWidth - 1) * strideWidth + filterWidth, left + inWidth);
  const bare = height === inHeight && width === inWidth;
  const pointer = bare
    ? running.pointer(x)
    : padded(running, x, { batchSize, height, width, top, left, stepY: 1, stepX: 1 });
  return imageRows(
    pointer,
    info,
    width,
    height,
    inChannels,
    strideHeight,
    strideWidth,
    info.outHeight,
    info.outWidth,
  );
}

/** The windows of `dy` under the reversed filter, one row for each pixel of the input. */
export function reversedWindows(running: RunningBackend, dy: TensorInfo, info: ConvInfo): Rows {
  const { batchSize, inHeight, inWidth, outChannels, filterHeight, filterWidth } = info;
  const height = inHeight + filterHeight - 1;
  const width = inWidth + filterWidth - 1;
  const pointer = padded(running, dy, {
    batchSize,
    height,
    width,
    top: filterHeight - 1 - info.padInfo.top,
    left: filterWidth - 1 - info.padInfo.left,
    stepY: info.strideHeight,
    stepX: info.strideWidth,
  });
  return imageRows(pointer, info, width, height, outChannels, 1, 1, inHeight, inWidth);
}

/** The filter (height, width, in, out) as the matrix behind the windows of the input. */
export function filterMatrix(pointer: number, info: ConvInfo): Packed {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const steps = filterHeight * filterWidth * inChannels;
  return { pointer, steps, columns: outChannels, stepStride: outChannels, columnStride: 1 };
}

/** The filter with its taps reversed and its channels exchanged, behind the windows of dy. */
export function reversedFilterMatrix(pointer: number, info: ConvInfo): Packed {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const taps = filterHeight * filterWidth;
  const tap = inChannels * outChannels;
  return {
    pointer: pointer + (taps - 1) * tap * 4,
    steps: taps * outChannels,
    columns: inChannels,
    stepStride: 1,
    columnStride: outChannels,
    run: outChannels,
    runStride: -tap,
  };
}

interface Border {
  batchSize: number;
  height: number;
  width: number;
  top: number;
  left: number;
  stepY: number;
  stepX: number;
}

/** Address of a copy of the images of `x` with a border of zeros. */
function padded(running: RunningBackend, x: TensorInfo, border: Border): number {
  const [, height, width, channels] = x.shape as [number, number, number, number];
  const bytes = border.batchSize * border.height * border.width * channels * 4;
  const to = imageMemory.reserve(running.pool, bytes);
  running.pool.run("padImage", {
    from: running.pointer(x),
    to,
    height,
    width,
    channels,
    paddedHeight: border.height,
    paddedWidth: border.width,
    top: border.top,
    left: border.left,
    stepY: border.stepY,
    stepX: border.stepX,
  }, border.batchSize);
  return to;
}

function imageRows(
  pointer: number,
  info: ConvInfo,
  width: number,
  height: number,
  channels: number,
  strideY: number,
  strideX: number,
  outHeight: number,
  outWidth: number,
): Rows {
  return {
    pointer,
    rows: info.batchSize * outHeight * outWidth,
    width: outWidth,
    height: outHeight,
    pixelStride: strideX * channels,
    lineStride: strideY * width * channels,
    imageStride: height * width * channels,
    segments: info.filterHeight,
    segmentLength: info.filterWidth * channels,
    segmentStride: width * channels,
  };
}
