import { argMax, dispose, tidy } from "@tensorflow/tfjs-core";
import { batchOf, type DataSet } from "./data_set.ts";
import type { Network } from "./network.ts";

/**
 * How many inputs the network puts into their class: an exact count, over every input once.
 *
 * @param network The network; its largest result is the class (the first of equals).
 * @param data The inputs.
 * @param batchSize Inputs at a time.
 * @returns A count from 0 to the number of inputs.
 * @throws {RangeError} Where inputs and labels do not belong together.
 */
export function countCorrect(network: Network, data: DataSet, batchSize = 500): number {
  let correct = 0;
  for (let start = 0; start < data.labels.length; start += batchSize) {
    const count = Math.min(batchSize, data.labels.length - start);
    const { x, labels } = batchOf(data, Array.from({ length: count }, (_, i) => start + i));
    const classes = tidy(() => argMax(network.apply(x), 1).dataSync());
    dispose([x, labels]);
    for (let i = 0; i < count; i++) if (classes[i] === data.labels[start + i]) correct++;
  }
  return correct;
}
