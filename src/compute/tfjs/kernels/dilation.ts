/**
 * Convolutions with holes between their taps: the filter sees every dilation-th pixel alone, so each phase of the image
 * is convolved as an image of its own, by the filter without holes and with stride 1 (tfjs knows no stride beside a
 * dilation).
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { RunningBackend } from "../running_backend.ts";
import type { ConvAttributes, ConvInfo } from "./convolution.ts";

/** How the phases are convolved. */
export const withoutHoles: ConvAttributes = { strides: 1, pad: "valid", dataFormat: "NHWC" };

/** Whether a filter has holes. */
export function isDilated(info: ConvInfo): boolean {
  return info.dilationHeight !== 1 || info.dilationWidth !== 1;
}

/** The phases of the input with its border, (images * phases, height, width, channels). */
export function splitInput(running: RunningBackend, x: TensorInfo, info: ConvInfo): TensorInfo {
  return split(running, x, info, inputSides(info), info.padInfo);
}

/** The phases of the output. */
export function splitOutput(running: RunningBackend, y: TensorInfo, info: ConvInfo): TensorInfo {
  return split(running, y, info, outputSides(info), noBorder);
}

/** The input again, from its phases and without the border; the phases are given back. */
export function mergeInput(running: RunningBackend, phases: TensorInfo, info: ConvInfo): TensorInfo {
  return merge(running, phases, info, info.inShape, info.padInfo);
}

/** The output from its phases, which are given back. */
export function mergeOutput(running: RunningBackend, phases: TensorInfo, info: ConvInfo): TensorInfo {
  return merge(running, phases, info, info.outShape, noBorder);
}

/** The shape of the phases of the input. */
export function phasesShape(info: ConvInfo): [number, number, number, number] {
  const { height, width } = inputSides(info);
  return [info.batchSize * info.dilationHeight * info.dilationWidth, height, width, info.inChannels];
}

interface Sides {
  readonly height: number;
  readonly width: number;
}

interface Border {
  readonly top: number;
  readonly left: number;
}

const noBorder: Border = { top: 0, left: 0 };

function outputSides({ outHeight, outWidth, dilationHeight, dilationWidth }: ConvInfo): Sides {
  return { height: Math.ceil(outHeight / dilationHeight), width: Math.ceil(outWidth / dilationWidth) };
}

function inputSides(info: ConvInfo): Sides {
  const { height, width } = outputSides(info);
  return { height: height + info.filterHeight - 1, width: width + info.filterWidth - 1 };
}

function split(
  running: RunningBackend,
  x: TensorInfo,
  info: ConvInfo,
  { height, width }: Sides,
  border: Border,
): TensorInfo {
  const count = x.shape[0]! * info.dilationHeight * info.dilationWidth;
  const phases = running.output([count, height, width, x.shape[3]!]);
  running.pool.run("splitPhases", phaseArguments(running, x, phases, info, border), count);
  return phases;
}

function merge(
  running: RunningBackend,
  phases: TensorInfo,
  info: ConvInfo,
  shape: readonly number[],
  border: Border,
): TensorInfo {
  const result = running.output(shape);
  running.pool.run("mergePhases", phaseArguments(running, result, phases, info, border), shape[0]!);
  running.dispose(phases);
  return result;
}

function phaseArguments(
  running: RunningBackend,
  image: TensorInfo,
  phases: TensorInfo,
  info: ConvInfo,
  { top, left }: Border,
) {
  const [, height, width, channels] = image.shape as [number, number, number, number];
  const [, phaseHeight, phaseWidth] = phases.shape as [number, number, number, number];
  return {
    image: running.pointer(image),
    phases: running.pointer(phases),
    height,
    width,
    channels,
    dilationY: info.dilationHeight,
    dilationX: info.dilationWidth,
    phaseHeight,
    phaseWidth,
    top,
    left,
  };
}
