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

/** Adds one element after the other. */
const shipped: KernelConfig = getKernel("Sum", "wasm");

/**
 * Sums in float32 in a fixed order, for `orderedSum()`: over leading axes in parts of 256 rows and then part after part, over
 * any other axes one element after the other.
 */
export const orderedSum: KernelConfig = {
  ...shipped,
  kernelName: "OrderedSum",
  kernelFunc: (call) => {
    const { x } = call.inputs as { x: TensorInfo };
    const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape);
    if (x.shape.includes(0)) return getKernel("Sum", "wasm").kernelFunc(call);
    const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((a) => a < axes.length);
    if (x.dtype !== "float32" || !leading) return shipped.kernelFunc(call);
    const rows = util.sizeFromShape(x.shape.slice(0, axes.length));
    const kept = x.shape.slice(axes.length);
    const running = new RunningBackend(call.backend);
    const result = running.output(keepDims ? [...axes.map(() => 1), ...kept] : kept);
    sumRows(running, running.pointer(x), rows, util.sizeFromShape(kept), running.pointer(result));
    return result;
  },
};

/** result[c] = sum of x[r, c] over r, in float32. */
function sumRows(
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
