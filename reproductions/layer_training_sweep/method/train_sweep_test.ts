import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { DataError } from "../../../src/errors.ts";
import { inFolder } from "../../../src/files/test_helpers.ts";
import { DivergedError } from "../../../src/nn/diverged_error.ts";
import type { OptimizerOptions } from "../../../src/nn/optimizer.ts";
import { cosineRate } from "../../../src/nn/schedules.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { frozenFeatures } from "./frozen_features.ts";
import type { LabelledFrozenFeatures } from "./labelled_features.ts";
import { LayerSweep, type SweepOptions } from "./layer_sweep.ts";
import { sampleNetwork } from "./random_network.ts";
import { type SweepTraining, trainSweep } from "./train_sweep.ts";

const network = sampleNetwork(
  { inputs: 12, width: 20, depth: 4, classes: 3 },
  { weightVariance: 2, biasVariance: 0 },
  1,
);

/** Three classes of noisy inputs around centres of their own. */
function dataOf(count: number, seed: number): LabelledFrozenFeatures {
  const stream = randomStream("blobs", seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const inputs = Float32Array.from({ length: count * 12 }, (_, i) => {
    return 0.7 * stream.normal() + (i % 3 === labels[Math.floor(i / 12)]! ? 1 : 0);
  });
  const read = (first: number, rows: number) => inputs.subarray(first * 12, (first + rows) * 12);
  return { features: frozenFeatures(network, { count, read }), labels };
}

const options: SweepTraining = {
  epochs: 3,
  batchSize: 16,
  optimizer: { rule: "sgd" },
  rate: cosineRate(0.1),
  seed: 1,
  probe: 60,
};

const everyLayer: SweepOptions = { layers: [1, 2, 3, 4], readout: "frozen" };

/** Trains and gives back the losses of every step, the epochs, and the trained values. */
async function course(sweepOptions: SweepOptions, change: Partial<SweepTraining> = {}) {
  const train = dataOf(100, 1);
  const test = dataOf(50, 2);
  const sweep = new LayerSweep(network, sweepOptions);
  const frozen = sweep.frozen.map((tensor) => tensor.dataSync().slice());
  const before = tf.memory().numTensors;
  const { losses, epochs } = await trainSweep(sweep, train, test, { ...options, ...change });
  assertEquals(tf.memory().numTensors, before);
  const after = sweep.frozen.map((tensor) => tensor.dataSync().slice());
  const trained = sweep.parameters.map(({ variable }) => variable.dataSync().slice());
  sweep.dispose();
  return { losses, epochs, frozen, after, trained };
}

for (const readout of ["frozen", "trained"] as const) {
  for (const rule of ["sgd", "adam"] as const) {
    Deno.test(`trainSweep() by ${rule} trains networks side by side as one by one, read-out ${readout}`, async () => {
      const backend = await startBackend({ threads: 2 });
      const optimizer: OptimizerOptions = { rule };
      const change = { optimizer, rate: cosineRate(rule === "sgd" ? 0.1 : 3e-3) };
      const together = await course({ ...everyLayer, readout }, change);
      assertEquals(together.losses[0]!.length, 21);
      for (const [i, layer] of everyLayer.layers.entries()) {
        const alone = await course({ layers: [layer], readout }, change);
        for (const [step, loss] of alone.losses[0]!.entries()) {
          const other = together.losses[i]![step]!;
          assert(Math.abs(loss - other) <= 1e-5 * loss, `step ${step}, layer ${layer}: ${loss}, ${other}`);
        }
        assertEquals(alone.epochs.map(({ test }) => test[0]), together.epochs.map(({ test }) => test[i]));
      }
      backend.dispose();
    });
  }
}

Deno.test("trainSweep() learns, and leaves every frozen weight as it was, to the bit", async () => {
  const backend = await startBackend({ threads: 1 });
  const { epochs, frozen, after, trained } = await course(everyLayer, { epochs: 10 });
  assertEquals(after, frozen);
  for (const [i, layer] of everyLayer.layers.entries()) {
    assert(trained[i]!.some((value, k) => value !== frozen[layer]![k]));
    assertLess(epochs.at(-1)!.losses[i]!, epochs[0]!.losses[i]!);
  }
  assertLess(0.6, epochs.at(-1)!.test[0]!);
  backend.dispose();
});

Deno.test("trainSweep() gives the same bits on one thread and on two", async () => {
  const runs = [];
  for (const threads of [1, 2]) {
    const backend = await startBackend({ threads });
    runs.push(await course({ ...everyLayer, readout: "trained" }));
    backend.dispose();
  }
  assertEquals(runs[1], runs[0]);
});

Deno.test(
  "trainSweep() goes on from a checkpoint to the bits of an uninterrupted run",
  inFolder(async (folder) => {
    const backend = await startBackend({ threads: 1 });
    for (const rule of ["sgd", "adam"] as const) {
      const change = { optimizer: { rule }, rate: cosineRate(0.01) };
      const whole = await course(everyLayer, change);
      const checkpoint = { path: `${folder}/${rule}`, settings: rule };
      // Of 7 steps an epoch: the checkpoint of the second one.
      await course(everyLayer, { ...change, checkpoint, stopAfter: 16 });
      assertEquals(await course(everyLayer, { ...change, checkpoint }), whole);
      const foreign = () =>
        course(everyLayer, { ...change, checkpoint: { ...checkpoint, settings: "other" } });
      await assertRejects(foreign, DataError, "the checkpoint is of another training");
    }
    backend.dispose();
  }),
);

Deno.test("trainSweep() says which layer diverged", async () => {
  const backend = await startBackend({ threads: 1 });
  // Hard-tanh bounds every result: only weights that overflow float32 make a loss that is no number.
  const diverge = () => course({ layers: [2, 3], readout: "frozen" }, { rate: () => 1e39 });
  const error = await assertRejects(diverge, DivergedError);
  assert(
    /^Cannot go on at step \d+: the loss is NaN \(with layer [23] trained\); the last finite loss was \d/
      .test(error.message),
    error.message,
  );
  // The last step of all: nothing but the accuracies can tell.
  const last = () =>
    course({ layers: [2], readout: "frozen" }, { rate: () => 1e39, epochs: 1, batchSize: 100 });
  await assertRejects(last, DivergedError, "Cannot classify: a result is NaN (with layer 2 trained); lower");
  backend.dispose();
});

Deno.test("trainSweep() refuses zero epochs, an empty batch and an empty probe", async (t) => {
  const backend = await startBackend({ threads: 1 });
  for (const name of ["epochs", "batchSize", "probe"]) {
    await t.step(name, async () => {
      const message = `Cannot train with ${name} = 0: it must be a whole number >= 1`;
      await assertRejects(() => course(everyLayer, { [name]: 0 }), RangeError, message);
    });
  }
  backend.dispose();
});
