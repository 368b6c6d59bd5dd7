import "@tensorflow/tfjs-backend-cpu";
import { assert, assertEquals, assertLess, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { type Backend, startBackend } from "../compute/tfjs/start_backend.ts";
import { DataError } from "../errors.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { activation } from "./activation.ts";
import { batchNorm } from "./batch_norm.ts";
import { conv2d } from "./conv2d.ts";
import { countCorrect } from "./count_correct.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { batchOf, type DataSet } from "./data_set.ts";
import { dense } from "./dense.ts";
import { DivergedError } from "./diverged_error.ts";
import { dropout } from "./dropout.ts";
import type { LayerMaker } from "./layer.ts";
import { Network } from "./network.ts";
import { pool2d } from "./pool2d.ts";
import { constantRate, cosineRate } from "./schedules.ts";
import { train, type TrainingOptions } from "./train.ts";

/** Three classes of noisy 8 x 8 images, each brighter in rows of its own. */
function stripes(count: number): DataSet {
  const stream = randomStream("stripes", 1);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const inputs = Float32Array.from({ length: count * 64 }, (_, i) => {
    const row = Math.floor(i / 8) % 8;
    return stream.normal() + (row % 3 === labels[Math.floor(i / 64)]! ? 1 : 0);
  });
  return { shape: [8, 8, 1], inputs, labels };
}

const layers: readonly LayerMaker[] = [
  conv2d(6, 3),
  batchNorm(),
  activation("relu"),
  pool2d("max", 2),
  conv2d(9, 3, { activation: "relu" }),
  pool2d("average", 2),
  dropout(0.25),
  dense(12),
  activation("hardTanh"),
  dense(3),
];

const options: TrainingOptions = {
  epochs: 2,
  batchSize: 20,
  optimizer: { rule: "sgd", decay: { weight: 1e-3 } },
  rate: cosineRate(0.05),
  seed: 3,
  clipNorm: 2,
};

/** Runs a step of a test with a backend of its own. */
async function withBackend(test: (backend: Backend) => void | Promise<void>): Promise<void> {
  const backend = await startBackend({ threads: 2 });
  try {
    await test(backend);
  } finally {
    backend.dispose();
  }
}

/** Bits of every tensor of a network. */
function bitsOf(network: Network): number[] {
  return network.tensors.flatMap(({ variable }) => {
    return Array.from(new Int32Array(new Float32Array(variable.dataSync()).buffer));
  });
}

/** Losses and tensors after `steps` plain steps, the optimiser given as a function of tfjs or ours. */
async function course(
  backend: "wasm" | "cpu",
  data: DataSet,
  steps: number,
): Promise<{ losses: number[]; tensors: Map<string, Float32Array> }> {
  await tf.setBackend(backend);
  const network = new Network(data.shape, layers, 5);
  const optimizer = tf.train.momentum(0.05, 0.9);
  const variables = network.parameters.map(({ variable }) => variable);
  const losses = Array.from({ length: steps }, (_, step) => {
    const { x, labels } = batchOf(
      data,
      Array.from({ length: 8 }, (_, i) => (8 * step + i) % data.labels.length),
    );
    const loss = optimizer.minimize(
      () => crossEntropy(network.apply(x, { training: true, step }), labels),
      true,
      variables,
    );
    const value = loss!.dataSync()[0]!;
    tf.dispose([x, labels, loss!]);
    return value;
  });
  const tensors = network.tensors.map(({ name, variable }) =>
    [name, Float32Array.from(variable.dataSync())] as const
  );
  network.dispose();
  optimizer.dispose();
  return { losses, tensors: new Map(tensors) };
}

/** Relative difference in the L2 norm. */
function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const errors = Array.from(actual, (value, i) => value - expected[i]!);
  return Math.hypot(...errors) / Math.hypot(...Array.from(expected));
}

Deno.test("100 steps of a convnet agree with the cpu backend", () =>
  withBackend(async () => {
    const data = stripes(160);
    const actual = await course("wasm", data, 100);
    const expected = await course("cpu", data, 100);
    await tf.setBackend("wasm");
    assertLess(relativeError(actual.losses, expected.losses), 1e-4);
    for (const [name, values] of actual.tensors) {
      // Batch norm takes the bias before it away: only rounding moves it.
      if (name === "0-conv2d/bias") continue;
      assertLess(relativeError(values, expected.tensors.get(name)!), 1e-4, name);
    }
  }));

Deno.test("train() learns, gives the same bits again, and leaks no tensor", () =>
  withBackend(async () => {
    const data = stripes(300);
    const run = async () => {
      const network = new Network(data.shape, layers, 5);
      const before = tf.memory().numTensors;
      const losses = await train(network, data, { ...options, epochs: 4 });
      assertEquals(tf.memory().numTensors, before);
      const correct = countCorrect(network, data);
      assertEquals(tf.memory().numTensors, before);
      const bits = bitsOf(network);
      network.dispose();
      return { losses, correct, bits };
    };
    const runs = [await run(), await run()];
    assertEquals(runs[1], runs[0]);
    assertLess(250, runs[0]!.correct);
  }));

Deno.test("train() asks for the rate at the share of steps that are done, from 0 and short of 1", () =>
  withBackend(async () => {
    const asked: number[] = [];
    const rate = (progress: number) => {
      asked.push(progress);
      return 0.01;
    };
    await train(new Network([8, 8, 1], [dense(3)], 1), stripes(10), {
      epochs: 2,
      batchSize: 4,
      optimizer: { rule: "sgd" },
      rate,
      seed: 1,
    });
    // Steps of 4, 4 and 2 inputs, twice.
    assertEquals(asked, [0, 1, 2, 3, 4, 5].map((step) => step / 6));
  }));

Deno.test("train() resumes from a checkpoint to the bits of an uninterrupted run", () =>
  withBackend(async () => {
    const folder = await Deno.makeTempDir();
    const data = stripes(100);
    for (const rule of ["sgd", "adam"] as const) {
      const settings = { ...options, optimizer: { rule }, rate: cosineRate(0.01) };
      const whole = new Network(data.shape, layers, 5);
      const losses = await train(whole, data, settings);
      const checkpoint = { path: `${folder}/${rule}.checkpoint`, every: 3, settings: "test" };
      const first = new Network(data.shape, layers, 5);
      await train(first, data, { ...settings, checkpoint, stopAfter: 7 });
      // Another course of training: nothing of it may be left after the checkpoint is read.
      const resumed = new Network(data.shape, layers, 5);
      await train(resumed, data, { ...settings, seed: 8, epochs: 1 });
      assertEquals(await train(resumed, data, { ...settings, checkpoint }), losses);
      assertEquals(bitsOf(resumed), bitsOf(whole));
    }
    await Deno.remove(folder, { recursive: true });
  }));

Deno.test("train() refuses a damaged checkpoint and one of another training", () =>
  withBackend(async () => {
    const path = await Deno.makeTempFile();
    const data = stripes(60);
    const network = new Network(data.shape, layers, 5);
    const checkpoint = { path, every: 1, settings: "a" };
    await Deno.remove(path);
    await train(network, data, { ...options, checkpoint, stopAfter: 1 });
    await assertRejects(
      () => train(network, data, { ...options, checkpoint: { ...checkpoint, settings: "b" } }),
      DataError,
      "another training",
    );
    const bytes = await Deno.readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    for (const damaged of [bytes, bytes.subarray(0, 10), new Uint8Array(0)]) {
      await Deno.writeFile(path, damaged);
      const before = bitsOf(network);
      await assertRejects(() => train(network, data, { ...options, checkpoint }), DataError, "damaged");
      assertEquals(bitsOf(network), before);
    }
    await Deno.remove(path);
  }));

Deno.test("train() stops where it diverges, and the last good checkpoint stays usable", async (t) => {
  await withBackend(async () => {
    const data = stripes(60);
    const layers = [dense(4), dense(3)];
    const networkOf = () => new Network(data.shape, layers, 5);
    const { clipNorm: _, ...unclipped } = options;

    await t.step("says step, layer and last finite loss", async () => {
      const diverging = { ...unclipped, rate: constantRate(1e30) };
      const error = await assertRejects(() => train(networkOf(), data, diverging), DivergedError);
      assert(
        /^Cannot go on at step \d+: the loss is \S+ \(first in \S+\); the last finite loss was \d/.test(
          error.message,
        ),
        error.message,
      );
    });

    await t.step("saves nothing that is not finite", async () => {
      const path = await Deno.makeTempFile();
      await Deno.remove(path);
      const checkpoint = { path, every: 1, settings: "a" };
      await train(networkOf(), data, { ...options, checkpoint, stopAfter: 2 });
      const good = await Deno.readFile(path);
      const rate = constantRate(1e39); // Infinity in float32
      const error = await assertRejects(
        () => train(networkOf(), data, { ...options, rate, checkpoint }),
        DivergedError,
      );
      assert(
        /after step 3: 0-dense\/weights is not finite; the last finite loss was \d/.test(error.message),
        error.message,
      );
      assertEquals(await Deno.readFile(path), good);
      assertEquals((await train(networkOf(), data, { ...options, checkpoint })).length, 6);
      await Deno.remove(path);
    });

    await t.step("gives back nothing that is not finite", async () => {
      const last = { ...options, epochs: 1, batchSize: 60, rate: constantRate(1e39) };
      await assertRejects(
        () => train(networkOf(), data, last),
        DivergedError,
        "Cannot go on after step 1: 0-dense/weights is not finite",
      );
    });
  });
});

Deno.test("train() rejects options that mean nothing", () =>
  withBackend(async () => {
    const data = stripes(6);
    const network = new Network(data.shape, [dense(3)], 1);
    await assertRejects(() => train(network, data, { ...options, epochs: 0 }), RangeError, "epochs = 0");
    await assertRejects(
      () => train(network, data, { ...options, batchSize: 1.5 }),
      RangeError,
      "batchSize = 1.5",
    );
    await assertRejects(() => train(network, stripes(0), options), RangeError, "Cannot train on 0 inputs");
    assertThrows(() => dropout(1), RangeError, "rate 1");
    assertThrows(() => conv2d(2, 9, { pad: "valid" })([8, 8, 1], 0, 1), RangeError, "side 9");
    assertThrows(() => batchOf(data, [6]), RangeError, "row 6");
  }));
