/**
 * One step of training by SGD with momentum, batch 128: forward, backward, update, loss read. The group's name gives
 * the floating-point operations of products and convolutions, for a share of the rate of the 1024^3 product in the
 * same run.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { activation } from "../src/nn/activation.ts";
import { conv2d } from "../src/nn/conv2d.ts";
import { crossEntropy } from "../src/nn/cross_entropy.ts";
import { dense } from "../src/nn/dense.ts";
import type { LayerMaker } from "../src/nn/layer.ts";
import { Network } from "../src/nn/network.ts";
import { Optimizer } from "../src/nn/optimizer.ts";
import { pool2d } from "../src/nn/pool2d.ts";
import { gram } from "../src/compute/linalg/gram.ts";
import { pivotedCholesky } from "../src/compute/linalg/pivoted_cholesky.ts";
import { benchOn } from "./on_backend.ts";

const batch = 128;
const relu = { activation: "relu" } as const;
const valid = { ...relu, pad: "valid" } as const;
const max = pool2d("max", 2);

const networks: [name: string, gflop: number, inputShape: number[], layers: LayerMaker[]][] = [
  ["5x5x32, 5x5x64, fc 512", 9.4, [28, 28, 1], [
    conv2d(32, 5, relu),
    max,
    conv2d(64, 5, relu),
    max,
    dense(512, relu),
    dense(10),
  ]],
  ["LeNet 20-50-500", 1.8, [28, 28, 1], [
    conv2d(20, 5, valid),
    max,
    conv2d(50, 5, valid),
    max,
    dense(500, relu),
    dense(10),
  ]],
  ["784x2048x10", 0.83, [784], [dense(2048, relu), dense(10)]],
  ["LeNet-5 6-16-120-84", 0.3, [28, 28, 1], [
    conv2d(6, 5, relu),
    max,
    conv2d(16, 5, valid),
    max,
    dense(120, relu),
    dense(84, relu),
    dense(10),
  ]],
  ["MLP of 8 layers, width 100", 0.12, [784], [
    ...Array.from({ length: 8 }, () => [dense(100), activation("hardTanh")]).flat(),
    dense(10),
  ]],
];

benchOn("product 1024^3, 2.15 GFLOP", ["1 thread", "2 threads"], () => {
  const [a, b] = [1, 2].map((seed) => tf.randomNormal([1024, 1024], 0, 1, "float32", seed)) as [
    tf.Tensor,
    tf.Tensor,
  ];
  return () => tf.matMul(a, b).dispose();
});

for (const [name, gflop, inputShape, layers] of networks) {
  benchOn(`step of ${name}, ${gflop} GFLOP`, ["1 thread", "2 threads"], () => {
    const network = new Network(inputShape, layers, 1);
    const optimizer = new Optimizer(network.parameters, { rule: "sgd" });
    const x = tf.randomNormal([batch, ...inputShape], 0, 1, "float32", 1);
    const labels = tf.tensor1d(Int32Array.from({ length: batch }, (_, i) => i % 10), "int32");
    const variables = network.parameters.map(({ variable }) => variable);
    const pass = { training: true, step: 0 };
    return () => {
      const { value, grads } = tf.variableGrads(
        () => crossEntropy(network.apply(x, pass), labels),
        variables,
      );
      optimizer.update(grads, 1e-3);
      value.dataSync();
      tf.dispose([value, grads]);
    };
  });
}

benchOn("Gram matrix in float64, 2000 x 3472, 24 GFLOP of its half", ["1 thread", "2 threads"], () => {
  const x = Float64Array.from({ length: 2000 * 3472 }, (_, i) => Math.sin(i * i));
  return () => gram(x, 2000, 3472);
});

benchOn("pivoted Cholesky in float64, side 1500, 1.1 GFLOP", ["1 thread", "2 threads"], () => {
  const matrix = gram(Float64Array.from({ length: 2000 * 1500 }, (_, i) => Math.sin(i * i)), 2000, 1500);
  return () => pivotedCholesky(matrix, 1500, 1e-10);
});
