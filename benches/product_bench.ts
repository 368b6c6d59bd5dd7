/**
 * Products and convolutions with both gradients. The group's name gives the floating-point operations of one
 * iteration, so that GFLOP/s = operations / time.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { benchOn, type Machine } from "./on_backend.ts";

const ours: readonly Machine[] = ["1 thread", "2 threads"];
const all: readonly Machine[] = [...ours, "stock, 2 threads"];

function normal(shape: number[]): tf.Tensor {
  return tf.randomNormal(shape, 0, 1, "float32", 1);
}

function benchProduct(
  form: string,
  side: number,
  machines: readonly Machine[],
  transposeA = false,
  transposeB = false,
): void {
  benchOn(`${form} ${side}^3, ${(2 * side ** 3 / 1e9).toPrecision(3)} GFLOP`, machines, () => {
    const a = normal([side, side]);
    const b = normal([side, side]);
    return () => tf.matMul(a, b, transposeA, transposeB).dispose();
  });
}

for (const side of [128, 256, 512, 1024, 2048]) {
  benchProduct("product", side, side === 128 ? [...all, "cpu"] : all);
}
for (const side of [512, 1024]) {
  benchProduct("product A'B", side, side === 512 ? all : ours, true, false);
  benchProduct("product AB'", side, side === 512 ? all : ours, false, true);
}
benchOn(`batched product 64 x 128^3, ${(64 * 2 * 128 ** 3 / 1e9).toPrecision(3)} GFLOP`, all, () => {
  const a = normal([64, 128, 128]);
  const b = normal([64, 128, 128]);
  return () => tf.matMul(a, b).dispose();
});

/** Layers of the network in training_bench.ts: image side, channels in and out; filter 5 x 5, batch 128. */
const layers: [side: number, channels: number, filters: number][] = [[28, 1, 32], [14, 32, 64]];

for (const [side, channels, filters] of layers) {
  const label = `5x5, ${side}x${side}x${channels} to ${filters}, ${
    (2 * 128 * side ** 2 * 25 * channels * filters / 1e9).toPrecision(3)
  } GFLOP`;
  const attributes = { strides: [1, 1], pad: "same", dataFormat: "NHWC", dilations: [1, 1] };
  const inputShape = [128, side, side, channels];
  const filterShape = [5, 5, channels, filters];
  const run = (kernel: string, inputs: Record<string, tf.Tensor>, shape: Record<string, number[]>) => {
    (tf.engine().runKernel(kernel, inputs, { ...attributes, ...shape }) as tf.Tensor).dispose();
  };
  benchOn(`convolution ${label}`, all, () => {
    const x = normal(inputShape);
    const filter = normal(filterShape);
    return () => run("Conv2D", { x, filter }, {});
  });
  benchOn(`filter gradient ${label}`, ours, () => {
    const x = normal(inputShape);
    const dy = normal([128, side, side, filters]);
    return () => run("Conv2DBackpropFilter", { x, dy }, { filterShape });
  });
  benchOn(`input gradient ${label}`, channels === 1 ? ours : all, () => {
    const filter = normal(filterShape);
    const dy = normal([128, side, side, filters]);
    return () => run("Conv2DBackpropInput", { dy, filter }, { inputShape });
  });
}
