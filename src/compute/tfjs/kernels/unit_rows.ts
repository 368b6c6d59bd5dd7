/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { Engine, requireFloat32 } from "../engine.ts";

/** Rows of one item, as in assembly/windows.ts. */
const itemRows = 64;

/**
 * Rows of unit norm: x (..., columns) gives x / norm and one over the norms (..., 1), where a row of zeros stays one and has
 * the inverse 0. A kernel that tfjs has not, for src/frames.
 */
export const unitRows: KernelConfig = {
  kernelName: "UnitRows",
  backendName: "wasm",
  kernelFunc: ({ inputs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    requireFloat32("UnitRows", x);
    const columns = x.shape.at(-1)!;
    const rows = x.shape.slice(0, -1).reduce((product, side) => product * side, 1);
    const engine = new Engine(backend);
    const result = engine.output(x.shape);
    const inverse = engine.output([...x.shape.slice(0, -1), 1]);
    const pointers = [x, result, inverse].map((tensor) => engine.pointer(tensor));
    engine.pool.run("unitRows", [...pointers, rows, columns], Math.ceil(rows / itemRows));
    return [result, inverse];
  },
};
