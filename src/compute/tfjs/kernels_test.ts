import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { difference, distinctValues, runOn } from "./compare_backends.ts";
import { startBackend } from "./start_backend.ts";

/** Sums of up to a few thousand products in float32, in two orders: some hundred EPS (6e-8) at most. */
const tolerance = 2e-5;

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;
type T4 = tf.Tensor4D;

async function assertAgrees(shapes: readonly (readonly number[])[], operation: Operation): Promise<void> {
  const inputs = shapes.map((shape, i) => distinctValues(shape, 100 * i));
  const actual = await runOn("wasm", inputs, operation);
  assertLess(difference(actual, await runOn("cpu", inputs, operation)), tolerance);
}

const side = fc.integer({ min: 1, max: 19 });
const small = fc.integer({ min: 1, max: 4 });
const pad = fc.constantFrom("same" as const, "valid" as const);
const runs = { numRuns: 40, seed: 1 };

Deno.test("kernels agree with the cpu backend", async (t) => {
  const backend = await startBackend({ threads: 2 });

  await t.step("matMul() of every form, with gradients", async () => {
    await fc.assert(
      fc.asyncProperty(side, side, side, fc.boolean(), fc.boolean(), async (m, k, n, ta, tb) => {
        await assertAgrees([ta ? [k, m] : [m, k], tb ? [n, k] : [k, n]], (a, b) => tf.matMul(a!, b!, ta, tb));
      }),
      runs,
    );
  });

  await t.step("matMul() of batches, shared or not", async () => {
    for (const [a, b] of [[[3, 5, 7], [3, 7, 9]], [[2, 2, 4, 3], [2, 2, 3, 1]]] as const) {
      await assertAgrees([a, b], (a, b) => tf.matMul(a!, b!));
      await assertAgrees([[...a.slice(0, -2), a.at(-1)!, a.at(-2)!], b], (a, b) => tf.matMul(a!, b!, true));
    }
    for (const shapes of [[[1, 5, 7], [3, 7, 9]], [[3, 5, 7], [1, 7, 9]]] as const) {
      const inputs = shapes.map((shape, i) => distinctValues(shape, i));
      const products = ["wasm", "cpu"].map(async (name) => {
        await tf.setBackend(name);
        const [a, b] = inputs.map(({ shape, data }) => tf.tensor(data, [...shape]));
        return [{ shape: [3, 5, 9], data: Float32Array.from(tf.matMul(a!, b!).dataSync()) }];
      });
      assertLess(difference(await products[0]!, await products[1]!), tolerance);
      await tf.setBackend("wasm");
    }
  });

  await t.step("matMul() of a long sum with few results", async () => {
    await assertAgrees([[9001, 5], [9001, 3]], (a, b) => tf.matMul(a!, b!, true));
  });

  await t.step("matMul() of an operand seen in another shape", async () => {
    await assertAgrees([[4, 6], [6, 4]], (a, b) => {
      const first = tf.matMul(a!, b!);
      return tf.concat([
        tf.reshape(first, [-1]),
        tf.reshape(tf.matMul(tf.reshape(a!, [6, 4]), tf.reshape(b!, [4, 6])), [-1]),
      ]);
    });
  });

  await t.step("matMul() after its operand was disposed of", () => {
    for (let i = 0; i < 20; i++) {
      const product = tf.tidy(() => tf.matMul(tf.fill([3, 3], i), tf.eye(3)).dataSync()[0]);
      assertEquals(product, i);
    }
  });

  await t.step("matMul() with empty and one-sized sides", () => {
    assertEquals(tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])).shape, [0, 2]);
    assertEquals(Array.from(tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 1])).dataSync()), [0, 0]);
    assertEquals(Array.from(tf.matMul([[3]], [[4]]).dataSync()), [12]);
  });

  await t.step("fused matMul() with bias and activation", async () => {
    for (const activation of ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu"] as const) {
      await assertAgrees([[5, 7], [7, 9], [9]], (a, b, bias) => {
        return tf.fused.matMul({ a: a!, b: b!, bias: bias!, activation, leakyreluAlpha: 0.1 });
      });
    }
  });

  await t.step("conv2d() with gradients", async () => {
    await fc.assert(
      fc.asyncProperty(
        small,
        side,
        side,
        small,
        small,
        fc.integer({ min: 1, max: 9 }),
        small,
        small,
        pad,
        async (
          n,
          extraHeight,
          extraWidth,
          filterHeight,
          filterWidth,
          channels,
          strideY,
          strideX,
          pad,
        ) => {
          const x = [n, filterHeight + extraHeight, filterWidth + extraWidth, channels];
          await assertAgrees([x, [filterHeight, filterWidth, channels, 11 - channels]], (x, filter) => {
            return tf.conv2d(x as T4, filter as T4, [strideY, strideX], pad);
          });
        },
      ),
      runs,
    );
  });

  await t.step("conv2d() with a stride beyond its filter and same padding", async () => {
    await assertAgrees(
      [[1, 3, 4, 2], [2, 1, 2, 3]],
      (x, filter) => tf.conv2d(x as T4, filter as T4, [5, 2], "same"),
    );
  });

  await t.step("conv2d() with explicit padding, also beyond the filter", async () => {
    await assertAgrees([[2, 7, 6, 3], [3, 2, 3, 4]], (x, filter) => {
      return tf.conv2d(x as T4, filter as T4, 1, [[0, 0], [4, 1], [0, 3], [0, 0]]);
    });
  });

  await t.step("fused conv2d() with bias and activation", async () => {
    for (const activation of ["linear", "relu", "relu6"] as const) {
      await assertAgrees([[2, 6, 6, 3], [3, 3, 3, 5], [5]], (x, filter, bias) => {
        return tf.fused.conv2d({
          x: x as T4,
          filter: filter as T4,
          strides: 1,
          pad: "same",
          bias: bias!,
          activation,
        });
      });
    }
  });

  await t.step("maxPool() with gradients", async () => {
    await fc.assert(
      fc.asyncProperty(small, side, side, fc.integer({ min: 1, max: 9 }), small, small, pad, async (
        n,
        height,
        width,
        channels,
        size,
        stride,
        pad,
      ) => {
        await assertAgrees(
          [[n, height + 3, width + 3, channels]],
          (x) => tf.maxPool(x as T4, size, stride, pad),
        );
      }),
      runs,
    );
  });

  await t.step("maxPool() of negative values", async () => {
    await assertAgrees([[2, 6, 6, 5]], (x) => tf.maxPool(tf.sub(x!, 3) as T4, 2, 2, "valid"));
  });

  await t.step("the gradient of maxPool() goes to one of equal values, the first", async () => {
    // Four channels at a time, and those that are left.
    for (const channels of [4, 5]) {
      await assertAgrees([[2, 6, 6, channels]], (x) => tf.maxPool(tf.mul(x!, 0) as T4, 3, 2, "valid"));
      const weights = tf.reshape(tf.range(0, 4 * channels), [1, 2, 2, channels]);
      const f = (x: tf.Tensor) => tf.sum(tf.mul(tf.maxPool(x as T4, 2, 2, "valid"), weights));
      const gradient = tf.grad(f)(tf.ones([1, 4, 4, channels])).dataSync();
      const expected = Array.from(gradient, (_, at) => {
        const y = Math.floor(at / channels / 4);
        const x = Math.floor(at / channels) % 4;
        const c = at % channels;
        return y % 2 === 0 && x % 2 === 0 ? (y + x / 2) * channels + c : 0;
      });
      assertEquals(Array.from(gradient), expected);
    }
  });

  await t.step("avgPool() with gradients where no window crosses the border", async () => {
    await assertAgrees([[2, 7, 8, 6]], (x) => tf.avgPool(x as T4, 3, 2, "valid"));
  });

  await t.step("sums over leading axes and bias gradients", async () => {
    await assertAgrees([[3000, 7], [7]], (x, bias) => tf.add(x!, bias!));
    await assertAgrees([[3, 5, 4]], (x) => tf.mul(tf.sum(x!, [0, 1], true), 2));
    await assertAgrees([[3, 5, 4]], (x) => tf.sum(x!, [0, 2]));
  });

  await t.step("element-wise operations, repeated or not", async () => {
    for (const shape of [[6, 5], [5], [1, 5], [1], [6, 1], []]) {
      for (const operation of [tf.add, tf.sub, tf.mul, tf.div]) {
        await assertAgrees([[6, 5], shape], (a, b) => operation(a!, tf.add(b!, 2)));
        await assertAgrees([shape, [6, 5]], (a, b) => operation(a!, tf.add(b!, 2)));
      }
    }
    await assertAgrees([[40_001]], (x) => tf.relu(x!));
    await assertAgrees([[3, 3]], (x) => tf.sigmoid(tf.add(tf.square(tf.relu(x!)), tf.tanh(x!))));
  });

  await t.step("gather() with gradients", async () => {
    await assertAgrees([[5, 3]], (x) => tf.gather(x!, tf.tensor1d([4, 0, 0, 2], "int32")));
  });

  await t.step("what the networks of this project use besides", async () => {
    await assertAgrees([[4, 6]], (x) => tf.softmax(x!));
    await assertAgrees([[4, 6]], (x) => tf.logSumExp(x!, 1));
    await assertAgrees([[4, 6]], (x) => tf.clipByValue(x!, -0.5, 0.5));
    await assertAgrees([[2, 3, 4]], (x) => tf.transpose(x!, [2, 0, 1]));
    await assertAgrees(
      [[2, 8]],
      (x) => tf.concat([tf.slice(x!, [0, 2], [2, 3]), tf.slice(x!, [0, 0], [2, 2])], 1),
    );
    await assertAgrees([[3, 4, 5]], (x) => tf.mean(x!, [0, 1]));
    await assertAgrees([[3, 5]], (x) => tf.norm(x!, 2, 1));
    await assertAgrees(
      [[1, 5]],
      (x) => tf.where(tf.tensor([[true, false, true, true, false]]), x!, tf.mul(x!, 0.1)),
    );
    await assertAgrees([[2, 5, 5, 3], [3], [3]], (x, scale, offset) => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.batchNorm(
        x as T4,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
      );
    });
  });

  await t.step("avgPool() has the derivative of its own forward pass at the border", () => {
    const weights = tf.reshape(tf.range(1, 10), [1, 3, 3, 1]);
    const f = (x: tf.Tensor) => tf.sum(tf.mul(tf.avgPool(x as T4, 3, 2, "same"), weights));
    const x = tf.tensor(distinctValues([1, 6, 5, 1], 3).data, [1, 6, 5, 1]);
    const gradient = tf.grad(f)(x).dataSync();
    for (let i = 0; i < x.size; i++) {
      const step = tf.mul(tf.reshape(tf.oneHot([i], x.size), x.shape), 0.5);
      const slope = tf.sub(f(tf.add(x, step)), f(tf.sub(x, step))).dataSync()[0]!;
      assertLess(Math.abs(slope - gradient[i]!), 1e-5);
    }
  });

  await t.step("the cross-entropy of large logits is finite and has softmax - one-hot as gradient", () => {
    const logits = tf.tensor2d([[1000, 0, -1000], [1, 2, 3]]);
    const [losses, gradient] = tf.engine().runKernel("CrossEntropy", {
      logits,
      labels: tf.tensor1d([1, 2], "int32"),
    }) as unknown as tf.Tensor[];
    const sum = 1 + Math.exp(-1) + Math.exp(-2);
    assertEquals(losses!.dataSync()[0], 1000);
    assertLess(Math.abs(losses!.dataSync()[1]! - Math.log(sum)), 1e-6);
    const expected = [1, -1, 0, Math.exp(-2) / sum, Math.exp(-1) / sum, 1 / sum - 1];
    for (const [i, value] of gradient!.dataSync().entries()) assertLess(Math.abs(value - expected[i]!), 1e-6);
  });

  await t.step("the cross-entropy is that of float64 but for the last bits", () => {
    const rows = 200;
    const columns = 5;
    const logits = distinctValues([rows, columns], 7).data.map((value) => 5 * value);
    const labels = Int32Array.from({ length: rows }, (_, row) => row % columns);
    const [losses, gradient] = (tf.engine().runKernel("CrossEntropy", {
      logits: tf.tensor2d(logits, [rows, columns]),
      labels: tf.tensor1d(labels, "int32"),
    }) as unknown as tf.Tensor[]).map((tensor) => tensor.dataSync());
    for (let row = 0; row < rows; row++) {
      const own = Array.from(logits.subarray(row * columns, (row + 1) * columns));
      const largest = Math.max(...own);
      const sum = own.reduce((total, value) => total + Math.exp(value - largest), 0);
      const loss = Math.log(sum) + largest - own[labels[row]!]!;
      // Rounded once for the loss; three times for the gradient.
      assertLess(Math.abs(losses![row]! - loss), 1.2e-7 * Math.max(loss, 1e-5));
      for (let c = 0; c < columns; c++) {
        const slope = Math.exp(own[c]! - largest) / sum - (c === labels[row] ? 1 : 0);
        assertLess(Math.abs(gradient![row * columns + c]! - slope), 2.4e-7);
      }
    }
  });

  await t.step("a relu keeps NaN", () => {
    assert(Number.isNaN(tf.relu(tf.tensor1d([NaN, -1, 1, 2, 3])).dataSync()[0]));
  });

  await t.step("shapes that do not fit and kernels that are wrong throw", () => {
    assertThrows(
      () =>
        tf.engine().runKernel("BatchMatMul", { a: tf.zeros([2, 3]), b: tf.zeros([4, 5]) }, {
          transposeA: false,
          transposeB: false,
        }),
      RangeError,
      "inner sides",
    );
    assertThrows(
      () =>
        tf.engine().runKernel("_FusedMatMul", {
          a: tf.zeros([2, 0]),
          b: tf.zeros([0, 3]),
          bias: tf.zeros([3]),
        }, { transposeA: false, transposeB: false, activation: "linear" }),
      RangeError,
      "whose inner side is 0",
    );
    assertThrows(
      () => tf.maxPool3d(tf.zeros([1, 2, 2, 2, 1]) as tf.Tensor5D, 2, 2, "valid"),
      Error,
      "MaxPool3D",
    );
    assertThrows(
      () =>
        tf.engine().runKernel("CrossEntropy", {
          logits: tf.zeros([1, 3]),
          labels: tf.tensor1d([3], "int32"),
        }),
      RangeError,
      "label 3",
    );
    const run = (kernel: string, inputs: Record<string, tf.Tensor>, attributes = {}) => () =>
      tf.engine().runKernel(kernel, inputs, attributes);
    const logits = tf.zeros([2, 3]);
    assertThrows(
      run("CrossEntropy", { logits, labels: tf.zeros([2]) }),
      RangeError,
      "one int32 for each row",
    );
    assertThrows(
      run("CrossEntropy", { logits, labels: tf.tensor1d([0], "int32") }),
      RangeError,
      "labels (1) of int32",
    );
    assertThrows(
      run("CrossEntropy", { logits: tf.zeros([1, 3], "int32"), labels: tf.tensor1d([0], "int32") }),
      TypeError,
      "current dtype is int32",
    );
    assertThrows(run("HardTanh", { x: tf.tensor1d([1], "int32") }), TypeError, "they must be float32");
    const product = { a: tf.zeros([2, 2]), b: tf.zeros([2, 3]) };
    const plain = { transposeA: false, transposeB: false };
    assertThrows(
      run("_FusedMatMul", { ...product, bias: tf.zeros([2]) }, { ...plain, activation: "linear" }),
      RangeError,
      "bias of shape (2) to 3 columns",
    );
    assertThrows(
      run("_FusedMatMul", { ...product, bias: tf.zeros([3]) }, { ...plain, activation: "softsign" }),
      Error,
      'the activation "softsign"',
    );
    assertThrows(
      run("FusedConv2D", { x: tf.zeros([1, 1, 4, 4]), filter: tf.zeros([2, 2, 1, 1]), bias: tf.zeros([1]) }, {
        strides: [1, 1],
        pad: "valid",
        dataFormat: "NCHW",
        dilations: [1, 1],
        activation: "linear",
      }),
      Error,
      "the channels must come last",
    );
  });

  backend.dispose();
});
