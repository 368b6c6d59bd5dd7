import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { inference } from "../../../src/nn/layer.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { largestExpansion } from "./largest_expansion.ts";
import { averagePatches, unitPatches } from "./patch_layers.ts";
import { threshold } from "./threshold.ts";
import { unitRows } from "./unit_rows.ts";
import { foldWindows, type ImageShape, takeWindows, windowGrid } from "./windows.ts";

function normals(shape: readonly number[], seed: number): tf.Tensor {
  const stream = randomStream("normals", seed);
  return tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => stream.normal()), [
    ...shape,
  ]);
}

function dot(a: tf.Tensor, b: tf.Tensor): number {
  const [x, y] = [Array.from(a.dataSync()), b.dataSync()];
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  assertEquals(a.shape, b.shape);
  const [x, y] = [Array.from(a.dataSync()), b.dataSync()];
  return x.reduce((largest, value, i) => Math.max(largest, Math.abs(value - y[i]!)), 0);
}

Deno.test("windows of images", async (t) => {
  const backend = await startBackend({ threads: 2 });
  const sizes = fc.record({
    count: fc.integer({ min: 1, max: 3 }),
    size: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 5 }),
    rows: fc.integer({ min: 1, max: 4 }),
    columns: fc.integer({ min: 1, max: 4 }),
    channels: fc.integer({ min: 1, max: 4 }),
  }).filter(({ size, stride }) => stride <= size);

  await t.step("takeWindows() takes each, foldWindows() is its transpose", () => {
    fc.assert(
      fc.property(sizes, ({ count, size, stride, rows, columns, channels }) => {
        const windows = { size, stride };
        const shape: ImageShape = [size + (rows - 1) * stride, size + (columns - 1) * stride, channels];
        assertEquals(windowGrid(shape, windows), [rows, columns]);
        const x = normals([count, ...shape], 1);
        const taken = takeWindows(x, windows);
        for (let n = 0; n < count; n++) {
          for (let row = 0; row < rows; row++) {
            for (let column = 0; column < columns; column++) {
              const expected = tf.slice(x, [n, row * stride, column * stride, 0], [1, size, size, channels]);
              const actual = tf.slice(taken, [n, row, column, 0], [1, 1, 1, size * size * channels]);
              assertEquals(Array.from(actual.dataSync()), Array.from(expected.dataSync()));
            }
          }
        }
        const y = normals(taken.shape, 2);
        assertLess(Math.abs(dot(taken, y) - dot(x, foldWindows(y, windows, shape))), 1e-3);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  await t.step("each is the gradient of the other", () => {
    const windows = { size: 3, stride: 2 };
    const [x, w] = [normals([2, 7, 5, 2], 3), normals([2, 3, 2, 18], 4)];
    const ofTake = tf.grad((x) => tf.sum(tf.mul(takeWindows(x, windows), w)))(x);
    assertLess(largestDifference(ofTake, foldWindows(w, windows, [7, 5, 2])), 1e-6);
    const ofFold = tf.grad((w) => tf.sum(tf.mul(foldWindows(w, windows, [7, 5, 2]), x)))(w);
    assertLess(largestDifference(ofFold, takeWindows(x, windows)), 1e-6);
  });

  await t.step("averagePatches() puts windows back", () => {
    const windows = { size: 8, stride: 4 };
    const x = normals([2, 32, 32, 3], 5);
    const layer = averagePatches(windows, [32, 32, 3])([7, 7, 192], 0, 1);
    assertLess(largestDifference(layer.apply(takeWindows(x, windows), inference), x), 1e-6);
  });

  await t.step("windows that leave pixels out are refused", () => {
    for (
      const windows of [{ size: 14, stride: 8 }, { size: 29, stride: 1 }, { size: 2, stride: 3 }, {
        size: 0,
        stride: 1,
      }]
    ) {
      assertThrows(() => windowGrid([28, 28, 1], windows), RangeError, "cover every pixel");
    }
    assertThrows(
      () => foldWindows(tf.zeros([1, 2, 2, 9]), { size: 3, stride: 1 }, [4, 5, 1]),
      RangeError,
      "(2,3,9)",
    );
  });

  await t.step("a blank patch stays 0, the others have norm 1", () => {
    const layer = unitPatches({ size: 2, stride: 2 })([2, 4, 1], 0, 1);
    const x = tf.tensor([3, 4, 0, 0, 0, 0, 0, 0], [1, 2, 4, 1]);
    assertEquals(Array.from(layer.apply(x, inference).dataSync(), (v) => v.toFixed(6)), [
      ...["0.600000", "0.800000", "0.000000", "0.000000"],
      ...["0.000000", "0.000000", "0.000000", "0.000000"],
    ]);
  });
  backend.dispose();
});

/** Compares the gradient of sum(w f(x)) with central differences along some directions. */
function assertGradient(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, tolerance: number): void {
  const w = normals(f(x).shape, 6);
  const loss = (x: tf.Tensor) => dot(f(x), w);
  const gradient = tf.grad((x) => tf.sum(tf.mul(f(x), w)))(x);
  for (let seed = 0; seed < 5; seed++) {
    const direction = normals(x.shape, 10 + seed);
    const h = 1e-3;
    const slope = (loss(tf.add(x, tf.mul(direction, h))) - loss(tf.sub(x, tf.mul(direction, h)))) / (2 * h);
    assertLess(Math.abs(slope - dot(gradient, direction)), tolerance);
  }
}

Deno.test("gradients of unitRows() and threshold() against central differences", async (t) => {
  const backend = await startBackend({ threads: 2 });
  await t.step("unitRows()", () => assertGradient(unitRows, normals([9, 11], 1), 5e-3));
  await t.step("unitRows() of a row of zeros has gradient 0", () => {
    const gradient = tf.grad((x) => tf.sum(unitRows(x)))(tf.tensor2d([[0, 0], [3, 4]]));
    assertEquals(Array.from(gradient.dataSync()).slice(0, 2), [0, 0]);
  });
  await t.step("unitRows() passes on what is not a number", () => {
    assert(Number.isNaN(unitRows(tf.tensor2d([[NaN, 1]])).dataSync()[1]));
  });
  for (const kind of ["soft", "relu"] as const) {
    await t.step(`threshold() ${kind}`, () => {
      // Off the corners at +-0.5, which the step must not cross.
      const x = tf.tensor(Array.from({ length: 41 }, (_, i) => -2.05 + 0.1 * i));
      assertGradient((x) => threshold(x, kind, 0.5), tf.add(x, 0.02), 1e-2);
      const expected = Array.from(x.dataSync(), (u) => {
        return kind === "soft" ? Math.sign(u) * Math.max(Math.abs(u) - 0.5, 0) : Math.max(u - 0.5, 0);
      });
      assertLess(largestDifference(threshold(x, kind, 0.5), tf.tensor(expected)), 1e-6);
    });
  }
  backend.dispose();
});

Deno.test("largestExpansion() finds the worst pair and leaves equal ones out", async () => {
  const backend = await startBackend({ threads: 1 });
  const x = tf.tensor2d([[0, 0], [1, 0], [5, 5]]);
  const y = tf.tensor2d([[0, 1], [0, 0], [5, 5]]);
  assertEquals(largestExpansion((x) => tf.mul(x, tf.tensor2d([[3, 0.5]])), x, y), 3);
  backend.dispose();
});
