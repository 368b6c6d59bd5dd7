/**
 * A convnet trained on the first 5,000 MNIST digits and tested on all 10,000 test digits, from the folder
 * `mnist` below $REPRODUCE_DATA or ./data; left out where that is missing. It must reach 97.5 %.
 *
 * @module
 */
import { assertGreaterOrEqual } from "@std/assert";
import { startBackend } from "../src/compute/tfjs/start_backend.ts";
import { gunzip } from "../src/data/gunzip.ts";
import { readMnist } from "../src/data/read_mnist.ts";
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

const folder = `${Deno.env.get("REPRODUCE_DATA") ?? "data"}/mnist`;

async function load(part: "train" | "t10k", count: number): Promise<DataSet> {
  const [images, labels] = await Promise.all(["images-idx3", "labels-idx1"].map(async (kind) => {
    const name = `${part}-${kind}-ubyte.gz`;
    return gunzip(await Deno.readFile(`${folder}/${name}`), 2 ** 26, name);
  }));
  const digits = readMnist(images!, labels!, part);
  const [mean, deviation] = [0.1307, 0.3081];
  const inputs = Float32Array.from(
    digits.images.subarray(0, count * 784),
    (v) => (v / 255 - mean) / deviation,
  );
  return { shape: [28, 28, 1], inputs, labels: digits.labels.slice(0, count) };
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

const relu = { activation: "relu", init: glorotUniform } as const;
const valid = { ...relu, pad: "valid" } as const;

Deno.bench({
  name: "LeNet 20-50-500 on 5,000 MNIST digits, 8 epochs: at least 97.5 % of 10,000",
  ignore: !exists(folder),
  n: 1,
  warmup: 0,
  fn: async (timer) => {
    const backend = await startBackend();
    const [training, test] = [await load("train", 5000), await load("t10k", 10_000)];
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
    train(network, training, {
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
