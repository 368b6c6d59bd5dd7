import { assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { orderedMean, orderedSum } from "../ordered_sum.ts";
import { startBackend } from "../start_backend.ts";

/** One rounding to float32 is 6e-8 at most; the sum in float64 adds 1e-13. */
const rounding = 6.1e-8;

/** The sums over some axes, and those of the magnitudes, in float64. */
function sumsOf(shape: readonly number[], values: Float32Array, axes: readonly number[]) {
  const kept = shape.map((side, axis) => axes.includes(axis) ? 1 : side);
  const count = kept.reduce((product, side) => product * side, 1);
  const sums = new Float64Array(count);
  const magnitudes = new Float64Array(count);
  // How far the place of the result moves with each index.
  const strides = kept.map((side, axis) => {
    return side === 1 ? 0 : kept.slice(axis + 1).reduce((product, next) => product * next, 1);
  });
  const index = shape.map(() => 0);
  let place = 0;
  for (const value of values) {
    sums[place]! += value;
    magnitudes[place]! += Math.abs(value);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      place -= index[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return { kept, sums, magnitudes };
}

/** Every set of axes but the empty one. */
function axisSets(rank: number): number[][] {
  return Array.from({ length: (1 << rank) - 1 }, (_, set) => {
    return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => (set + 1) >> axis & 1);
  });
}

function assertSums(shape: number[], values: Float32Array): void {
  const x = tf.tensor(values, shape);
  for (const axes of axisSets(shape.length)) {
    const { kept, sums, magnitudes } = sumsOf(shape, values, axes);
    const count = values.length / sums.length;
    for (const keepDims of [false, true]) {
      const [sum, mean] = tf.tidy(() => [tf.sum(x, axes, keepDims), tf.mean(x, axes, keepDims)]) as [
        tf.Tensor,
        tf.Tensor,
      ];
      assertEquals(sum.shape, keepDims ? kept : shape.filter((_, axis) => !axes.includes(axis)));
      assertEquals(mean.shape, sum.shape);
      for (const [result, scale] of [[sum, 1], [mean, count]] as const) {
        const found = result.dataSync();
        let worst = 0;
        for (let i = 0; i < sums.length; i++) {
          const error = Math.abs(found[i]! * scale - sums[i]!) / Math.max(magnitudes[i]!, Number.MIN_VALUE);
          worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
        }
        assertLess(worst, rounding, `[${shape}] over [${axes}]`);
        result.dispose();
      }
    }
  }
  x.dispose();
}

function mixed(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => ((i + seed) * 389 % 997) / 498.5 - 1);
}

const bitsOf = (tensor: tf.Tensor) => Array.from(new Int32Array(Float32Array.from(tensor.dataSync()).buffer));

Deno.test("reductions and scans", async (t) => {
  const backend = await startBackend({ threads: 2 });

  await t.step("sum() and mean() are those of float64 over every set of axes", () => {
    const side = fc.constantFrom<number>(1, 2, 3, 5, 15, 16, 21, 70);
    fc.assert(
      fc.property(fc.array(side, { minLength: 1, maxLength: 4 }), fc.nat(996), (shape, seed) => {
        const size = shape.reduce((product, side) => product * side, 1);
        fc.pre(size < 200_000);
        assertSums(shape, mixed(size, seed));
        assertSums(shape, mixed(size, seed).map(Math.abs));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  await t.step("sum() and mean() of many elements, cut into parts on each axis", () => {
    for (
      const shape of [[1_000_003], [100_003, 17], [17, 100_003], [300_001, 3], [3, 1000, 513], [2000, 3, 300]]
    ) {
      const size = shape.reduce((product, side) => product * side, 1);
      assertSums(shape, new Float32Array(size).fill(0.1));
      assertSums(shape, mixed(size, 5));
    }
  });

  await t.step("sum() and mean() of 10^7 elements over every set of 4 axes", () => {
    assertSums([40, 250, 100, 10], new Float32Array(1e7).fill(0.1));
  });

  await t.step("sum() counts beyond 2^24", () => {
    assertEquals(tf.tidy(() => tf.sum(tf.ones([3e7])).dataSync()[0]), 3e7);
  });

  await t.step("sum() over an axis of length 1 or of no axis is its argument", () => {
    const x = tf.tensor2d([[1, 2, 3]]);
    assertEquals(Array.from(tf.sum(x, 0).dataSync()), [1, 2, 3]);
    assertEquals(Array.from(tf.sum(x, []).dataSync()), [1, 2, 3]);
    assertEquals(Array.from(tf.mean(tf.scalar(5)).dataSync()), [5]);
  });

  await t.step("a NaN or an infinity stays in its sum alone", () => {
    const x = tf.tensor2d([[1, NaN], [2, 3], [Infinity, 1], [Infinity, -Infinity]]);
    assertEquals(Array.from(tf.sum(x, 1).dataSync()), [NaN, 5, Infinity, NaN]);
  });

  await t.step("prod() is that of float64", () => {
    const factor = Math.fround(1 + 2 ** -16);
    const found = tf.tidy(() => tf.prod(tf.fill([1_000_003], factor)).dataSync()[0]!);
    assertLess(Math.abs(found / Math.exp(1_000_003 * Math.log(factor)) - 1), rounding);
    const x = tf.tensor3d(mixed(2 * 5 * 3, 1), [2, 5, 3]);
    const values = x.dataSync();
    for (const [i, value] of tf.prod(x, 1).dataSync().entries()) {
      let product = 1;
      for (let k = 0; k < 5; k++) product *= values[15 * Math.floor(i / 3) + 3 * k + i % 3]!;
      assertLess(Math.abs(value - product), rounding * Math.abs(product));
    }
  });

  await t.step("integers and bools are counted as integers, modulo 2^32", () => {
    const x = tf.tensor2d([[2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1], [-(2 ** 31), -1, 5]], [2, 3], "int32");
    assertEquals([tf.sum(x, 1).dtype, tf.prod(x, 1).dtype, tf.mean(x, 1).dtype], [
      "int32",
      "int32",
      "float32",
    ]);
    assertEquals(Array.from(tf.sum(x, 1).dataSync()), [(3 * (2 ** 31 - 1)) | 0, (4 - 2 ** 31) | 0]);
    assertEquals(Array.from(tf.sum(x, 0).dataSync()), [-1, 2 ** 31 - 2, -(2 ** 31) + 4]);
    assertEquals(Array.from(tf.prod(tf.tensor1d([65_536, 32_769], "int32")).dataSync()), [
      (65_536 * 32_769) | 0,
    ]);
    assertEquals(Array.from(tf.mean(x).dataSync()), [Math.fround((3 * (2 ** 31 - 1) - 2 ** 31 + 4) / 6)]);
    const bools = tf.tensor2d([[true, false, true], [true, true, true]]);
    assertEquals(Array.from(tf.sum(bools, 1).dataSync()), [2, 3]);
    assertEquals(Array.from(tf.mean(bools, 0).dataSync()), [1, 0.5, 1]);
    assertEquals(tf.sum(bools).dtype, "int32");
    const many = tf.fill([5_000_000], 1000, "int32");
    assertEquals(tf.sum(many).dataSync()[0], 5e9 | 0);
    many.dispose();
  });

  await t.step("of no element there is the neutral one, or an error", () => {
    // What lies in memory that is given out anew must not be read.
    tf.tidy(() => void tf.fill([64], 7));
    const none = tf.zeros([0, 3]);
    const nothing = (operation: (x: tf.Tensor, axis: number) => tf.Tensor, x = none) => {
      return Array.from(operation(x, 0).dataSync());
    };
    assertEquals(nothing(tf.sum), [0, 0, 0]);
    assertEquals(nothing(tf.mean), [NaN, NaN, NaN]);
    assertEquals(nothing(tf.prod), [1, 1, 1]);
    assertEquals(nothing(tf.max), [-Infinity, -Infinity, -Infinity]);
    assertEquals(nothing(tf.min), [Infinity, Infinity, Infinity]);
    assertEquals(nothing(tf.logSumExp), [-Infinity, -Infinity, -Infinity]);
    assertEquals(nothing((x, axis) => tf.norm(x, 2, axis)), [0, 0, 0]);
    assertEquals(nothing((x, axis) => tf.moments(x, axis).variance), [NaN, NaN, NaN]);
    assertEquals(nothing(tf.sum, tf.zeros([0, 2], "int32")), [0, 0]);
    assertEquals(nothing(tf.max, tf.zeros([0, 2], "int32")), [-(2 ** 31), -(2 ** 31)]);
    assertEquals(nothing(tf.all, tf.zeros([0, 2], "bool")), [1, 1]);
    assertEquals(nothing(tf.any, tf.zeros([0, 2], "bool")), [0, 0]);
    assertEquals(nothing((x, axis) => orderedSum(x, [axis])), [0, 0, 0]);
    assertEquals(tf.sum(none).dataSync()[0], 0);
    for (const operation of [tf.sum, tf.max, tf.argMax, tf.cumsum]) {
      assertEquals(operation(none, 1).size, 0);
    }
    assertEquals([tf.softmax(none).shape, tf.cumsum(none, 0).shape], [[0, 3], [0, 3]]);
    for (const operation of [tf.argMax, tf.argMin]) {
      assertThrows(() => operation(none, 0), RangeError, "over an axis of length 0");
    }
  });

  await t.step("gradients of sum() and mean(), and of a bias", () => {
    const x = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
    assertEquals(Array.from(tf.grad((x) => tf.sum(x, 0))(x).dataSync()), [1, 1, 1, 1, 1, 1]);
    assertEquals(
      Array.from(tf.grad((x) => tf.mean(x, 1))(x).dataSync()),
      new Array(6).fill(Math.fround(1 / 3)),
    );
    const bias = tf.grad((bias) => tf.add(tf.fill([1_000_003, 2], 0.1), bias))(tf.zeros([2]));
    assertEquals(Array.from(bias.dataSync()), [1_000_003, 1_000_003]);
  });

  await t.step("moments(), norm() and losses of many elements", () => {
    const n = 1_000_003;
    const value = Math.fround(0.1);
    const close = (found: tf.Tensor, expected: number) => {
      assertLess(Math.abs(found.dataSync()[0]! / expected - 1), 3e-7);
    };
    tf.tidy(() => {
      const x = tf.fill([n], 0.1);
      const zeros = tf.zeros([n]);
      close(tf.norm(x), value * Math.sqrt(n));
      close(tf.norm(x, 1), value * n);
      close(tf.moments(x).mean, value);
      close(tf.moments(tf.concat([x, tf.neg(x)])).variance, value ** 2);
      close(tf.losses.meanSquaredError(zeros, x), value ** 2);
      close(tf.losses.absoluteDifference(zeros, x), value);
      close(tf.logSumExp(x), value + Math.log(n));
    });
  });

  await t.step("cumsum() and cumprod() are those of float64 along every axis", () => {
    for (const shape of [[7], [40_001], [3, 50, 5], [2, 600, 2], [37, 3], [530, 520]]) {
      const size = shape.reduce((product, side) => product * side, 1);
      const values = mixed(size, 3).map((value) => 1 + value / 100);
      const x = tf.tensor(values, shape);
      for (const axis of [...shape.keys(), -1]) {
        const along = (axis + shape.length) % shape.length;
        const stride = shape.slice(along + 1).reduce((product, side) => product * side, 1);
        const length = shape[along]!;
        for (const exclusive of [false, true]) {
          for (const reverse of [false, true]) {
            for (const operation of [tf.cumsum, tf.cumprod]) {
              const found = tf.tidy(() => operation(x, axis, exclusive, reverse).dataSync());
              const isSum = operation === tf.cumsum;
              let worst = 0;
              for (let start = 0; start < size; start++) {
                if (Math.floor(start / stride) % length !== 0) continue;
                let total = isSum ? 0 : 1;
                for (let step = 0; step < length; step++) {
                  const at = start + (reverse ? length - 1 - step : step) * stride;
                  const next = isSum ? total + values[at]! : total * values[at]!;
                  const expected = exclusive ? total : next;
                  worst = Math.max(worst, Math.abs(found[at]! - expected) / Math.max(expected, 1e-30));
                  total = next;
                }
              }
              assertLess(worst, rounding, `[${shape}] along ${axis}`);
            }
          }
        }
      }
      x.dispose();
    }
    assertEquals(Array.from(tf.cumsum(tf.tensor1d([2 ** 31 - 1, 1, 1], "int32")).dataSync()), [
      2 ** 31 - 1,
      -(2 ** 31),
      -(2 ** 31) + 1,
    ]);
    assertThrows(
      () => tf.engine().runKernel("Cumsum", { x: tf.tensor1d([true], "bool") }, { axis: 0 }),
      TypeError,
      "must be float32 or int32",
    );
  });

  await t.step("softmax() of many classes adds up to 1, each right to 1e-6", () => {
    const n = 1_000_003;
    const values = mixed(2 * n, 11).map((value) => 3 * value);
    const found = tf.tidy(() => tf.softmax(tf.tensor2d(values, [2, n])).dataSync());
    for (const row of [0, 1]) {
      const own = values.subarray(row * n, (row + 1) * n);
      const sum = own.reduce((total, value) => total + Math.exp(value), 0);
      let worst = 0;
      for (const [i, value] of own.entries()) {
        worst = Math.max(worst, Math.abs(found[row * n + i]! / (Math.exp(value) / sum) - 1));
      }
      assertLess(worst, 1e-6);
    }
  });

  await t.step("sums of what falls on one place are those of float64", () => {
    const n = 1_000_003;
    tf.tidy(() => {
      const ids = tf.zeros([n], "int32") as tf.Tensor1D;
      const weights = tf.fill([n], 0.1) as tf.Tensor1D;
      const expected = n * Math.fround(0.1);
      const sums = [
        tf.unsortedSegmentSum(weights, ids, 2),
        tf.bincount(ids, weights, 2),
        tf.denseBincount(ids, weights, 2),
        tf.scatterND(tf.reshape(ids, [n, 1]), weights, [2]),
      ];
      for (const sum of sums) {
        const [first, second] = sum.dataSync();
        assertLess(Math.abs(first! / expected - 1), rounding);
        assertEquals(second, 0);
      }
    });
    const numbers = tf.tensor2d([[0, 2, 2], [1, 5, 0]], [2, 3], "int32");
    const weights = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
    assertEquals(Array.from(tf.denseBincount(numbers, weights, 3).dataSync()), [1, 0, 5, 6, 4, 0]);
    const places = tf.tensor2d([[0, 1], [1, 0], [0, 1]], [3, 2], "int32");
    const updates = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
    assertEquals(Array.from(tf.scatterND(places, updates, [2, 2, 2]).dataSync()), [0, 0, 6, 8, 3, 4, 0, 0]);
    assertThrows(
      () => tf.scatterND(tf.tensor2d([[2]], [1, 1], "int32"), tf.tensor1d([1]), [2]),
      RangeError,
      "index 2 of update 0",
    );
    assertThrows(
      () => tf.bincount(tf.tensor1d([-1], "int32"), tf.tensor1d([1]), 2),
      RangeError,
      "number 0 is -1",
    );
  });

  await t.step("orderedSum() adds in float32, in parts of 256 rows or one after the other", () => {
    const inFloat32 = (values: Float32Array) =>
      values.reduce((total, value) => Math.fround(total + value), 0);
    const values = mixed(1000 * 3, 7).map(Math.abs);
    const x = tf.tensor2d(values, [1000, 3]);
    const columns = [0, 1, 2].map((column) => {
      const own = values.filter((_, i) => i % 3 === column);
      const parts = [0, 256, 512, 768].map((start) => inFloat32(own.subarray(start, start + 256)));
      return inFloat32(Float32Array.from(parts));
    });
    assertEquals(Array.from(orderedSum(x, [0]).dataSync()), columns);
    assertEquals(orderedSum(x, [0], true).shape, [1, 3]);
    assertEquals(orderedSum(x).dataSync()[0], inFloat32(values));
    const wide = tf.reshape(x, [3, 1000]);
    assertEquals(
      Array.from(orderedMean(wide, [1], true).dataSync()),
      [0, 1, 2].map((row) => Math.fround(inFloat32(values.subarray(1000 * row, 1000 * (row + 1))) / 1000)),
    );
  });

  await t.step("a reduction leaves no tensor behind", () => {
    const before = tf.memory();
    tf.tidy(() => {
      const x = tf.ones([300, 700, 2]);
      for (const axes of axisSets(3)) tf.mean(x, axes);
      tf.sum(tf.cast(x, "bool"), [0, 2]);
      tf.cumsum(x, 1);
      tf.softmax(tf.reshape(x, [4, -1]));
    });
    assertEquals([tf.memory().numTensors, tf.memory().numDataBuffers], [
      before.numTensors,
      before.numDataBuffers,
    ]);
  });

  backend.dispose();
});

Deno.test("reductions give the same bits on one, two and four threads", async () => {
  const prints: number[][] = [];
  for (const threads of [1, 2, 4]) {
    const backend = await startBackend({ threads });
    prints.push(tf.tidy(() => {
      const x = tf.tensor(mixed(300 * 70 * 4 * 9, 2), [300, 70, 4, 9]);
      const results = axisSets(4).flatMap((axes) => [tf.sum(x, axes), tf.mean(x, axes), orderedSum(x, axes)]);
      const rows = tf.reshape(x, [4, -1]);
      return [...results, tf.sum(tf.reshape(x, [-1, 9]), 0), tf.prod(tf.add(x, 1.5), 1), tf.cumsum(x, 2)]
        .concat(tf.cumsum(rows, 1), tf.softmax(rows)).flatMap(bitsOf);
    }));
    backend.dispose();
  }
  assertEquals(prints[1], prints[0]);
  assertEquals(prints[2], prints[0]);
});
