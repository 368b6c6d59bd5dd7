import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { lenet5 } from "../../../src/nn/descriptions/lenet5.ts";
import { countLayers } from "../../../src/nn/descriptions/network_description.ts";
import { inference, type Layer, type LayerMaker } from "../../../src/nn/layer.ts";
import { buildNetwork } from "./build_network.ts";
import { scaledTanh, tabledConvolution, trainedSubsampling } from "./layers.ts";

/** Runs a test on a backend of its own. */
function onBackend(test: () => void): () => Promise<void> {
  return async () => {
    const backend = await startBackend({ threads: 1 });
    try {
      test();
    } finally {
      backend.dispose();
    }
  };
}

function make(maker: LayerMaker, shape: readonly number[]): Layer {
  return maker(shape, 0, 1);
}

function applied(layer: Layer, x: tf.Tensor): number[] {
  return Array.from(layer.apply(x, inference).dataSync());
}

Deno.test(
  "buildNetwork() trains as many numbers as the description counts, layer by layer",
  onBackend(() => {
    const counted = countLayers(lenet5);
    const trained = (output: "rbf" | "softmax") =>
      buildNetwork(lenet5, output, 1).layers.map(({ name, parameters }) => ({
        name,
        parameters: parameters.reduce((sum, { variable }) => sum + variable.size, 0),
      }));
    assertEquals(trained("rbf"), counted.map(({ name, parameters }) => ({ name, parameters })));
    const sum = (layers: readonly { readonly parameters: number }[]) =>
      layers.reduce((total, { parameters }) => total + parameters, 0);
    assertEquals([sum(trained("rbf")), sum(trained("softmax"))], [60_000, 60_850]);
    const shapes = buildNetwork(lenet5, "rbf", 1).layers.map(({ outputShape }) => outputShape.join());
    assertEquals(
      shapes,
      counted.map(({ shape: [height, width, maps] }) =>
        height === 1 && maps !== 120 ? `${maps}` : `${[height, width, maps]}`
      ),
    );
  }),
);

Deno.test(
  "tabledConvolution() sums over the maps that each map sees, and over no other",
  onBackend(() => {
    const sees = [[0, 2], [1]];
    const layer = make(tabledConvolution({ kind: "convolution", name: "C", maps: 2, kernel: 2, sees }), [
      2,
      2,
      3,
    ]);
    const [weights, bias] = layer.parameters;
    assertEquals(weights!.variable.shape, [4, 3]);
    // Map 0 of the input is seen by map 0, 1 by 1, and 2 by 0: a column each.
    const columns = [[1, 2, 3, 4], [100, 200, 300, 400], [10, 20, 30, 40]];
    weights!.variable.assign(tf.transpose(tf.tensor2d(columns)));
    bias!.variable.assign(tf.tensor1d([0.5, -0.5]));
    const x = tf.tensor4d([1, 1, 1, 1, 2, 1, 1, 3, 1, 1, 4, 1], [1, 2, 2, 3]);
    assertEquals(applied(layer, x), [10 + 100 + 0.5, 100 + 400 + 900 + 1600 - 0.5]);
    const gradient = tf.variableGrads(() => tf.sum(layer.apply(x, inference)) as tf.Scalar, [
      weights!.variable,
    ]);
    assertEquals(
      Array.from(gradient.grads[weights!.variable.name]!.dataSync()),
      [1, 1, 1, 1, 2, 1, 1, 3, 1, 1, 4, 1],
    );
  }),
);

Deno.test(
  "tabledConvolution() samples weights by the values that a map sees",
  onBackend(() => {
    const sees = [[0], [0, 1, 2]];
    const layer = make(tabledConvolution({ kind: "convolution", name: "C", maps: 2, kernel: 20, sees }), [
      20,
      20,
      3,
    ]);
    const values = layer.parameters[0]!.variable.dataSync();
    const variance = (column: number) => {
      let sum = 0;
      for (let tap = 0; tap < 400; tap++) sum += values[tap * 4 + column]! ** 2;
      return sum / 400;
    };
    // Four standard errors of 400 squares of uniform values, whose relative variance is 4/5.
    assertAlmostEquals(variance(0) * 400, 1, 4 * Math.sqrt(0.8 / 400));
    // The first map of the input is seen by both, the others by the second alone.
    for (const column of [1, 2, 3]) assertAlmostEquals(variance(column) * 1200, 1, 4 * Math.sqrt(0.8 / 400));
  }),
);

Deno.test(
  "trainedSubsampling() starts as a mean, then is a sum times a coefficient plus a bias",
  onBackend(() => {
    const layer = make(trainedSubsampling({ kind: "subsampling", name: "S", window: 2 }), [2, 4, 1]);
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 1]);
    assertEquals([layer.outputShape, applied(layer, x)], [[1, 2, 1], [3.5, 5.5]]);
    const [coefficient, bias] = layer.parameters;
    coefficient!.variable.assign(tf.tensor1d([2]));
    bias!.variable.assign(tf.tensor1d([1]));
    assertEquals(applied(layer, x), [29, 45]);
  }),
);

Deno.test(
  "scaledTanh() maps 1 to 1 and is odd",
  onBackend(() => {
    const [low, zero, high] = scaledTanh(tf.tensor1d([-1, 0, 1])).dataSync();
    assertAlmostEquals(high!, 1, 1e-4);
    assertEquals([zero, low], [0, -high!]);
  }),
);

Deno.test("buildNetwork() refuses layers that LeNet-5 has not", () => {
  const layer = { kind: "pooling", name: "pool1", window: 2, stride: 2 } as const;
  assertThrows(
    () => buildNetwork({ name: "other", input: [4, 4, 1], layers: [layer] }, "rbf", 1),
    RangeError,
    "Cannot build the layer pool1",
  );
});
