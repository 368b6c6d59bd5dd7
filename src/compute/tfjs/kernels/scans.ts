/**
 * Running sums and products, added up in float64 and rounded element by element.
 *
 * @module
 */
import { type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { ADD, FLOATS, INTEGERS, MULTIPLY, REDUCTION_COLUMNS } from "../../kernel_constants.ts";
import { RunningBackend } from "../running_backend.ts";

/** The sums of all elements up to each one along an axis, of float32 or int32 (modulo 2^32). */
export const cumsum: KernelConfig = scan("Cumsum", ADD);
/** The products, likewise. */
export const cumprod: KernelConfig = scan("Cumprod", MULTIPLY);

/** Elements of an item where there are as many short rows. */
const itemElements = 16_384;

function scan(kernelName: string, operation: number): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x } = inputs as { x: TensorInfo };
      const { axis, exclusive, reverse } = attrs as unknown as {
        axis: number;
        exclusive: boolean;
        reverse: boolean;
      };
      if (x.dtype !== "float32" && x.dtype !== "int32") {
        throw new TypeError(
          `Cannot run ${kernelName}: tensors must be float32 or int32, current dtype is ${x.dtype}`,
        );
      }
      const running = new RunningBackend(backend);
      const result = running.output(x.shape, x.dtype);
      if (x.shape.includes(0)) return result;
      // A scalar is a row of one.
      const [along] = x.shape.length === 0 ? [0] : util.parseAxisParam(axis, x.shape) as [number];
      const outer = util.sizeFromShape(x.shape.slice(0, along));
      const columns = util.sizeFromShape(x.shape.slice(along + 1));
      const rows = x.shape[along] ?? 1;
      const itemOuter = columns === 1 ? 4 * Math.ceil(itemElements / rows / 4) : 1;
      running.pool.run("scan", {
        x: running.pointer(x),
        result: running.pointer(result),
        outer,
        rows,
        columns,
        itemOuter,
        from: x.dtype === "float32" ? FLOATS : INTEGERS,
        operation,
        exclusive: Number(exclusive),
        reverse: Number(reverse),
      }, Math.ceil(outer / itemOuter) * Math.ceil(columns / REDUCTION_COLUMNS));
      return result;
    },
  };
}
