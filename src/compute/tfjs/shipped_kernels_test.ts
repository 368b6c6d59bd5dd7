import "@tensorflow/tfjs-layers";
import { assertEquals, assertGreater, assertThrows } from "@std/assert";
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { difference, distinctValues, runOn } from "./compare_backends.ts";
import { startThreadedModule } from "./tfjs_module.ts";

/** A difference that no rounding explains. */
const wrong = 0.1;

/** How far the gradients of an operation with the kernels of tfjs 4.22.0 on wasm are from those on cpu. */
async function gradientError(
  shape: readonly number[],
  operation: (x: tf.Tensor) => tf.Tensor,
): Promise<number> {
  const inputs = [distinctValues(shape, 0)];
  const run = (x?: tf.Tensor) => operation(x!);
  return difference(await runOn("wasm", inputs, run), await runOn("cpu", inputs, run));
}

/** The same for results alone, where the gradient has no kernel. */
async function resultError(operation: () => tf.Tensor): Promise<number> {
  const results: { shape: number[]; data: Float32Array }[] = [];
  for (const name of ["wasm", "cpu"]) {
    await tf.setBackend(name);
    const data = tf.tidy(() => Float32Array.from(operation().dataSync()));
    results.push({ shape: [data.length], data });
  }
  await tf.setBackend("wasm");
  return difference([results[0]!], [results[1]!]);
}

function tensor(shape: number[], seed: number): tf.Tensor {
  return tf.tensor(distinctValues(shape, seed).data, shape);
}

Deno.test("shipped kernels are wrong or missing where this project has its own", async (t) => {
  const module = await startThreadedModule(1);
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => new BackendWasm(module as unknown as BackendWasm["wasm"]));
  await tf.setBackend("wasm");

  await t.step("matMul() of an operand seen in another shape", async () => {
    const error = await resultError(() => {
      const a = tensor([4, 6], 0);
      const b = tensor([6, 4], 100);
      tf.matMul(a, b);
      return tf.matMul(tf.reshape(a, [6, 4]), tf.reshape(b, [4, 6]));
    });
    assertGreater(error, wrong);
  });

  await t.step("the gradient of maxPool() of negative values", async () => {
    const error = await gradientError(
      [2, 6, 6, 5],
      (x) => tf.maxPool(tf.sub(x, 3) as tf.Tensor4D, 2, 2, "valid"),
    );
    assertGreater(error, wrong);
  });

  await t.step("maxPool3d() of negative values", async () => {
    const error = await resultError(() => {
      return tf.maxPool3d(tf.sub(tensor([1, 4, 4, 4, 2], 0), 3) as tf.Tensor5D, 2, 2, "valid");
    });
    assertGreater(error, wrong);
  });

  await t.step("conv2d() with a stride beyond its filter and same padding", async () => {
    const error = await resultError(() => {
      const x = tensor([1, 3, 4, 2], 0);
      const filter = tensor([2, 1, 2, 3], 100);
      return tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, [5, 2], "same");
    });
    assertGreater(error, wrong);
  });

  await t.step("sum() and mean() of many elements", () => {
    const x = tf.fill([1_000_003], 0.1);
    assertGreater(tf.sum(x).dataSync()[0]! / 100_000.3, 1.009);
    assertGreater(tf.mean(x).dataSync()[0]! / 0.1, 1.009);
    assertEquals(tf.sum(tf.ones([3e7])).dataSync()[0], 2 ** 24);
  });

  await t.step("the gradients of a filter and of gather()", async () => {
    await tf.setBackend("wasm");
    const image = tf.ones([1, 4, 4, 1]) as tf.Tensor4D;
    const loss = (filter: tf.Tensor) => tf.sum(tf.conv2d(image, filter as tf.Tensor4D, 1, "same"));
    assertThrows(() => tf.grad(loss)(tf.ones([3, 3, 1, 1])), Error, "Conv2DBackpropFilter");
    const rows = tf.tensor1d([0, 0], "int32");
    assertThrows(
      () => tf.grad((x) => tf.sum(tf.gather(x, rows)))(tf.ones([2, 2])),
      Error,
      "UnsortedSegmentSum",
    );
  });

  await t.step("depthwise filters, and the gradients of dilated ones", async () => {
    await tf.setBackend("wasm");
    const image = tf.ones([1, 6, 6, 2]) as tf.Tensor4D;
    const filter = tf.ones([3, 3, 2, 1]) as tf.Tensor4D;
    const depthwise = (x: tf.Tensor) => tf.sum(tf.depthwiseConv2d(x as tf.Tensor4D, filter, 1, "same"));
    assertThrows(() => tf.grad(depthwise)(image), Error, "DepthwiseConv2dNativeBackpropInput");
    const dilated = (x: tf.Tensor) => tf.sum(tf.conv2d(x as tf.Tensor4D, filter, 1, "same", "NHWC", 2));
    assertThrows(() => tf.grad(dilated)(image), Error, "not yet supported in gradients");
  });

  await t.step("the gradients of a resize with half pixel centres", () => {
    // Each of 2 pixels becomes 2: the gradient of the sum is 2 everywhere.
    for (const resize of [tf.image.resizeBilinear, tf.image.resizeNearestNeighbor]) {
      const loss = (x: tf.Tensor) => tf.sum(resize(x as tf.Tensor4D, [1, 4], false, true));
      const slopes = [0, 1].map((i) => loss(tf.reshape(tf.oneHot([i], 2), [1, 1, 2, 1])).dataSync()[0]!);
      assertEquals(slopes, [2, 2]);
    }
    const first = (x: tf.Tensor) =>
      tf.sum(
        tf.slice(tf.image.resizeBilinear(x as tf.Tensor4D, [1, 4], false, true), [0, 0, 1, 0], [1, 1, 1, 1]),
      );
    const gradient = tf.grad(first)(tf.ones([1, 1, 2, 1])).dataSync()[0]!;
    assertGreater(Math.abs(gradient - 0.75), wrong);
  });

  await t.step("an image reflected at its left border", () => {
    const image = tf.tensor4d([1, 2, 3, 4], [1, 1, 4, 1]);
    const moved = tf.image.transform(image, tf.tensor2d([[1, 0, -2, 0, 1, 0, 0, 0]]), "nearest", "reflect");
    assertEquals([...moved.dataSync()], [4, 4, 1, 2]); // 2 1 1 2
  });

  await t.step("the gradient of conv3d()", async () => {
    const filter = distinctValues([2, 2, 2, 2, 3], 9).data;
    const error = await gradientError([1, 3, 3, 4, 2], (x) => {
      return tf.conv3d(x as tf.Tensor5D, tf.tensor(filter, [2, 2, 2, 2, 3]) as tf.Tensor5D, 1, "same");
    });
    assertGreater(error, wrong);
  });

  await t.step("the gradients of cumsum() and of a minimum with a number", () => {
    assertThrows(() => tf.grad((x) => tf.sum(tf.cumsum(x, 0)))(tf.ones([3, 1, 2])), Error, "does not match");
    const scalar = (y: tf.Tensor) => tf.sum(tf.minimum(tf.ones([2]), y));
    assertThrows(() => tf.grad(scalar)(tf.scalar(0)), Error, "does not match");
  });

  await t.step("a clone, which is a copy", () => {
    const running = tf.backend() as BackendWasm;
    const x = tf.ones([3]);
    assertEquals(running.getMemoryOffset(x.clone().dataId) === running.getMemoryOffset(x.dataId), false);
  });

  await tf.setBackend("cpu");
  tf.removeBackend("wasm");
});
