/**
 * @module
 */
import { backend_util, type KernelConfig, type TensorInfo } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";

interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type PoolingJob = "maxPool" | "averagePool" | "maxPoolGradient" | "averagePoolGradient";

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

function forward(kernelName: string, job: PoolingJob): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x } = inputs as { x: TensorInfo };
      requireFloat32(kernelName, x);
      const running = new RunningBackend(backend);
      const info = poolInfo(x, attrs as unknown as PoolAttributes);
      const y = running.output(info.outShape);
      if (!info.outShape.includes(0)) run(running, job, info, { x, y });
      return y;
    },
  };
}

function backward(
  kernelName: string,
  job: PoolingJob,
  tensors: Tensors,
  x: TensorInfo,
  attrs: unknown,
  backend: unknown,
): TensorInfo {
  requireFloat32(kernelName, x, tensors.dy);
  const running = new RunningBackend(backend);
  const dx = running.output(x.shape);
  if (!x.shape.includes(0)) run(running, job, poolInfo(x, attrs as PoolAttributes), { ...tensors, dx });
  return dx;
}

function poolInfo(x: TensorInfo, attributes: PoolAttributes): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const shape = x.shape as [number, number, number, number];
  return backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
}

/** Runs a job; tensors that it does not need have the address 0. */
function run(
  running: RunningBackend,
  job: PoolingJob,
  info: backend_util.Conv2DInfo,
  tensors: Tensors,
): void {
  const address = (tensor: TensorInfo | undefined) => tensor === undefined ? 0 : running.pointer(tensor);
  running.pool.run(job, {
    x: address(tensors.x),
    y: address(tensors.y),
    dy: address(tensors.dy),
    dx: address(tensors.dx),
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    windowHeight: info.filterHeight,
    windowWidth: info.filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  }, info.batchSize);
}
