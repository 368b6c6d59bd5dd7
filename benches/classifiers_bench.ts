/**
 * The classifiers: an SVM of the first 10,000 MNIST digits (pixels / 255, C = 8, gamma = 0.02; scikit-learn takes
 * 4.2 s to fit it and 12.6 s to predict 10,000) from the folder `mnist` below $REPRODUCE_DATA or ./data, left out
 * where that is missing; and the affine PCA classifier of 10 classes of 1,000 rows of 3,472 features, 100 directions.
 *
 * @module
 */
import { fitAffinePca } from "../src/classify/affine_pca.ts";
import { startBackend } from "../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../src/numeric/random/random_stream.ts";
import { predictSvm } from "../src/classify/svm/predict_svm.ts";
import { SvmWorkspace } from "../src/classify/svm/svm_workspace.ts";
import { SvmTrainer } from "../src/classify/svm/svm_trainer.ts";
import { hasDigits, readDigits } from "./mnist_digits.ts";

async function load(part: "train" | "t10k") {
  const digits = await readDigits(part);
  const features = Float32Array.from(digits.images.subarray(0, 10_000 * 784), (value) => value / 255);
  return { features, dimension: 784, labels: digits.labels.slice(0, 10_000), classes: 10 };
}

const isMissing = !hasDigits();
for (const threads of [1, 2]) {
  const group = "SVM of 10,000 digits";
  Deno.bench(
    { name: `fit, ${threads} threads`, group, n: 3, warmup: 1, ignore: isMissing },
    async (timer) => {
      using workspace = await SvmWorkspace.start({ threads });
      const data = await load("train");
      timer.start();
      using trainer = new SvmTrainer(workspace, data, { gamma: 0.02 });
      trainer.fit(8);
      timer.end();
    },
  );
  Deno.bench(
    { name: `predict, ${threads} threads`, group, n: 3, warmup: 1, ignore: isMissing },
    async (timer) => {
      using workspace = await SvmWorkspace.start({ threads });
      using trainer = new SvmTrainer(workspace, await load("train"), { gamma: 0.02 });
      const model = trainer.fit(8);
      const { features } = await load("t10k");
      timer.start();
      predictSvm(workspace, model, features);
      timer.end();
    },
  );
}

Deno.bench(
  { name: "affine PCA, 10 x 1,000 x 3,472, 100 directions, 2 threads", n: 3, warmup: 1 },
  async (timer) => {
    const backend = await startBackend({ threads: 2 });
    const dimension = 3472;
    const labels = Uint8Array.from({ length: 10_000 }, (_, row) => row % 10);
    // Variances that fall off like those of scattering coefficients.
    const stream = randomStream("features", 0);
    const noise = Float32Array.from({ length: 2 ** 20 }, () => stream.normal());
    const features = new Float32Array(labels.length * dimension);
    for (let i = 0; i < features.length; i++) {
      features[i] = noise[(i * 31) % noise.length]! /
        (1 + i % dimension);
    }
    timer.start();
    fitAffinePca({ features, dimension, labels, classes: 10 }, 100);
    timer.end();
    backend.dispose();
  },
);
