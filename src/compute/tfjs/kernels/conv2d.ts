/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { Engine, requireFloat32 } from "../engine.ts";
import { type Epilogue, multiplyRows } from "../product.ts";
import { type ConvAttributes, convInfo, filterMatrix, windows } from "./convolution.ts";
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
    return convolve(new Engine(backend), x, filter, attrs as unknown as ConvAttributes, {});
  },
};

/** Convolution with its bias and activation. */
export const fusedConv2d: KernelConfig = {
  kernelName: "FusedConv2D",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, filter, bias, preluActivationWeights } = inputs as Record<string, TensorInfo>;
    const attributes = attrs as unknown as ConvAttributes & Fusion;
    const engine = new Engine(backend);
    return fuse(engine, backend, filter!.shape[3]!, attributes, bias, preluActivationWeights, (epilogue) => {
      return convolve(engine, x!, filter!, attributes, epilogue);
    });
  },
};

function convolve(
  engine: Engine,
  x: TensorInfo,
  filter: TensorInfo,
  attributes: ConvAttributes,
  epilogue: Epilogue,
): TensorInfo {
  requireFloat32("conv2d", x, filter);
  const info = convInfo("conv2d", x.shape, filter.shape, attributes);
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) {
    throw new Error("Cannot run Conv2D with a dilated filter on the wasm backend: dilations must be 1");
  }
  const result = engine.output(info.outShape);
  if (info.outShape.includes(0)) return result;
  const rows = windows(engine, x, info);
  multiplyRows(
    engine.pool,
    rows,
    filterMatrix(engine.pointer(filter), info),
    engine.pointer(result),
    undefined,
    epilogue,
  );
  return result;
}
