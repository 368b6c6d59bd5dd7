/**
 * The work of fast_mode_bench.ts, in a process of its own, since flags of V8 hold for a process. Each line on standard input names a
 * piece of work, which is made ready the first time, run once, and answered by a line.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { predictSvm } from "../src/classify/svm/predict_svm.ts";
import { SvmTrainer } from "../src/classify/svm/svm_trainer.ts";
import { SvmWorkspace } from "../src/classify/svm/svm_workspace.ts";
import { gram } from "../src/compute/linalg/gram.ts";
import { startBackend } from "../src/compute/tfjs/start_backend.ts";
import { conv2d } from "../src/nn/conv2d.ts";
import { crossEntropy } from "../src/nn/cross_entropy.ts";
import { dense } from "../src/nn/dense.ts";
import type { LayerMaker } from "../src/nn/layer.ts";
import { Network } from "../src/nn/network.ts";
import { Optimizer } from "../src/nn/optimizer.ts";
import { pool2d } from "../src/nn/pool2d.ts";
import { Scattering2D } from "../src/scattering/scattering_2d.ts";
import { readDigits } from "./mnist_digits.ts";

type Run = () => unknown;

const threads = 2;
const batch = 128;
const relu = { activation: "relu" } as const;
const valid = { ...relu, pad: "valid" } as const;
const max = pool2d("max", 2);

function prepareStep(inputShape: number[], layers: LayerMaker[]): Run {
  const network = new Network(inputShape, layers, 1);
  const optimizer = new Optimizer(network.parameters, { rule: "sgd" });
  const x = tf.randomNormal([batch, ...inputShape], 0, 1, "float32", 1);
  const labels = tf.tensor1d(Int32Array.from({ length: batch }, (_, i) => i % 10), "int32");
  const variables = network.parameters.map(({ variable }) => variable);
  return () => {
    const { value, grads } = tf.variableGrads(
      () => crossEntropy(network.apply(x, { training: true, step: 0 }), labels),
      variables,
    );
    optimizer.update(grads, 1e-3);
    value.dataSync();
    tf.dispose([value, grads]);
  };
}

function prepareScattering(side: number, J: number, images: number): Run {
  const scattering = new Scattering2D({ J, shape: [side, side], threads });
  const batch = new Float32Array(images * side * side).map((_, i) => Math.sin(i * i));
  return () => scattering.transform(batch);
}

async function digits(part: "train" | "t10k") {
  const { images, labels } = await readDigits(part);
  const features = Float32Array.from(images.subarray(0, 10_000 * 784), (value) => value / 255);
  return { features, dimension: 784, labels: labels.slice(0, 10_000), classes: 10 };
}

const work: Readonly<Record<string, () => Run | Promise<Run>>> = {
  product: () => {
    const [a, b] = [1, 2].map((seed) => tf.randomNormal([1024, 1024], 0, 1, "float32", seed)) as [
      tf.Tensor,
      tf.Tensor,
    ];
    return () => tf.matMul(a, b).dispose();
  },
  gram: () => {
    const x = new Float64Array(2000 * 1500).map((_, i) => Math.sin(i * i));
    return () => gram(x, 2000, 1500);
  },
  lenet5: () =>
    prepareStep([28, 28, 1], [
      conv2d(6, 5, relu),
      max,
      conv2d(16, 5, valid),
      max,
      dense(120, relu),
      dense(84, relu),
      dense(10),
    ]),
  dense: () => prepareStep([784], [dense(2048, relu), dense(10)]),
  convolutions: () =>
    prepareStep([28, 28, 1], [
      conv2d(20, 5, valid),
      max,
      conv2d(50, 5, valid),
      max,
      dense(500, relu),
      dense(10),
    ]),
  scattering32: () => prepareScattering(32, 3, 64),
  scattering256: () => prepareScattering(256, 5, 8),
  svm: async () => {
    const workspace = await SvmWorkspace.start({ threads });
    const [train, test] = [await digits("train"), await digits("t10k")];
    return () => {
      using trainer = new SvmTrainer(workspace, train, { gamma: 0.02 });
      predictSvm(workspace, trainer.fit(8), test.features);
    };
  },
};

await startBackend({ threads });
const ready = new Map<string, Run>();
let text = "";
for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  text += chunk;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
    const name = text.slice(0, end);
    text = text.slice(end + 1);
    const run = ready.get(name) ?? await work[name]!();
    ready.set(name, run);
    await run();
    await Deno.stdout.write(new TextEncoder().encode("done\n"));
  }
}
Deno.exit();
