import { assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { activation } from "./activation.ts";
import { batchNorm } from "./batch_norm.ts";
import { conv2d } from "./conv2d.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { constant, orthogonal } from "./initializers.ts";
import type { LayerMaker } from "./layer.ts";
import { Network } from "./network.ts";
import { Optimizer } from "./optimizer.ts";
import { pool2d } from "./pool2d.ts";

/** The layers of the test, each at the end of a small network that gives it something to do. */
const networks: Record<string, readonly LayerMaker[]> = {
  dense: [dense(5)],
  "dense, rectified": [dense(5, { activation: "relu", init: orthogonal })],
  conv2d: [conv2d(3, 3)],
  "conv2d, rectified, without padding": [conv2d(3, 2, { activation: "relu", pad: "valid" })],
  "max pool": [conv2d(2, 3), pool2d("max", 2)],
  "average pool": [conv2d(2, 3), pool2d("average", 2)],
  "batch norm": [conv2d(2, 3), batchNorm()],
  dropout: [dense(6), dropout(0.5)],
  tanh: [dense(4), activation("tanh")],
  "hard tanh": [dense(4), activation("hardTanh")],
  sigmoid: [dense(4), activation("sigmoid")],
};

const pass = { training: true, step: 1 };

Deno.test("gradients of every layer against central differences", async (t) => {
  const backend = await startBackend({ threads: 2 });
  const stream = randomStream("layers", 1);
  const x = tf.tensor(Float32Array.from({ length: 4 * 6 * 6 * 2 }, () => stream.normal()), [4, 6, 6, 2]);
  const labels = tf.tensor1d([0, 1, 2, 1], "int32");
  for (const [name, layers] of Object.entries(networks)) {
    await t.step(name, () => {
      const network = new Network([6, 6, 2], [...layers, dense(3)], 2);
      const loss = () => crossEntropy(network.apply(x, pass), labels);
      const variables = network.parameters.map(({ variable }) => variable);
      const { grads } = tf.variableGrads(loss, variables);
      for (const { name, variable } of network.parameters) {
        const gradient = grads[variable.name]!;
        // Along the gradient itself, the slope is its norm; the step keeps rounding (6e-8 / h) and curvature small.
        const norm = Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]!);
        if (norm < 1e-6) continue; // the bias before a batch norm
        const h = 3e-3 / norm;
        const start = variable.clone();
        const at = (step: number) => {
          variable.assign(tf.add(start, tf.mul(gradient, step)));
          return loss().dataSync()[0]!;
        };
        const slope = (at(h) - at(-h)) / (2 * h);
        variable.assign(start);
        assertLess(Math.abs(slope / norm ** 2 - 1), 0.02, `${name}: ${slope} and ${norm ** 2}`);
      }
      network.dispose();
    });
  }
  backend.dispose();
});

Deno.test("a network holds its memory flat over 1,000 steps", async () => {
  const backend = await startBackend({ threads: 2 });
  const network = new Network([8, 8, 1], [
    conv2d(4, 3, { activation: "relu" }),
    pool2d("max", 2),
    batchNorm(),
    dropout(0.1),
    dense(3),
  ], 1);
  const optimizer = new Optimizer(network.parameters, { rule: "adam", decay: { weight: 1e-3 } });
  const x = tf.ones([8, 8, 8, 1]);
  const labels = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], "int32");
  const variables = network.parameters.map(({ variable }) => variable);
  const held: number[][] = [];
  for (let step = 0; step < 1000; step++) {
    const { value, grads } = tf.variableGrads(
      () => crossEntropy(network.apply(x, { training: true, step }), labels),
      variables,
    );
    optimizer.update(grads, 1e-3);
    tf.dispose([value, grads]);
    if (step % 500 === 499) {
      const { numTensors, numBytes } = tf.memory();
      const wasm =
        (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.buffer.byteLength;
      held.push([numTensors, numBytes, wasm]);
    }
  }
  assertEquals(held[1], held[0]);
  backend.dispose();
});

Deno.test("batchNorm() normalises the batch, and follows mean and unbiased variance", async () => {
  const backend = await startBackend({ threads: 1 });
  const layer = batchNorm({ affine: false, epsilon: 0, momentum: 0.5 })([1], 0, 1);
  const x = tf.tensor2d([[1], [3]]);
  assertEquals(Array.from(layer.apply(x, pass).dataSync()), [-1, 1]);
  assertEquals(layer.state.map(({ variable }) => variable.dataSync()[0]), [1, 1.5]);
  const [value] = layer.apply(x, { training: false, step: 0 }).dataSync();
  assertEquals(value, 0);
  backend.dispose();
});

Deno.test("a frozen parameter keeps its bits", async () => {
  const backend = await startBackend({ threads: 1 });
  const network = new Network([2], [dense(3), dense(2, { init: constant(1) })], 1);
  const frozen = network.layers[0]!.parameters[0]!.variable;
  frozen.trainable = false;
  const before = frozen.dataSync().slice();
  const optimizer = new Optimizer(network.parameters, { rule: "sgd" });
  const { grads } = tf.variableGrads(
    () => crossEntropy(network.apply(tf.ones([1, 2]), pass), tf.tensor1d([0], "int32")),
    network.parameters.map(({ variable }) => variable),
  );
  optimizer.update(grads, 0.1);
  assertEquals(frozen.dataSync(), before);
  assertEquals(network.parameters.length, 3);
  backend.dispose();
});

Deno.test("layers refuse inputs that they do not fit", () => {
  const shapes: [LayerMaker, number[], string][] = [
    [pool2d("max", 2), [10], "Cannot pool inputs of shape (10)"],
    [pool2d("average", 3), [2, 6, 1], "windows of side 3"],
    [conv2d(4, 3), [10], "Cannot convolve inputs of shape (10)"],
    [conv2d(4, 3, { pad: "valid" }), [6, 2, 1], "a filter of side 3"],
  ];
  for (const [layer, shape, message] of shapes) assertThrows(() => layer(shape, 0, 1), RangeError, message);
  assertThrows(() => dropout(1), RangeError, "Cannot drop values at rate 1");
});
