import { assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "./start_backend.ts";

/** A tenth, and values of both signs: sums that grow and sums that do not. */
const values = [() => 0.1, (i: number) => Math.fround(Math.sin(i * 12.9898))];

interface Operand {
  readonly shape: number[];
  readonly data: Float32Array;
}

function operand(shape: number[], value: (i: number) => number): Operand {
  return { shape, data: Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => value(i)) };
}

/** Element (row, step) of the first operand or (step, column) of the second, whichever way it lies. */
function entry({ shape, data }: Operand, i: number, j: number, transposed: boolean): number {
  return transposed ? data[j * shape[1]! + i]! : data[i * shape[1]! + j]!;
}

/** The largest error of a product over the sum of the magnitudes of its terms. */
function worstError(found: ArrayLike<number>, a: Operand, b: Operand, ta: boolean, tb: boolean): number {
  const [rows, steps] = ta ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const columns = tb ? b.shape[0]! : b.shape[1]!;
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      let magnitudes = 0;
      for (let k = 0; k < steps; k++) {
        const term = entry(a, i, k, ta) * entry(b, k, j, tb);
        sum += term;
        magnitudes += Math.abs(term);
      }
      worst = Math.max(worst, Math.abs(found[i * columns + j]! - sum) / magnitudes);
    }
  }
  return worst;
}

Deno.test("products of long sums lose no more than those of short ones, on any number of threads", async (t) => {
  const found = new Map<string, Float32Array>();
  for (const threads of [1, 2, 4]) {
    const backend = await startBackend({ threads });
    for (const [steps, [ta, tb]] of long) {
      for (const [kind, value] of values.entries()) {
        const a = operand(ta ? [steps, 3] : [3, steps], value);
        const b = operand(tb ? [5, steps] : [steps, 5], value);
        const name = `${steps} terms, ${ta ? "transposed" : "plain"} by ${
          tb ? "transposed" : "plain"
        }, ${kind}`;
        const product = tf.tidy(() =>
          tf.matMul(tf.tensor(a.data, a.shape), tf.tensor(b.data, b.shape), ta, tb).dataSync() as Float32Array
        );
        const before = found.get(name);
        if (before !== undefined) assertEquals(product, before, `${name} on ${threads} threads`);
        else await t.step(name, () => assertLess(worstError(product, a, b, ta, tb), 1e-5));
        found.set(name, product);
      }
    }
    backend.dispose();
  }
});

const long = [
  [2 ** 14 + 1, [false, false]],
  [100_003, [false, true]],
  [300_007, [false, false]],
  [300_007, [true, false]],
] as const;

Deno.test("products of long sums in batches, behind a bias, of windows and of their gradients", async (t) => {
  const backend = await startBackend({ threads: 2 });
  const steps = 20_001;
  const relative = (found: ArrayLike<number>, expected: (i: number) => number) =>
    Math.max(...Array.from(found, (value, i) => Math.abs(value - expected(i)) / Math.abs(expected(i) || 1)));

  await t.step("a batch of matrices, plain and transposed", () => {
    // Each of its matrices has another value.
    const data = (at: number) =>
      Float32Array.from({ length: 2 * 3 * steps }, (_, i) => at + Math.floor(i / (3 * steps)));
    for (const [a, transposed] of [[[2, 3, steps], false], [[2, steps, 3], true]] as const) {
      const product = tf.matMul(tf.tensor(data(1), [...a]), tf.tensor(data(0.5), [2, steps, 3]), transposed);
      assertLess(relative(product.dataSync(), (i) => i < 9 ? 0.5 * steps : 3 * steps), 1e-6);
    }
  });

  await t.step("a very long sum of columns in a batch", () => {
    const rows = 2 ** 18 + 3;
    const ones = tf.ones<tf.Rank.R3>([2, rows, 2]);
    assertEquals([...tf.matMul(ones, ones, true).dataSync()], Array(8).fill(rows));
  });

  await t.step("bias and rectifier", () => {
    const [a, b] = [tf.fill<tf.Rank.R2>([2, steps], -0.1), tf.ones<tf.Rank.R2>([steps, 2])];
    const bias = tf.tensor1d([3000, 1000]);
    const found = tf.fused.matMul({ a, b, bias, activation: "relu" });
    assertLess(relative(found.dataSync(), (i) => i % 2 === 0 ? 3000 - Math.fround(0.1) * steps : 0), 1e-5);
  });

  await t.step("windows of an image with many channels, and both gradients", () => {
    const channels = 2000;
    const x = operand([1, 4, 4, channels], (i) => 0.1 * (i % 11));
    const w = operand([3, 3, channels, 2], (i) => 0.1 * (i % 7));
    const sums = Array.from({ length: 8 }, (_, at) => {
      const [row, column, out] = [at >> 2, at >> 1 & 1, at & 1];
      let sum = 0;
      for (let k = 0; k < 9 * channels; k++) {
        const [dy, dx, c] = [Math.floor(k / (3 * channels)), Math.floor(k / channels) % 3, k % channels];
        sum += x.data[((row + dy) * 4 + column + dx) * channels + c]! * w.data[2 * k + out]!;
      }
      return sum;
    });
    const windows = tf.conv2d(
      tf.tensor4d(x.data, [1, 4, 4, channels]),
      tf.tensor4d(w.data, [3, 3, channels, 2]),
      1,
      "valid",
    );
    assertLess(relative(windows.dataSync(), (i) => sums[i]!), 1e-5);

    const expected = Math.fround(0.1) ** 2 * 9 * channels;
    // The gradient of the input sums over 3 x 3 windows of as many output channels, each window apart.
    const wide = tf.fill<tf.Rank.R4>([3, 3, 2, channels], 0.1);
    const dy = tf.fill<tf.Rank.R4>([1, 4, 4, channels], 0.1);
    const gradient = tf.conv2dTranspose(dy, wide, [1, 4, 4, 2], 1, "same");
    assertLess(relative([gradient.dataSync()[2 * (4 + 1)]!], () => expected), 3e-5);
  });
  backend.dispose();
});
