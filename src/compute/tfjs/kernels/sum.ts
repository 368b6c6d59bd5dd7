/**
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { getKernel, type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { Engine } from "../engine.ts";

/** Rows in a part; the parts are added in order, so the result does not depend on the threads. */
const partRows = 256;

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
    const engine = new Engine(call.backend);
    const result = engine.output(keepDims ? [...axes.map(() => 1), ...kept] : kept);
    sumRows(engine, engine.pointer(x), rows, columns, engine.pointer(result));
    return result;
  },
};

/** result[c] = sum of x[r, c] over r, in float32. */
export function sumRows(engine: Engine, x: number, rows: number, columns: number, result: number): void {
  const parts = Math.ceil(rows / partRows);
  if (parts === 1) return engine.pool.run("sumRows", [x, rows, columns, result, rows], 1);
  const partial = engine.pool.scratch("parts", parts * columns * 4);
  engine.pool.run("sumRows", [x, rows, columns, partial, partRows], parts);
  engine.pool.run("sumRows", [partial, parts, columns, result, parts], 1);
}
