/**
 * A convnet trained on the first 5,000 MNIST digits and tested on all 10,000 test digits, from the folder
 * `mnist` below $REPRODUCE_DATA or ./data; left out where that is missing. It must reach 97.5 %.
 *
 * @module
 */
import { assertGreaterOrEqual } from "@std/assert";
import { startBackend } from "../src/compute/tfjs/start_backend.ts";
import { pixelStatistics } from "../src/data/sources/pixel_statistics.ts";
import { conv2d } from "../src/nn/conv2d.ts";
import { countCorrect } from "../src/nn/count_correct.ts";
import type { DataSet } from "../src/nn/data_set.ts";
import { dense } from "../src/nn/dense.ts";
import { dropout } from "../src/nn/dropout.ts";
import { glorotUniform } from "../src/nn/initializers.ts";
import { Network } from "../src/nn/network.ts";
import { pool2d } from "../src/nn/pool2d.ts";
import { cosineRate } from "../src/nn/schedules.ts";
import { train } from "../src/nn/train.ts";
import { hasDigits, readDigits } from "./mnist_digits.ts";

async function load(part: "train" | "t10k", count: number): Promise<DataSet> {
  const { images, labels } = await readDigits(part);
  const { mean, deviation } = pixelStatistics.mnist;
  const inputs = Float32Array.from(images.subarray(0, count * 784), (v) => (v / 255 - mean) / deviation);
  return { shape: [28, 28, 1], inputs, labels: labels.slice(0, count) };
}

const relu = { activation: "relu", init: glorotUniform } as const;
const valid = { ...relu, pad: "valid" } as const;

Deno.bench({
  name: "LeNet 20-50-500 on 5,000 MNIST digits, 8 epochs: at least 97.5 % of 10,000",
  ignore: !hasDigits(),
  n: 1,
  warmup: 0,
  fn: async (timer) => {
    const backend = await startBackend();
    const training = await load("train", 5000);
    const test = await load("t10k", 10_000);
    timer.start();
    const network = new Network([28, 28, 1], [
      conv2d(20, 5, valid),
      pool2d("max", 2),
      conv2d(50, 5, valid),
      pool2d("max", 2),
      dropout(0.5),
      dense(500, relu),
      dropout(0.5),
      dense(10, { init: glorotUniform }),
    ], 1);
    await train(network, training, {
      epochs: 8,
      batchSize: 64,
      optimizer: { rule: "adam" },
      rate: cosineRate(2e-3),
      seed: 1,
    });
    const correct = countCorrect(network, test);
    timer.end();
    assertGreaterOrEqual(correct, 9750);
    backend.dispose();
  },
});
