import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { inFolder } from "../../../src/files/test_helpers.ts";
import { batchNorm } from "../../../src/nn/batch_norm.ts";
import type { DataSet } from "../../../src/nn/data_set.ts";
import { dense } from "../../../src/nn/dense.ts";
import { Network } from "../../../src/nn/network.ts";
import { stepRate } from "../../../src/nn/schedules.ts";
import { train } from "../../../src/nn/train.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import type { NetworkInput } from "./scattering_input.ts";
import { trainInPieces } from "./train_in_pieces.ts";

const options = {
  epochs: 3,
  batchSize: 8,
  optimizer: { rule: "sgd", decay: { weight: 1e-3 } },
  rate: stepRate(0.1, 0.1, [0.5]),
  seed: 2,
} as const;

/** 70 random images in three classes: 9 steps an epoch, 27 in all, so that a piece ends within an epoch. */
function someImages(): DataSet {
  const stream = randomStream("images", 1);
  const labels = Uint8Array.from({ length: 70 }, (_, i) => i % 3);
  return { shape: [2, 2, 3], inputs: Float32Array.from({ length: 70 * 12 }, () => stream.normal()), labels };
}

const identity: NetworkInput = {
  shape: [2, 2, 3],
  describe: (images) => Promise.resolve(images),
  dispose: () => {},
};

function valuesOf(network: Network): number[] {
  return network.tensors.flatMap(({ variable }) => Array.from(variable.dataSync()));
}

Deno.test(
  "trainInPieces()",
  inFolder(async (folder, t) => {
    const backend = await startBackend({ threads: 2 });
    const images = someImages();
    const networkOf = () => new Network([2, 2, 3], [batchNorm({ affine: false }), dense(3)], 1);
    const augment = (x: tf.Tensor, step: number) => tf.add(x, 0.01 * step);
    const checkpoint = (name: string) => ({ path: `${folder}/${name}`, settings: "test" });

    await t.step("gives the bits of train()", async () => {
      const [whole, pieces] = [networkOf(), networkOf()];
      const losses = train(whole, images, { ...options, augment });
      assertEquals(
        await trainInPieces(pieces, images, identity, { ...options, augment, checkpoint: checkpoint("a") }),
        losses,
      );
      assertEquals(valuesOf(pieces), valuesOf(whole));
    });

    await t.step("goes on to the same bits after an interruption", async () => {
      const [whole, first, resumed] = [networkOf(), networkOf(), networkOf()];
      const losses = await trainInPieces(whole, images, identity, {
        ...options,
        checkpoint: checkpoint("b"),
      });
      const interrupted = { ...options, checkpoint: checkpoint("c") };
      // Step 20 is saved; what follows it is lost.
      const before = await trainInPieces(first, images, identity, { ...interrupted, stopAfter: 23 });
      assertEquals(before, losses.slice(0, 23));
      assertEquals(await trainInPieces(resumed, images, identity, interrupted), losses);
      assertEquals(valuesOf(resumed), valuesOf(whole));
    });

    await t.step("describes images that are augmented first, and holds no tensor", async () => {
      const network = networkOf();
      const held = tf.memory().numTensors;
      const seen: number[] = [];
      const input: NetworkInput = {
        ...identity,
        describe: (values) => {
          seen.push(values.length / 12);
          assert(values.every((value) => value === 0));
          return Promise.resolve(values);
        },
      };
      await trainInPieces(network, images, input, {
        ...options,
        augment: (x) => tf.zerosLike(x),
        checkpoint: checkpoint("d"),
      });
      // 20 steps, of which the 9th and the 18th have the 6 images left of an epoch; then 7.
      assertEquals(seen, [18 * 8 + 2 * 6, 6 * 8 + 6]);
      assertEquals(tf.memory().numTensors, held);
    });

    backend.dispose();
  }),
);
