/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";
import { type Epilogue, multiplyRows } from "../product.ts";
import { type ConvAttributes, convInfo, filterMatrix, windows } from "./convolution.ts";
import { isDilated, mergeOutput, splitInput, withoutHoles } from "./dilation.ts";
import { fuse, type Fusion } from "./fused_epilogue.ts";

/**
 * Convolution. The shipped kernel is wrong for some strides larger than the filter with "same" padding (tfjs issue
 * 5907) and, like its product, keeps packed filters that a filter changed in place would not renew.
 */
export const conv2d: KernelConfig = {
  kernelName: "Conv2D",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs as { x: TensorInfo; filter: TensorInfo };
    return convolve(new RunningBackend(backend), x, filter, attrs as unknown as ConvAttributes, {});
  },
};

/** Convolution with its bias and activation. */
export const fusedConv2d: KernelConfig = {
  kernelName: "FusedConv2D",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, filter, bias, preluActivationWeights } = inputs as Record<string, TensorInfo>;
    const attributes = attrs as unknown as ConvAttributes & Fusion;
    const running = new RunningBackend(backend);
    return fuse(running, backend, filter!.shape[3]!, attributes, bias, preluActivationWeights, (epilogue) => {
      return convolve(running, x!, filter!, attributes, epilogue);
    });
  },
};

function convolve(
  running: RunningBackend,
  x: TensorInfo,
  filter: TensorInfo,
  attributes: ConvAttributes,
  epilogue: Epilogue,
): TensorInfo {
  requireFloat32("conv2d", x, filter);
  const info = convInfo("conv2d", x.shape, filter.shape, attributes);
  if (info.outShape.includes(0)) return running.output(info.outShape);
  if (isDilated(info)) {
    const phases = splitInput(running, x, info);
    const convolved = convolve(running, phases, filter, withoutHoles, epilogue);
    running.dispose(phases);
    return mergeOutput(running, convolved, info);
  }
  const result = running.output(info.outShape);
  const rows = windows(running, x, info);
  multiplyRows(
    running.pool,
    rows,
    filterMatrix(running.pointer(filter), info),
    running.pointer(result),
    undefined,
    epilogue,
  );
  return result;
}
