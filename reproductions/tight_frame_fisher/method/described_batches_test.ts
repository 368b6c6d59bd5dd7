import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { inFolder } from "../../../src/files/test_helpers.ts";
import { batchNorm } from "../../../src/nn/batch_norm.ts";
import { classification } from "../../../src/nn/classification.ts";
import { dense } from "../../../src/nn/dense.ts";
import { fit, type FitOptions } from "../../../src/nn/fit.ts";
import type { DataSet, LabelledBatch } from "../../../src/nn/data_set.ts";
import { MiniBatches } from "../../../src/nn/mini_batches.ts";
import { Network } from "../../../src/nn/network.ts";
import { stepRate } from "../../../src/nn/schedules.ts";
import { shuffledBatches } from "../../../src/nn/shuffled_batches.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { describedBatches } from "./described_batches.ts";
import type { NetworkInput } from "./scattering_input.ts";

/** 70 random images in three classes: 9 steps an epoch, 27 in all, so that 20 steps end within an epoch. */
function someImages(): DataSet {
  const stream = randomStream("images", 1);
  const labels = Uint8Array.from({ length: 70 }, (_, i) => i % 3);
  return { shape: [2, 2, 3], inputs: Float32Array.from({ length: 70 * 12 }, () => stream.normal()), labels };
}

const order = new MiniBatches(70, 8, 2);
const steps = 27;

/** Every second pixel of an image, one after the other. */
const input: NetworkInput = {
  shape: [1, 2, 3],
  describe: (images) => Promise.resolve(images.filter((_, i) => Math.floor(i / 3) % 2 === 0)),
  dispose: () => {},
};

Deno.test(
  "describedBatches()",
  inFolder(async (folder, t) => {
    const backend = await startBackend({ threads: 2 });
    const images = someImages();
    const augmented = shuffledBatches(images, order, (x, step) => tf.add(x, 0.01 * step));
    /** The same descriptions, one step after the other. */
    const oneByOne = (step: number): LabelledBatch => {
      const { x, labels } = augmented(step);
      const described = tf.tidy(() => tf.gather(tf.reshape(x, [-1, 2, 2, 3]), [0], 2));
      x.dispose();
      return { x: tf.tidy(() => tf.reshape(described, [-1, 1, 2, 3])), labels };
    };
    const train = async (change: Partial<FitOptions<LabelledBatch>>) => {
      const network = new Network([1, 2, 3], [batchNorm({ affine: false }), dense(3)], 1);
      const { losses } = await fit({
        ...classification(network),
        steps,
        batches: describedBatches(augmented, input, steps),
        optimizer: { rule: "sgd", decay: { weight: 1e-3 } },
        rate: stepRate(0.1, 0.1, [0.5]),
        ...change,
      });
      return [losses, network.tensors.map(({ variable }) => Array.from(variable.dataSync()))];
    };
    const whole = await train({});

    await t.step("gives the batches of each step, whichever it begins with", async () => {
      for (const first of [0, 5, 20, 26]) {
        let step = first;
        const batches = describedBatches(augmented, input, steps);
        assert("from" in batches);
        for await (const { x, labels } of batches.from(first)) {
          const expected = oneByOne(step++);
          assertEquals(x.arraySync(), expected.x.arraySync());
          assertEquals(labels.arraySync(), expected.labels.arraySync());
        }
        assertEquals(step, steps);
      }
    });

    await t.step("goes on to the same bits after an interruption", async () => {
      assertEquals(await train({ batches: oneByOne }), whole);
      const checkpoint = { path: `${folder}/checkpoint`, every: 6, settings: "" };
      await train({ checkpoint, stopAfter: 23 });
      assertEquals(await train({ checkpoint }), whole);
    });

    await t.step(
      "describes 20 steps at a time, and holds no tensor of those that are not taken",
      async () => {
        const seen: number[] = [];
        const counted: NetworkInput = {
          ...input,
          describe: (values) => {
            seen.push(values.length / 12);
            return input.describe(values);
          },
        };
        const batches = describedBatches(augmented, counted, steps);
        await train({ batches });
        // 20 steps, of which the 9th and the 18th have the 6 images left of an epoch; then 7.
        assertEquals(seen, [18 * 8 + 2 * 6, 6 * 8 + 6]);
        const network = new Network([1, 2, 3], [dense(3)], 1);
        const held = tf.memory().numTensors;
        const options = { ...classification(network), optimizer: { rule: "sgd" }, rate: () => 0.1 } as const;
        await fit({ ...options, steps, batches, stopAfter: 2 });
        assertEquals(tf.memory().numTensors, held);
      },
    );

    backend.dispose();
  }),
);
