import type { Tensor } from "@tensorflow/tfjs-core";
import { batchOf, type DataSet, type LabelledBatch } from "./data_set.ts";
import type { MiniBatches } from "./mini_batches.ts";

/**
 * The mini-batches of data in memory, as a function of the step that {@linkcode fit} takes.
 *
 * @param data The data.
 * @param order Which inputs each step takes.
 * @param augment Changes the inputs of a step; its result replaces x, of which it need not dispose.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mul } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 * import { MiniBatches } from "./mini_batches.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const data = { shape: [1], inputs: Float32Array.of(1, 2, 3), labels: Uint8Array.of(1, 2, 3) };
 * const batches = shuffledBatches(data, new MiniBatches(3, 2, 1), (x) => mul(x, 10));
 * const { x, labels } = batches(0);
 * assertEquals([...x.dataSync()], Array.from(labels.dataSync(), (label) => 10 * label));
 * backend.dispose();
 * ```
 */
export function shuffledBatches(
  data: DataSet,
  order: MiniBatches,
  augment: (x: Tensor, step: number) => Tensor = (x) => x,
): (step: number) => LabelledBatch {
  return (step) => {
    const { x: plain, labels } = batchOf(data, order.rowsOf(step));
    const x = augment(plain, step);
    if (x !== plain) plain.dispose();
    return { x, labels };
  };
}
