/**
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { RunningBackend } from "../running_backend.ts";
import { ScratchMemory } from "../scratch_memory.ts";

/** Rows in a part; the parts are added in order, so the result does not depend on the threads. */
const partRows = 256;

/** The sums of the parts. */
const partMemory = new ScratchMemory();

const shipped: KernelConfig = getKernel("Sum", "wasm");

/**
 * Sums over the leading axes of a float32 tensor (the gradient of a bias) without the transposed copy that the
 * shipped kernel makes; every other sum runs on that.
 */
export const sum: KernelConfig = {
  ...shipped,
  kernelFunc: (call) => {
    const { x } = call.inputs as { x: TensorInfo };
    const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape);
    const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((a) => a < axes.length);
    const rows = util.sizeFromShape(x.shape.slice(0, axes.length));
    const kept = x.shape.slice(axes.length);
    const columns = util.sizeFromShape(kept);
    if (x.dtype !== "float32" || !leading || rows === 0 || columns === 0) return shipped.kernelFunc(call);
    const running = new RunningBackend(call.backend);
    const result = running.output(keepDims ? [...axes.map(() => 1), ...kept] : kept);
    sumRows(running, running.pointer(x), rows, columns, running.pointer(result));
    return result;
  },
};

/** result[c] = sum of x[r, c] over r, in float32. */
export function sumRows(
  running: RunningBackend,
  x: number,
  rows: number,
  columns: number,
  result: number,
): void {
  const parts = Math.ceil(rows / partRows);
  if (parts === 1) return running.pool.run("sumRows", { x, rows, columns, result, partRows: rows }, 1);
  const partial = partMemory.reserve(running.pool, parts * columns * 4);
  running.pool.run("sumRows", { x, rows, columns, result: partial, partRows }, parts);
  running.pool.run("sumRows", { x: partial, rows: parts, columns, result, partRows: parts }, 1);
}
