/**
 * @module
 */
import { backend_util, type KernelConfig, type TensorInfo } from "@tensorflow/tfjs-core";
import { Engine, requireFloat32 } from "../engine.ts";

interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type Tensors = Partial<Record<"x" | "y" | "dy" | "dx", TensorInfo>>;

/** Largest value of each window. */
export const maxPool: KernelConfig = forward("MaxPool", "maxPool");

/** Mean of each window over the pixels that exist. */
export const avgPool: KernelConfig = forward("AvgPool", "averagePool");

/**
 * Gradient of the largest value: it goes to the first largest value of each window. The shipped kernel is wrong
 * where a window holds no positive value.
 */
export const maxPoolGrad: KernelConfig = {
  kernelName: "MaxPoolGrad",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, input: x, output: y } = inputs as Record<string, TensorInfo>;
    return backward("MaxPoolGrad", "maxPoolGradient", { x: x!, y: y!, dy: dy! }, x!, attrs, backend);
  },
};

/**
 * Gradient of the mean over the pixels that exist. That of tfjs divides by the size of the window at the border
 * too, on every backend, which is not the derivative of its own forward pass.
 */
export const avgPoolGrad: KernelConfig = {
  kernelName: "AvgPoolGrad",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, input: x } = inputs as Record<string, TensorInfo>;
    return backward("AvgPoolGrad", "averagePoolGradient", { dy: dy! }, x!, attrs, backend);
  },
};

function forward(kernelName: string, job: string): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x } = inputs as { x: TensorInfo };
      requireFloat32(kernelName, x);
      const engine = new Engine(backend);
      const info = poolInfo(x, attrs as unknown as PoolAttributes);
      const y = engine.output(info.outShape);
      if (!info.outShape.includes(0)) run(engine, job, info, { x, y });
      return y;
    },
  };
}

function backward(
  kernelName: string,
  job: string,
  tensors: Tensors,
  x: TensorInfo,
  attrs: unknown,
  backend: unknown,
): TensorInfo {
  requireFloat32(kernelName, x, tensors.dy);
  const engine = new Engine(backend);
  const dx = engine.output(x.shape);
  if (!x.shape.includes(0)) run(engine, job, poolInfo(x, attrs as PoolAttributes), { ...tensors, dx });
  return dx;
}

function poolInfo(x: TensorInfo, attributes: PoolAttributes): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const shape = x.shape as [number, number, number, number];
  return backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
}

/** Runs a job with its arguments in the order of `Pooling` in assembly/pooling.ts. */
function run(engine: Engine, job: string, info: backend_util.Conv2DInfo, tensors: Tensors): void {
  const pointers = (["x", "y", "dy", "dx"] as const).map((name) => {
    const tensor = tensors[name];
    return tensor === undefined ? 0 : engine.pointer(tensor);
  });
  engine.pool.run(job, [
    ...pointers,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ], info.batchSize);
}
