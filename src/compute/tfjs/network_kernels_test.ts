import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { difference, distinctValues, runOn } from "./compare_backends.ts";
import { startBackend } from "./start_backend.ts";

/** As in kernels_test.ts. */
const tolerance = 2e-5;

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;
type T1 = tf.Tensor1D;
type T4 = tf.Tensor4D;
type Shapes = readonly (readonly number[])[];

/** That ours agree with the cpu backend, which may run another operation that gives the same. */
async function assertAgrees(shapes: Shapes, operation: Operation, reference = operation): Promise<void> {
  const inputs = shapes.map((shape, i) => distinctValues(shape, 100 * i));
  const actual = await runOn("wasm", inputs, operation);
  assertLess(difference(actual, await runOn("cpu", inputs, reference)), tolerance);
}

/** That the gradient of a linear operation is what its result gains from each value of its input. */
function assertTransposed(shape: readonly number[], operation: (x: tf.Tensor) => tf.Tensor): void {
  tf.tidy(() => {
    const size = shape.reduce((product, side) => product * side, 1);
    // One image of the batch for each value.
    const units = tf.eye(size).dataSync();
    const results = Array.from({ length: size }, (_, i) => {
      return operation(tf.tensor(units.slice(i * size, (i + 1) * size), [...shape]));
    });
    const weights = tf.tensor(distinctValues(results[0]!.shape, 5).data, results[0]!.shape);
    const x = tf.tensor(distinctValues(shape, 3).data, [...shape]);
    const gradient = tf.grad((x) => tf.sum(tf.mul(operation(x), weights)))(x).dataSync();
    const expected = results.map((result) => tf.sum(tf.mul(result, weights)).dataSync()[0]!);
    for (const [i, value] of gradient.entries()) assertAlmostEquals(value, expected[i]!, 2e-5);
  });
}

/** The filter without holes that sees what a dilated one does: (height, width, in, out). */
function withHoles(filter: tf.Tensor, [down, across]: [number, number]): tf.Tensor {
  const [height, width, ...channels] = filter.shape as [number, number, number, number];
  const count = channels[0]! * channels[1]!;
  const apart = tf.pad(tf.reshape(filter, [height * width, count]), [[0, 0], [0, 0]]);
  const rows = Array.from({ length: (height - 1) * down + 1 }, (_, y) => {
    const pixels = Array.from({ length: (width - 1) * across + 1 }, (_, x) => {
      if (y % down !== 0 || x % across !== 0) return tf.zeros([1, count]);
      return tf.slice(apart, [(y / down) * width + x / across, 0], [1, count]);
    });
    return tf.concat(pixels, 0);
  });
  return tf.reshape(tf.stack(rows), [rows.length, (width - 1) * across + 1, ...channels]);
}

const side = fc.integer({ min: 1, max: 12 });
const small = fc.integer({ min: 1, max: 3 });
const channel = fc.integer({ min: 1, max: 9 });
const pad = fc.constantFrom("same" as const, "valid" as const);
const runs = { numRuns: 30, seed: 1 };

Deno.test("kernels of networks agree with the cpu backend or with what they stand for", async (t) => {
  const backend = await startBackend({ threads: 2 });

  await t.step("conv2d() of a dilated filter, with gradients", async () => {
    await fc.assert(
      fc.asyncProperty(
        side,
        side,
        channel,
        small,
        small,
        fc.tuple(small, small),
        pad,
        async (h, w, c, fh, fw, dilations, pad) => {
          const [down, across] = dilations;
          const x = [2, h + (fh - 1) * down, w + (fw - 1) * across, c];
          await assertAgrees(
            [x, [fh, fw, c, 10 - c]],
            (x, filter) => tf.conv2d(x as T4, filter as T4, 1, pad, "NHWC", dilations),
            (x, filter) => tf.conv2d(x as T4, withHoles(filter!, dilations) as T4, 1, pad),
          );
        },
      ),
      runs,
    );
  });

  await t.step("fused conv2d() of a dilated filter", async () => {
    const run = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor, dilations: [number, number]) => {
      return tf.fused.conv2d({
        x: x as T4,
        filter: filter as T4,
        strides: 1,
        pad: "same",
        dilations,
        bias,
        activation: "relu",
      });
    };
    await assertAgrees(
      [[2, 7, 9, 3], [3, 2, 3, 5], [5]],
      (x, filter, bias) => run(x!, filter!, bias!, [2, 3]),
      (x, filter, bias) => run(x!, withHoles(filter!, [2, 3]), bias!, [1, 1]),
    );
  });

  await t.step("depthwiseConv2d() with strides and multipliers, with gradients", async () => {
    await fc.assert(
      fc.asyncProperty(
        side,
        side,
        fc.integer({ min: 1, max: 19 }),
        small,
        small,
        fc.tuple(small, small),
        small,
        pad,
        async (h, w, c, fh, fw, strides, multiplier, pad) => {
          await assertAgrees([[2, h + fh, w + fw, c], [fh, fw, c, multiplier]], (x, filter) => {
            return tf.depthwiseConv2d(x as T4, filter as T4, strides, pad);
          });
        },
      ),
      runs,
    );
  });

  await t.step("depthwiseConv2d() of a dilated filter, with gradients", async () => {
    for (const [multiplier, dilations] of [[1, [2, 2]], [2, [1, 3]], [1, [3, 1]]] as const) {
      for (const pad of ["same", "valid"] as const) {
        await assertAgrees(
          [[2, 9, 8, 5], [3, 2, 5, multiplier]],
          (x, filter) => tf.depthwiseConv2d(x as T4, filter as T4, 1, pad, "NHWC", [...dilations]),
          (x, filter) => tf.depthwiseConv2d(x as T4, withHoles(filter!, [...dilations]) as T4, 1, pad),
        );
      }
    }
  });

  await t.step("depthwiseConv2d() of many channels and one image", async () => {
    await assertAgrees(
      [[1, 5, 5, 70], [3, 3, 70, 1]],
      (x, filter) => tf.depthwiseConv2d(x as T4, filter as T4, 1, "same"),
    );
  });

  await t.step("fused depthwiseConv2d() with bias and activation", async () => {
    for (const activation of ["linear", "relu", "relu6", "elu"] as const) {
      await assertAgrees([[2, 6, 6, 3], [3, 3, 3, 2], [6]], (x, filter, bias) => {
        return tf.fused.depthwiseConv2d({
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

  await t.step("localResponseNormalization(), with its gradient", async () => {
    for (
      const [radius, bias, alpha, beta] of [[2, 1, 1e-4, 0.75], [1, 2, 1, 0.5], [0, 1, 0.1, 1], [
        9,
        1,
        0.3,
        0.75,
      ]] as const
    ) {
      await assertAgrees(
        [[2, 3, 4, 11]],
        (x) => tf.localResponseNormalization(x as T4, radius, bias, alpha, beta),
      );
    }
  });

  await t.step("batchNorm() with given moments, with the gradient of each", async () => {
    for (const shape of [[2, 3, 4, 6], [3, 5], [2, 3, 4, 1]]) {
      const channels = [shape.at(-1)!];
      const spread = (variance: tf.Tensor) => tf.add(tf.square(variance), 0.5);
      await assertAgrees(
        [shape, channels, channels, channels, channels],
        (x, mean, variance, offset, scale) => {
          return tf.batchNorm(x!, mean as T1, spread(variance!) as T1, offset as T1, scale as T1, 1e-3);
        },
        (x, mean, variance, offset, scale) => {
          const root = tf.sqrt(tf.add(spread(variance!), 1e-3));
          return tf.add(tf.mul(tf.div(tf.sub(x!, mean!), root), scale!), offset!);
        },
      );
    }
    const normalize = (x: tf.Tensor) => tf.batchNorm(x, tf.ones([2]) as T1, tf.fill([2], 0.249) as T1);
    for (const value of normalize(tf.tensor2d([[2, 3]])).dataSync().entries()) {
      assertAlmostEquals(value[1], 2 + 2 * value[0], 1e-6);
    }
    assertThrows(() => tf.grad((x) => tf.sum(normalize(x)))(tf.ones([3, 2])), TypeError, "give all of them");
    // Moments of the shape of the input run on the shipped kernel.
    await assertAgrees(Array.from({ length: 5 }, () => [2, 3, 2, 2]), (x, mean, variance, offset, scale) => {
      return tf.batchNorm(x!, mean as T4, tf.add(tf.square(variance!), 0.5) as T4, offset as T4, scale as T4);
    });
  });

  await t.step("clipByValue(), whose gradient passes the bounds themselves", async () => {
    await assertAgrees([[40_001]], (x) => tf.clipByValue(x!, -0.25, 0.5));
    const gradient = tf.grad((x) => tf.sum(tf.clipByValue(x, -1, 2)));
    // Four at a time, and those that are left.
    assertEquals([...gradient(tf.tensor1d([-2, -1, 0, 2, 3, NaN])).dataSync()], [0, 1, 1, 1, 0, 0]);
    assertEquals([...gradient(tf.tensor1d([NaN, 3, -2, 4, -1, 2])).dataSync()], [0, 0, 0, 0, 1, 1]);
  });

  await t.step("the gradients of resized images are transposes", () => {
    for (const [corners, centres] of [[false, false], [true, false], [false, true]] as const) {
      for (const size of [[7, 9], [2, 3], [5, 1]] as [number, number][]) {
        for (const shape of [[2, 3, 4, 2], [1, 1, 4, 1]]) {
          assertTransposed(shape, (x) => tf.image.resizeBilinear(x as T4, size, corners, centres));
          assertTransposed(shape, (x) => tf.image.resizeNearestNeighbor(x as T4, size, corners, centres));
        }
      }
    }
  });

  await t.step("image.transform() takes the image as it goes on beyond its border", () => {
    const image = tf.tensor4d([1, 2, 3, 4], [1, 1, 4, 1]);
    const moved = (
      by: number,
      fill: "constant" | "reflect" | "wrap" | "nearest",
      interpolation: "nearest" | "bilinear",
    ) => {
      const map = tf.tensor2d([[1, 0, by, 0, 1, 0, 0, 0]]);
      return [...tf.image.transform(image, map, interpolation, fill, 9).dataSync()];
    };
    for (const interpolation of ["nearest", "bilinear"] as const) {
      assertEquals(moved(-1, "constant", interpolation), [9, 1, 2, 3]);
      assertEquals(moved(-6, "reflect", interpolation), [3, 4, 4, 3]);
      assertEquals(moved(2, "reflect", interpolation), [3, 4, 4, 3]);
      assertEquals(moved(9, "wrap", interpolation), [2, 3, 4, 1]);
      assertEquals(moved(-6, "wrap", interpolation), [3, 4, 1, 2]);
      assertEquals(moved(-2, "nearest", interpolation), [1, 1, 1, 2]);
    }
    assertEquals(moved(0.25, "nearest", "bilinear"), [1.25, 2.25, 3.25, 4]);
    assertEquals(moved(0.5, "wrap", "bilinear"), [1.5, 2.5, 3.5, 2.5]);
    const nowhere = tf.tensor2d([[1, 0, 0, 0, 1, 0, -1, 0]]);
    assertEquals([...tf.image.transform(image, nowhere, "nearest", "reflect", 9).dataSync()], [1, 9, 2, 1]);
  });

  await t.step("image.transform() of a batch is that of each image on the cpu backend", async () => {
    // That one stops behind the first image.
    const images = distinctValues([3, 5, 4, 2], 0);
    const transforms = [
      [1.1, 0.2, -1.3, -0.1, 0.9, 0.7, 0.001, 0.002],
      [1, 0, 1.4, 0, 1, -0.4, 0, 0],
      [0, 1, 0.1, 1, 0, 0, 0, 0],
    ];
    for (const interpolation of ["nearest", "bilinear"] as const) {
      for (const fill of ["constant", "reflect", "nearest"] as const) {
        const run = (first: number, last: number) =>
          tf.tidy(() => {
            const x = tf.slice(tf.tensor(images.data, [3, 5, 4, 2]) as T4, [first, 0, 0, 0], [
              last - first,
              5,
              4,
              2,
            ]);
            const maps = tf.tensor2d(transforms.slice(first, last));
            return Float32Array.from(
              tf.image.transform(x, maps, interpolation, fill, 0.5, [6, 3]).dataSync(),
            );
          });
        const actual = run(0, 3);
        await tf.setBackend("cpu");
        const expected = [0, 1, 2].flatMap((n) => [...run(n, n + 1)]);
        await tf.setBackend("wasm");
        for (const [i, value] of expected.entries()) assertAlmostEquals(actual[i]!, value, 1e-5);
      }
    }
  });

  await t.step("concat(), slice() and split() along every axis, with gradients", async () => {
    const axes = fc.integer({ min: 1, max: 5 }).chain((rank) => {
      return fc.tuple(
        fc.array(fc.integer({ min: 2, max: 5 }), { minLength: rank, maxLength: rank }),
        fc.integer({ min: 0, max: rank - 1 }),
      );
    });
    await fc.assert(
      fc.asyncProperty(axes, fc.integer({ min: 0, max: 3 }), async ([shape, axis], other) => {
        const wider = shape.with(axis, other);
        // The gradient of tfjs of an empty tensor has no kernel on the cpu backend.
        await assertAgrees(
          other === 0 ? [shape, shape] : [shape, wider, shape],
          (...x) => tf.concat(x, axis),
        );
        const begin = shape.map((length, i) => (length * (i + other)) % length);
        const size = shape.map((length, i) => i === axis || other % 2 === 0 ? length - begin[i]! : 1);
        await assertAgrees([shape], (x) => tf.slice(x!, begin, size));
        await assertAgrees(
          [shape],
          (x) =>
            tf.slice(
              x!,
              shape.map((_, i) => i === axis ? 1 : 0),
              shape.map((length, i) => i === axis ? length - 1 : length),
            ),
        );
        await assertAgrees(
          [shape],
          (x) => tf.mul(...tf.split(x!, [1, shape[axis]! - 1], axis) as [tf.Tensor, tf.Tensor]),
        );
      }),
      runs,
    );
  });

  await t.step("concat() and slice() of whole numbers, truths and empty tensors", () => {
    assertEquals(tf.concat([tf.tensor1d([2 ** 24 + 1], "int32"), tf.tensor1d([-1], "int32")]).arraySync(), [
      2 ** 24 + 1,
      -1,
    ]);
    assertEquals(
      tf.concat([tf.tensor1d([true]), tf.tensor1d([false, true])] as T1[]).arraySync(),
      [1, 0, 1] as never,
    );
    assertEquals(tf.concat([tf.zeros([2, 0]), tf.ones([2, 1])], 1).arraySync(), [[1], [1]]);
    assertEquals(tf.slice(tf.tensor2d([[1, 2], [3, 4]], [2, 2], "int32"), [0, 1], [2, 1]).arraySync(), [[2], [
      4,
    ]]);
    assertEquals(tf.slice(tf.ones([3, 2]), [3, 0], [0, 2]).shape, [0, 2]);
    assertThrows(() => tf.slice(tf.ones([3]), 2, 2), Error);
  });

  await t.step("a clone shares the values of a tensor, and has its own of a variable", () => {
    const running = tf.backend() as unknown as { getMemoryOffset(data: object): number };
    const place = (tensor: tf.Tensor) => running.getMemoryOffset(tensor.dataId);
    const tensor = tf.ones([3]);
    const variable = tf.variable(tensor);
    const [first, second] = [tensor.clone(), variable.clone()];
    assertEquals(place(first), place(tensor));
    assertEquals(place(second) === place(variable), false);
    tensor.dispose();
    variable.dispose();
    assertEquals([...first.dataSync()], [1, 1, 1]);
    assertEquals([...second.dataSync()], [1, 1, 1]);
  });

  await t.step(
    "the gradients of maxima, minima and squared differences are summed where an operand is repeated",
    async () => {
      for (const operation of [tf.maximum, tf.minimum, tf.squaredDifference]) {
        for (const shape of [[3, 4], [4], [3, 1], [1], []]) {
          // The cpu backend repeats it by a product, whose gradient tfjs sums.
          const whole = (b: tf.Tensor) => tf.mul(b, tf.ones([2, 3, 4]));
          await assertAgrees(
            [[2, 3, 4], shape],
            (a, b) => operation(a!, b!),
            (a, b) => operation(a!, whole(b!)),
          );
          await assertAgrees(
            [shape, [2, 3, 4]],
            (a, b) => operation(a!, b!),
            (a, b) => operation(whole(a!), b!),
          );
        }
      }
    },
  );

  await t.step("the gradient of cumsum() is its transpose along every axis", () => {
    for (const axis of [0, 1, 2]) {
      for (const exclusive of [false, true]) {
        for (const reverse of [false, true]) {
          assertTransposed([3, 2, 4], (x) => tf.cumsum(x, axis, exclusive, reverse));
        }
      }
    }
  });

  await t.step("kernels that hold memory for a while give it back", () => {
    const count = () => (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
    const x = tf.ones([2, 8, 8, 3]) as T4;
    const filter = tf.ones([3, 3, 3, 2]) as T4;
    const before = count();
    tf.tidy(() => {
      const dilated = (x: tf.Tensor, filter: tf.Tensor) =>
        tf.sum(tf.conv2d(x as T4, filter as T4, 1, "same", "NHWC", 2));
      tf.grads(dilated)([x, filter]);
      tf.grads((x, filter) => tf.sum(tf.depthwiseConv2d(x as T4, filter as T4, 1, "same")))([x, filter]);
      tf.fused.depthwiseConv2d({
        x,
        filter,
        strides: 1,
        pad: "same",
        bias: tf.ones([6]),
        activation: "relu6",
      });
    });
    assertEquals(count(), before);
  });

  await t.step("what is not supported says so", () => {
    const run = (kernel: string, inputs: Record<string, tf.Tensor>, attributes = {}) => () =>
      tf.engine().runKernel(kernel, inputs, attributes);
    const attributes = { strides: 1, pad: "same", dilations: 1 };
    const x = tf.ones([1, 4, 4, 2]);
    assertThrows(
      run("DepthwiseConv2dNative", { x, filter: tf.ones([2, 2, 2, 1]) }, {
        ...attributes,
        dataFormat: "NCHW",
      }),
      Error,
      "the channels must come last",
    );
    assertThrows(
      run("DepthwiseConv2dNative", { x, filter: tf.ones([300, 300, 2, 1]) }, attributes),
      RangeError,
      "at most 40960",
    );
    assertThrows(
      run(
        "DepthwiseConv2dNative",
        { x: tf.ones([1, 4, 4, 2], "int32"), filter: tf.ones([2, 2, 2, 1]) },
        attributes,
      ),
      TypeError,
      "current dtype is int32",
    );
    assertThrows(
      () =>
        tf.grad((x) =>
          tf.sum(tf.conv3d(x as tf.Tensor5D, tf.ones([1, 1, 1, 1, 1]) as tf.Tensor5D, 1, "same"))
        )(tf.ones([1, 2, 2, 2, 1])),
      Error,
      "Conv3DBackpropInputV2",
    );
    const fused = (x: tf.Tensor) =>
      tf.sum(
        tf.engine().runKernel("FusedConv2D", { x, filter: tf.ones([2, 2, 2, 1]) }, {
          ...attributes,
          dataFormat: "NHWC",
          activation: "sigmoid",
        }) as tf.Tensor,
      );
    assertThrows(() => tf.grad(fused)(x), Error, 'the gradient of a fused "sigmoid"');
  });

  await t.step("a dilated gradient on another backend says which one has it", async () => {
    await tf.setBackend("cpu");
    const dilated = (x: tf.Tensor) =>
      tf.sum(tf.conv2d(x as T4, tf.ones([2, 2, 1, 1]) as T4, 1, "same", "NHWC", 2));
    assertThrows(
      () => tf.grad(dilated)(tf.ones([1, 4, 4, 1])),
      Error,
      "start that of this project by startBackend()",
    );
    await tf.setBackend("wasm");
  });

  backend.dispose();
});
