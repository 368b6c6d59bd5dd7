import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { deadLeaves } from "../../data/stand_ins/dead_leaves.ts";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { poolingProbabilities, sampleBlocks } from "./block_sampling.ts";
import { ConvolutionalRbm } from "./convolutional_rbm.ts";
import { learnFirstLayer } from "./learn_first_layer.ts";
import { cropImage, prepareImage } from "./prepare_image.ts";

const shape = { channels: 2, filters: 3, side: 3, pool: 2, visible: "binary" } as const;

function machine(seed = 1): ConvolutionalRbm {
  return new ConvolutionalRbm("test", shape, {
    deviation: 0.5,
    hiddenBias: -0.5,
    visibleBias: [0.2, -0.3],
    seed,
  });
}

Deno.test("sampleBlocks() samples one unit of a block at most, as often as its probability says", () => {
  const drive = { values: Float32Array.of(1, -2, 0.5, 0), rows: 2, columns: 2, filters: 1 };
  const sum = 1 + [1, -2, 0.5, 0].reduce((total, value) => total + Math.exp(value), 0);
  const stream = randomStream("blocks", 1);
  const counts = [0, 0, 0, 0];
  const samples = 20_000;
  for (let i = 0; i < samples; i++) {
    const { states } = sampleBlocks(drive, 2, stream);
    assert(states.reduce((a, b) => a + b) <= 1);
    states.forEach((state, k) => counts[k]! += state);
  }
  drive.values.forEach((value, k) => {
    const p = Math.exp(value) / sum;
    assertAlmostEquals(sampleBlocks(drive, 2).probabilities[k]!, p, 1e-6);
    assertAlmostEquals(counts[k]! / samples, p, 4 * Math.sqrt(p * (1 - p) / samples));
  });
  assertAlmostEquals(poolingProbabilities(drive, 2)[0]!, 1 - 1 / sum, 1e-6);
});

Deno.test("sampleBlocks() of drives that exp() cannot hold is finite", () => {
  const drive = { values: Float32Array.of(2000, 1999, -2000, 0), rows: 2, columns: 2, filters: 1 };
  const { probabilities } = sampleBlocks(drive, 2);
  assertAlmostEquals(probabilities[0]!, 1 / (1 + Math.exp(-1)), 1e-6);
  assertEquals([probabilities[2], poolingProbabilities(drive, 2)[0]], [0, 1]);
});

Deno.test("sampleBlocks() keeps filters and blocks apart", () => {
  // Two rows, four columns, two filters: the block at the right of filter 1 alone is driven.
  const values = new Float32Array(16).fill(-50);
  values[(1 * 4 + 2) * 2 + 1] = 50;
  const pooled = poolingProbabilities({ values, rows: 2, columns: 4, filters: 2 }, 2);
  assertEquals([...pooled].map((value) => Math.round(value * 1e6) / 1e6), [0, 0, 0, 1]);
});

Deno.test("ConvolutionalRbm drives hidden units and generates by the same weights: <h, W * v> = <v, W^T h>", async () => {
  const backend = await startBackend({ threads: 1 });
  const rbm = machine();
  const v = tf.randomUniform([1, 6, 8, 2], 0, 1, "float32", 1);
  const h = tf.randomUniform([1, 4, 6, 3], 0, 1, "float32", 2);
  const dot = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b)).dataSync()[0]!;
  const left = dot(h, tf.add(rbm.drive(v, 1), 0.5));
  const mean = rbm.reconstruct(h, v, 0);
  const logit = tf.log(tf.div(mean, tf.sub(1, mean)));
  const right = dot(v, tf.sub(logit, tf.tensor1d([0.2, -0.3])));
  assertAlmostEquals(left, right, 1e-3 * Math.abs(left));
  backend.dispose();
});

Deno.test("ConvolutionalRbm.reconstruct() keeps the border, and all of what is no larger than two", async () => {
  const backend = await startBackend({ threads: 1 });
  const rbm = machine();
  const v = tf.randomUniform([1, 6, 8, 2], 0, 1, "float32", 1);
  const h = tf.ones([1, 4, 6, 3]);
  const changed = tf.max(tf.abs(tf.sub(rbm.reconstruct(h, v, 2), v)), 3).dataSync();
  const inner = Array.from(changed.keys()).filter((at) => changed[at]! > 0);
  assertEquals(inner, [
    2 * 8 + 2,
    2 * 8 + 3,
    2 * 8 + 4,
    2 * 8 + 5,
    3 * 8 + 2,
    3 * 8 + 3,
    3 * 8 + 4,
    3 * 8 + 5,
  ]);
  assertEquals(tf.max(tf.abs(tf.sub(rbm.reconstruct(h, v, 4), v))).dataSync()[0], 0);
  backend.dispose();
});

Deno.test("ConvolutionalRbm.contrast() has no gradient but that of sparsity where the border keeps everything", async () => {
  const backend = await startBackend({ threads: 1 });
  const rbm = machine();
  // 4 x 4: the border of 2 cells keeps all of it, so what is generated is what is seen.
  const v = tf.randomUniform([1, 4, 4, 2], 0, 1, "float32", 1);
  const { losses, gradients } = rbm.contrast(v, {
    sigma: 1,
    sparsity: { target: 0.1, strength: 3 },
    stream: randomStream("h", 1),
  });
  assertEquals(losses, [0]);
  assertEquals(tf.max(tf.abs(gradients[rbm.filter.variable.name]!)).dataSync()[0], 0);
  const means = tf.mean(rbm.hidden(v, 1), [0, 1, 2]).dataSync();
  gradients[rbm.hiddenBias.variable.name]!.dataSync().forEach((value, k) =>
    assertAlmostEquals(value, 3 * (means[k]! - 0.1), 1e-6)
  );
  backend.dispose();
});

Deno.test("ConvolutionalRbm needs whole blocks", async () => {
  const backend = await startBackend({ threads: 1 });
  assertThrows(() => machine().hidden(tf.ones([1, 5, 6, 2]), 1), RangeError, "whole blocks of 2x2");
  backend.dispose();
});

Deno.test("learnFirstLayer() moves its bases, and goes on to the same bits after an interruption", async () => {
  const backend = await startBackend({ threads: 1 });
  const folder = await Deno.makeTempDir();
  const images = [0, 1].map((seed) => prepareImage(deadLeaves(96, 96, randomStream("leaves", seed))));
  const options = { updates: 60, seed: 1, rng: randomStream };
  const checkpoint = { path: `${folder}/c`, every: 25, settings: "test" };
  const { rbm: whole } = await learnFirstLayer(images, options);
  const expected = whole.filter.variable.dataSync();
  let calls = 0;
  try {
    await learnFirstLayer(images, {
      ...options,
      checkpoint,
      progress: () => {
        if (++calls === 40) throw new Error("stopped");
      },
    });
  } catch (error) {
    assertEquals((error as Error).message, "stopped");
  }
  const { rbm } = await learnFirstLayer(images, { ...options, checkpoint });
  assertEquals(rbm.filter.variable.dataSync(), expected);
  assertLess(0.01, Math.max(...expected.map(Math.abs)));
  await Deno.remove(folder, { recursive: true });
  backend.dispose();
});

Deno.test("cropImage() takes the rectangle, and refuses one that reaches out", () => {
  const image = { height: 3, width: 3, data: Float64Array.from({ length: 9 }, (_, i) => i) };
  assertEquals([...cropImage(image, 1, 0, 2, 2).data], [3, 4, 6, 7]);
  assertThrows(() => cropImage(image, 2, 0, 2, 2), RangeError, "the image has 3x3");
});
