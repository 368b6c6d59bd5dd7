/**
 * Passes over activations that networks in inference make after every convolution.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { floatWord } from "../float_word.ts";
import { requireFloat32, RunningBackend } from "../running_backend.ts";
import { ScratchMemory } from "../scratch_memory.ts";

/** Values that an item changes. */
const itemValues = 16384;

const shipped: KernelConfig = getKernel("FusedBatchNorm", "wasm");

/** Mean, factor and offset of every channel. */
const channelMemory = new ScratchMemory();

/**
 * Batch normalisation with given moments, (x - mean) scale / sqrt(variance + epsilon) + offset, of each channel. The shipped kernel
 * runs on one thread and takes a root of every value; it serves moments of other shapes.
 */
export const batchNorm: KernelConfig = {
  ...shipped,
  kernelFunc: (call) => {
    const { x, mean, variance, offset, scale } = call.inputs as Record<string, TensorInfo>;
    const channels = x!.shape.at(-1)!;
    const given = [mean!, variance!, ...[offset, scale].filter((tensor) => tensor !== undefined)];
    if (given.some(({ shape }) => shape.length !== 1 || shape[0] !== channels)) {
      return shipped.kernelFunc(call);
    }
    const running = new RunningBackend(call.backend);
    requireFloat32("FusedBatchNorm", x, ...given);
    const { varianceEpsilon } = call.attrs as { varianceEpsilon: number };
    const result = running.output(x!.shape);
    const rows = util.sizeFromShape(x!.shape.slice(0, -1));
    if (rows * channels === 0) return result;
    const table = channelMemory.reserve(running.pool, 2 * channels * 4);
    const numbers = new Float32Array(running.pool.bytes().buffer, table, 2 * channels);
    const variances = running.values(variance!);
    const scales = scale && running.values(scale);
    const offsets = offset && running.values(offset);
    for (let c = 0; c < channels; c++) {
      numbers[c] = (scales?.[c] ?? 1) / Math.sqrt(variances[c]! + varianceEpsilon);
      numbers[channels + c] = offsets?.[c] ?? 0;
    }
    const itemRows = Math.max(1, Math.floor(itemValues / channels));
    running.pool.run("normalizeChannels", {
      x: running.pointer(x!),
      y: running.pointer(result),
      mean: running.pointer(mean!),
      factor: table,
      offset: table + channels * 4,
      rows,
      channels,
      itemRows,
    }, Math.ceil(rows / itemRows));
    return result;
  },
};

/** Gradient of clip(x, low, high), a kernel that tfjs has not: dy where x lies between the two. */
export const clipGrad: KernelConfig = {
  kernelName: "ClipGrad",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, x } = inputs as { dy: TensorInfo; x: TensorInfo };
    const { low, high } = attrs as { low: number; high: number };
    requireFloat32("ClipGrad", dy, x);
    const running = new RunningBackend(backend);
    const result = running.output(x.shape);
    const count = util.sizeFromShape(x.shape);
    running.pool.run("clipGradient", {
      dy: running.pointer(dy),
      x: running.pointer(x),
      result: running.pointer(result),
      count,
      low: floatWord(low),
      high: floatWord(high),
      itemCount: itemValues,
    }, Math.ceil(count / itemValues));
    return result;
  },
};
