import { assertEquals, assertLess, assertLessOrEqual, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { crossEntropy } from "../../../src/nn/cross_entropy.ts";
import { dense } from "../../../src/nn/dense.ts";
import { inference } from "../../../src/nn/layer.ts";
import { Network } from "../../../src/nn/network.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { frameSpectrum } from "./frame_spectrum.ts";
import { largestExpansion } from "./largest_expansion.ts";
import { projection, type ProjectionLayer } from "./projection.ts";
import { tightFrame } from "./tight_frame.ts";
import { unitChannels } from "./unit_channels.ts";

function normals(shape: number[], seed: number): tf.Tensor {
  const stream = randomStream("normals", seed);
  return tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => stream.normal()), shape);
}

function layerOf(channels: number, d: number, beta = 0.05): ProjectionLayer {
  return projection({ channels, beta })([3, 3, d], 0, 1) as ProjectionLayer;
}

/** How far P P^T is from the identity. */
function tightness({ projection: { variable } }: ProjectionLayer): number {
  const transposed = tf.transpose(variable as tf.Tensor2D);
  return frameSpectrum(Float32Array.from(transposed.dataSync()), variable.shape[0]!).tightness;
}

Deno.test("projection()", async (t) => {
  const backend = await startBackend({ threads: 2 });

  await t.step("is P x at each position", () => {
    const layer = layerOf(4, 7);
    const x = normals([2, 3, 3, 7], 1);
    const [P, points] = [layer.projection.variable.dataSync(), x.dataSync()];
    const y = layer.apply(x, inference);
    assertEquals(y.shape, [2, 3, 3, 4]);
    for (const [i, value] of y.dataSync().entries()) {
      const [position, row] = [Math.floor(i / 4), i % 4];
      let expected = 0;
      for (let k = 0; k < 7; k++) expected += P[row * 7 + k]! * points[position * 7 + k]!;
      assertLess(Math.abs(value - expected), 1e-5);
    }
  });

  await t.step("starts with orthonormal rows, a contraction", () => {
    const layer = layerOf(16, 40);
    assertLess(tightness(layer), 1e-5);
    const f = (x: tf.Tensor) => layer.apply(x, inference);
    const expansion = largestExpansion(f, normals([50, 3, 3, 40], 1), normals([50, 3, 3, 40], 2));
    assertLessOrEqual(expansion, 1);
  });

  await t.step("constrain() brings the rows back to orthonormal ones", () => {
    const layer = layerOf(16, 40);
    const { variable } = layer.projection;
    variable.assign(tf.add(variable, tf.mul(normals([16, 40], 3), 0.05)));
    const before = tightness(layer);
    const held = tf.memory().numTensors;
    for (let step = 0; step < 100; step++) layer.constrain();
    assertEquals(tf.memory().numTensors, held);
    assertLess(0.3, before);
    assertLess(tightness(layer), 1e-3);
  });

  await t.step("constrain() multiplies beta by its strength", () => {
    const [strong, plain] = [layerOf(3, 5, 0.02), layerOf(3, 5, 0.06)];
    const moved = normals([3, 5], 6);
    for (const layer of [strong, plain]) layer.projection.variable.assign(moved);
    strong.constrain(3);
    plain.constrain();
    const difference = tf.sub(strong.projection.variable, plain.projection.variable);
    assertLess(tf.max(tf.abs(difference)).dataSync()[0]!, 1e-6);
  });

  await t.step("has the gradient of central differences, with unit channels and a frame behind it", () => {
    const network = new Network([2, 2, 9], [
      projection({ channels: 5, beta: 0 }),
      unitChannels(),
      tightFrame({ atoms: 12, kind: "relu", level: 0.1, beta: 0 }),
      dense(3),
    ], 3);
    const [x, labels] = [normals([6, 2, 2, 9], 4), tf.tensor1d([0, 1, 2, 0, 1, 2], "int32")];
    const loss = () => crossEntropy(network.apply(x, inference), labels);
    const variables = network.parameters.map(({ variable }) => variable);
    const { grads } = tf.variableGrads(loss, variables);
    for (const { name, variable } of network.parameters) {
      const gradient = grads[variable.name]!;
      const norm = Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]!);
      // Along the gradient, the slope is its norm; the step keeps rounding and curvature small.
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
  });

  await t.step("refuses more channels than there are, and part of one", () => {
    assertThrows(() => layerOf(8, 7), RangeError, "Cannot project 7 channels to 8");
    assertThrows(() => layerOf(2.5, 7), RangeError, "to 2.5");
    assertThrows(() => layerOf(0, 7), RangeError, "to 0");
  });

  backend.dispose();
});

Deno.test("unitChannels() gives unit vectors at each position, and leaves a position of zeros", async () => {
  const backend = await startBackend({ threads: 1 });
  const x = normals([3, 2, 2, 5], 5).dataSync() as Float32Array;
  x.fill(0, 10, 15);
  const y = unitChannels()([2, 2, 5], 0, 1).apply(tf.tensor(x, [3, 2, 2, 5]), inference)
    .dataSync() as Float32Array;
  for (let position = 0; position < 12; position++) {
    const squares = y.subarray(5 * position, 5 * position + 5).reduce((sum, value) => sum + value ** 2, 0);
    assertLess(Math.abs(squares - (position === 2 ? 0 : 1)), 1e-6, `position ${position}`);
  }
  backend.dispose();
});
