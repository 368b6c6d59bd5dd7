/**
 * Sums, running sums and softmax over axes of tensors of 10^6 to 10^7 elements. "1 thread" against "stock, 2 threads" compares
 * kernels: those that tfjs ships for sums and running sums have one thread whatever the name says.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { benchOn, type Machine } from "./on_backend.ts";

const machines: readonly Machine[] = ["1 thread", "2 threads", "stock, 2 threads"];

/** Shapes, and the axes that are reduced. */
const cases: readonly (readonly [shape: number[], axes: readonly number[][]])[] = [
  [[128, 10], [[0], [1], [0, 1]]],
  [[10_000_000], [[0]]],
  [[1_000_000, 10], [[0], [1]]],
  [[10, 1_000_000], [[0], [1]]],
  [[3_000_000, 3], [[0], [1]]],
  [[128, 28, 28, 32], [[0, 1, 2], [1, 2], [3], [0, 2]]],
];

for (const [shape, sets] of cases) {
  const normal = () => tf.randomNormal(shape, 0, 1, "float32", 1);
  for (const axes of sets) {
    benchOn(`sum of [${shape}] over [${axes}]`, machines, () => {
      const x = normal();
      return () => tf.sum(x, axes).dispose();
    });
  }
}
for (const [shape, axis] of [[[10_000_000], 0], [[1_000_000, 10], 0], [[1_000_000, 10], 1]] as const) {
  benchOn(`running sum of [${shape}] along ${axis}`, machines, () => {
    const x = tf.randomNormal([...shape], 0, 1, "float32", 1);
    return () => tf.cumsum(x, axis).dispose();
  });
}
benchOn("softmax of 10^6 classes", machines, () => {
  const x = tf.randomNormal([1, 1_000_000], 0, 1, "float32", 1);
  return () => tf.softmax(x).dispose();
});
