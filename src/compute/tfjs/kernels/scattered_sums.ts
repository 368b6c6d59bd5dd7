/**
 * Kernels that add up what falls on one place, in float64: the shipped ones add in float32.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-wasm";
import { backend_util, getKernel, type KernelConfig, type TensorInfo } from "@tensorflow/tfjs-core";
import { RunningBackend } from "../running_backend.ts";
import { addRows } from "./add_rows.ts";

/** The sum of the weights of each number 0 .. size - 1 in x; larger numbers are left out. */
export const bincount: KernelConfig = weightedCount("Bincount");
/** The same for each row of x, or for one. */
export const denseBincount: KernelConfig = weightedCount("DenseBincount");

/** Sums of the updates (slices of the result) that have the same index; 0 where there is none. */
export const scatterNd: KernelConfig = scatter(getKernel("ScatterNd", "wasm"));

/** Weights of float32 that are added up; without weights, or with integers, it counts, which the shipped kernel does right. */
function weightedCount(kernelName: string): KernelConfig {
  const shipped = getKernel(kernelName, "wasm");
  return {
    ...shipped,
    kernelFunc: (call) => {
      const { x, weights } = call.inputs as { x: TensorInfo; weights: TensorInfo };
      const { size, binaryOutput = false } = call.attrs as unknown as {
        size: number;
        binaryOutput?: boolean;
      };
      if (weights.dtype !== "float32" || weights.shape.includes(0) || binaryOutput) {
        return shipped.kernelFunc(call);
      }
      const running = new RunningBackend(call.backend);
      const numbers = running.values(x);
      const columns = x.shape.at(-1)!;
      const places = new Float64Array(numbers.length);
      for (let i = 0; i < numbers.length; i++) {
        const number = numbers[i]!;
        if (number < 0) {
          throw new RangeError(
            `Cannot run ${kernelName}: numbers must be at least 0, number ${i} is ${number}`,
          );
        }
        places[i] = number < size ? Math.floor(i / columns) * size + number : -1;
      }
      const result = running.output([...x.shape.slice(0, -1), size]);
      addRows(running, weights, places, result, 1);
      return result;
    },
  };
}

function scatter(shipped: KernelConfig): KernelConfig {
  return {
    ...shipped,
    kernelFunc: (call) => {
      const { indices, updates } = call.inputs as { indices: TensorInfo; updates: TensorInfo };
      const { shape } = call.attrs as unknown as { shape: number[] };
      if (updates.dtype !== "float32") return shipped.kernelFunc(call);
      const { sliceRank, numUpdates, sliceSize, strides } = backend_util.calculateShapes(
        updates,
        indices,
        shape,
      );
      const running = new RunningBackend(call.backend);
      const numbers = running.values(indices);
      const places = new Float64Array(numUpdates);
      for (let i = 0; i < numUpdates; i++) {
        let place = 0;
        for (let k = 0; k < sliceRank; k++) {
          const index = numbers[i * sliceRank + k]!;
          if (index < 0 || index >= shape[k]!) {
            throw new RangeError(
              `Cannot run ScatterNd: index ${index} of update ${i} must be one of the ${
                shape[k]
              } along axis ${k}`,
            );
          }
          place += index * strides[k]!;
        }
        places[i] = place;
      }
      const result = running.output(shape);
      addRows(running, updates, places, result, sliceSize);
      return result;
    },
  };
}
