import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "./start_backend.ts";
import { updateParameters } from "./update_parameters.ts";

/** Numbers whose sums and products are exact in float32, so that any order gives the same bits. */
function wholes(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((i * 7919 + seed * 104_729) % 31) - 15);
}

// Kernels take eight floats at a time, then four, then what is left.
Deno.test("kernels take any number of floats, eight and four at a time and the rest", async (t) => {
  const backend = await startBackend({ threads: 1 });

  await t.step("maxPool() and its gradient of 1 to 21 channels", () => {
    for (let channels = 1; channels <= 21; channels++) {
      const values = wholes(3 * 4 * channels, channels).map((value, i) => value + i / 1024);
      const x = tf.tensor4d(values, [1, 3, 4, channels]);
      const pooled = tf.maxPool(x, [3, 2], 2, "valid").dataSync();
      const weights = wholes(2 * channels, 5);
      const gradient = tf.grad((x) =>
        tf.sum(
          tf.mul(tf.maxPool(x as tf.Tensor4D, [3, 2], 2, "valid"), tf.tensor(weights, [1, 1, 2, channels])),
        )
      )(x).dataSync();
      const expected = new Float32Array(2 * channels);
      const expectedGradient = new Float32Array(values.length);
      for (let window = 0; window < 2; window++) {
        for (let c = 0; c < channels; c++) {
          const places = [0, 1, 2].flatMap((y) =>
            [2 * window, 2 * window + 1].map((x) => (y * 4 + x) * channels + c)
          );
          const largest = places.reduce((best, place) => values[place]! > values[best]! ? place : best);
          expected[window * channels + c] = values[largest]!;
          expectedGradient[largest] = weights[window * channels + c]!;
        }
      }
      assertEquals([pooled, gradient], [expected, expectedGradient], `${channels} channels`);
    }
  });

  await t.step("avgPool() and its gradient of 1 to 21 channels", () => {
    for (let channels = 1; channels <= 21; channels++) {
      const values = wholes(4 * channels, channels);
      const x = tf.tensor4d(values, [1, 2, 2, channels]);
      const means = Float32Array.from(
        { length: channels },
        (_, c) => [0, 1, 2, 3].reduce((sum, p) => sum + values[p * channels + c]!, 0) / 4,
      );
      const gradient = tf.grad((x) => tf.sum(tf.avgPool(x as tf.Tensor4D, 2, 2, "valid")))(x).dataSync();
      assertEquals(tf.avgPool(x, 2, 2, "valid").dataSync(), means, `${channels} channels`);
      assertEquals(gradient, new Float32Array(4 * channels).fill(0.25), `${channels} channels`);
    }
  });

  await t.step("element by element, with a second operand of 1 to 21 numbers", () => {
    for (let period = 1; period <= 21; period++) {
      const [a, b] = [wholes(5 * period, 1), wholes(period, 2)];
      const sums = a.map((value, i) => value + b[i % period]!);
      const found = tf.add(tf.tensor2d(a, [5, period]), tf.tensor1d(b)).dataSync();
      assertEquals(found, sums, `${period} numbers`);
      const same = tf.sub(tf.tensor1d(a), tf.tensor1d(sums)).dataSync();
      assertEquals(same, a.map((_, i) => 0 - b[i % period]!), `${period} numbers`);
    }
  });

  await t.step("products with 1 to 21 columns and rows, from either side", () => {
    for (let side = 1; side <= 21; side++) {
      const [a, b] = [wholes(side * 5, 1), wholes(5 * side, 2)];
      const expected = Float32Array.from({ length: side * side }, (_, at) => {
        const [i, j] = [Math.floor(at / side), at % side];
        return [0, 1, 2, 3, 4].reduce((sum, k) => sum + a[i * 5 + k]! * b[k * side + j]!, 0);
      });
      const [x, y] = [tf.tensor2d(a, [side, 5]), tf.tensor2d(b, [5, side])];
      const turned = (z: tf.Tensor2D) => tf.transpose(z);
      const products = [
        tf.matMul(x, y),
        tf.matMul(turned(x), y, true),
        tf.matMul(x, turned(y), false, true),
        tf.matMul(turned(x), turned(y), true, true),
      ];
      for (const product of products) assertEquals(product.dataSync(), expected, `${side} columns`);
    }
  });

  await t.step("updates of 1 to 21 parameters", () => {
    for (let count = 1; count <= 21; count++) {
      const [value, gradient, first] = [1, 2, 3].map((seed) => tf.tensor1d(wholes(count, seed))) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      updateParameters([{ value, gradient, first, rate: 0.25, decay: 0.5 }], {
        beta1: 0.5,
        step: 1,
        scale: 2,
      });
      const [v, g, f] = [1, 2, 3].map((seed) => wholes(count, seed)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      const velocity = v.map((value, i) => 0.5 * f[i]! + 2 * g[i]! + 0.5 * value);
      assertEquals(first.dataSync(), velocity, `${count} parameters`);
      assertEquals(value.dataSync(), v.map((value, i) => value - 0.25 * velocity[i]!), `${count} parameters`);
    }
  });

  backend.dispose();
});
