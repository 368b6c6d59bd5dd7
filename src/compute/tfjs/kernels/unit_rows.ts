/**
 * @module
 */
import { type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { UNIT_ROWS } from "../../kernel_constants.ts";
import { requireFloat32, RunningBackend } from "../running_backend.ts";

/**
 * Rows of unit norm: x (..., columns) gives x / norm and one over the norms (..., 1), where a row of zeros stays one and has
 * the inverse 0. A kernel that tfjs has not.
 */
export const unitRows: KernelConfig = {
  kernelName: "UnitRows",
  backendName: "wasm",
  kernelFunc: ({ inputs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    requireFloat32("UnitRows", x);
    const columns = x.shape.at(-1)!;
    const rows = util.sizeFromShape(x.shape.slice(0, -1));
    const running = new RunningBackend(backend);
    const result = running.output(x.shape);
    const inverse = running.output([...x.shape.slice(0, -1), 1]);
    const args = {
      x: running.pointer(x),
      result: running.pointer(result),
      inverse: running.pointer(inverse),
      rows,
      columns,
    };
    running.pool.run("unitRows", args, Math.ceil(rows / UNIT_ROWS));
    return [result, inverse];
  },
};
