/**
 * Runs every hot function of the kernels once: what the trace of V8's pass from 128 to 256 bits is taken of.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { ToyKernel } from "../../reproductions/catch_tag_release/method/toy_kernel.ts";
import { predictSvm } from "../../src/classify/svm/predict_svm.ts";
import { SvmTrainer } from "../../src/classify/svm/svm_trainer.ts";
import { SvmWorkspace } from "../../src/classify/svm/svm_workspace.ts";
import { gram } from "../../src/compute/linalg/gram.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { activation } from "../../src/nn/activation.ts";
import { conv2d } from "../../src/nn/conv2d.ts";
import { crossEntropy } from "../../src/nn/cross_entropy.ts";
import { dense } from "../../src/nn/dense.ts";
import { Network } from "../../src/nn/network.ts";
import { Optimizer } from "../../src/nn/optimizer.ts";
import { pool2d } from "../../src/nn/pool2d.ts";
import { ScatteringEnergies } from "../../src/scattering/energy/scattering_energies.ts";
import { Scattering2D } from "../../src/scattering/scattering_2d.ts";

const waves = (length: number) => Float64Array.from({ length }, (_, i) => Math.sin(i * i));

{
  // Sides whose transforms take every radix.
  using scattering = new Scattering2D({ J: 2, L: 2, shape: [32, 24], threads: 1 });
  await scattering.transform(Float32Array.from(waves(8 * 32 * 24)));
  await scattering.transform(waves(4 * 32 * 24));
  using energies = new ScatteringEnergies({ height: 16, width: 16, J: 2, L: 2, maxOrder: 2, threads: 1 });
  await energies.measure(Float32Array.from(waves(8 * 256)));
  await energies.measure(waves(4 * 256));
}

{
  const backend = await startBackend({ threads: 1 });
  const network = new Network([12, 12, 1], [
    conv2d(8, 3, { activation: "relu" }),
    pool2d("max", 2),
    conv2d(16, 3, { pad: "valid" }),
    activation("hardTanh"),
    pool2d("average", 2),
    dense(16, { activation: "relu" }),
    dense(10),
  ], 1);
  const x = tf.randomNormal([16, 12, 12, 1], 0, 1, "float32", 1);
  const labels = tf.tensor1d(Int32Array.from({ length: 16 }, (_, i) => i % 10), "int32");
  for (const rule of ["sgd", "adam"] as const) {
    const optimizer = new Optimizer(network.parameters, { rule });
    const { grads } = tf.variableGrads(
      () => crossEntropy(network.apply(x, { training: true, step: 0 }), labels),
      network.parameters.map(({ variable }) => variable),
    );
    optimizer.update(grads, 1e-3);
  }
  const wide = tf.randomNormal([16, 16], 0, 1, "float32", 1);
  tf.relu(tf.add(wide, tf.sub(wide, tf.mul(wide, tf.div(wide, wide))))).dataSync();
  gram(waves(64), 8, 8);
  backend.dispose();
}

{
  using workspace = await SvmWorkspace.start({ threads: 1 });
  const features = Float32Array.from(waves(32 * 16));
  const labels = Uint8Array.from({ length: 32 }, (_, row) => row % 2);
  using trainer = new SvmTrainer(workspace, { features, dimension: 16, labels, classes: 2 }, { gamma: 0.1 });
  predictSvm(workspace, trainer.fit(1), features);
}

ToyKernel.start({ width: 4, layers: 1, length: 4, sequences: 1 }).run();
