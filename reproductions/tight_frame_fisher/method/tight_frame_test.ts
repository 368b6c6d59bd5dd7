import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertLessOrEqual,
  assertRejects,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { setValues } from "../../../src/compute/tfjs/set_values.ts";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { batchNorm } from "../../../src/nn/batch_norm.ts";
import { crossEntropy } from "../../../src/nn/cross_entropy.ts";
import type { DataSet } from "../../../src/nn/data_set.ts";
import { dense } from "../../../src/nn/dense.ts";
import { DivergedError } from "../../../src/nn/diverged_error.ts";
import { inference } from "../../../src/nn/layer.ts";
import { Network } from "../../../src/nn/network.ts";
import { constantRate } from "../../../src/nn/schedules.ts";
import { train, type TrainingOptions } from "../../../src/nn/train.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { layerSpectrum } from "./frame_spectrum.ts";
import { largestExpansion } from "./largest_expansion.ts";
import { averagePatches, unitPatches } from "./patch_layers.ts";
import { steepestNeighbours } from "./steepest_neighbours.ts";
import { type FrameLayer, isConstrained, tightFrame } from "./tight_frame.ts";
import { unitRows } from "./unit_rows.ts";

const kinds = ["soft", "relu"] as const;

function normals(shape: readonly number[], seed: number): tf.Tensor {
  const stream = randomStream("normals", seed);
  return tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => stream.normal()), [
    ...shape,
  ]);
}

function frameOf(atoms: number, d: number, kind: "soft" | "relu", beta = 0.05): FrameLayer {
  return tightFrame({ atoms, kind, level: 1, beta })([d], 0, 1) as FrameLayer;
}

/** The largest deviation of the norm of an atom from sqrt(d / p), as a part of it. */
function rowNormDeviation({ frame: { variable } }: FrameLayer): number {
  const [p, d] = variable.shape as [number, number];
  const norms = tf.tidy(() => tf.norm(variable, 2, 1).dataSync());
  return Math.max(...Array.from(norms, (norm) => Math.abs(norm / Math.sqrt(d / p) - 1)));
}

/** A small version of the two-layer network: 8 x 8 images, 9 patches of 4 x 4. */
function smallNetwork(kind: "soft" | "relu"): Network {
  const windows = { size: 4, stride: 2 };
  const shape = [8, 8, 1] as const;
  return new Network([...shape], [
    unitPatches(windows),
    tightFrame({ atoms: 40, kind, level: 1, beta: 5e-3 }),
    averagePatches(windows, shape),
    batchNorm(),
    dense(3),
  ], 1);
}

Deno.test("tightFrame()", async (t) => {
  const backend = await startBackend({ threads: 2 });

  for (const kind of kinds) {
    await t.step(`is F' rho(F x), ${kind}`, () => {
      const [p, d, n] = [12, 5, 7];
      const layer = frameOf(p, d, kind);
      const [F, x] = [layer.frame.variable.dataSync(), normals([n, d], 1)];
      const actual = layer.apply(x, inference).dataSync();
      const points = x.dataSync();
      const level = 1 / Math.sqrt(p);
      for (let i = 0; i < n; i++) {
        const expected = new Float64Array(d);
        for (let k = 0; k < p; k++) {
          let u = 0;
          for (let j = 0; j < d; j++) u += F[k * d + j]! * points[i * d + j]!;
          const z = kind === "relu" || u > 0 ? Math.max(u - level, 0) : Math.min(u + level, 0);
          for (let j = 0; j < d; j++) expected[j]! += z * F[k * d + j]!;
        }
        for (let j = 0; j < d; j++) assertAlmostEquals(actual[i * d + j]!, expected[j]!, 1e-5);
      }
    });

    await t.step(`is a contraction where F is tight, ${kind}`, () => {
      const layer = frameOf(96, 24, kind);
      for (let i = 0; i < 400; i++) layer.constrain();
      const { tightness } = layerSpectrum(layer);
      assertLess(tightness, 1e-5);
      const x = unitRows(normals([4000, 24], 2));
      const near = tf.add(x, tf.mul(normals([4000, 24], 3), 0.01));
      const apply = (x: tf.Tensor) => layer.apply(x, inference);
      const nearest = (f: typeof apply) =>
        steepestNeighbours(f, x, normals([4000, 24], 3), { radius: 0.1, steps: 10 });
      for (const y of [unitRows(normals([4000, 24], 4)), near, nearest(apply)]) {
        assertLessOrEqual(largestExpansion(apply, x, y), 1 + tightness);
      }
      // That F^T F = 2 Id expands, random pairs show less or not at all.
      const twice = tf.mul(layer.frame.variable, Math.SQRT2);
      setValues(layer.frame.variable, Float32Array.from(twice.dataSync()));
      const [random, steepest] = [near, nearest(apply)].map((y) => largestExpansion(apply, x, y));
      assert(steepest! > 1.2 && steepest! > 1.1 * random!, `${steepest} and ${random}`);
      const back = tf.div(layer.frame.variable, Math.SQRT2);
      setValues(layer.frame.variable, Float32Array.from(back.dataSync()));
      // Without a threshold F' F gives x back.
      assertAlmostEquals(
        largestExpansion(
          (x) => tf.matMul(tf.matMul(x, layer.frame.variable, false, true), layer.frame.variable),
          x,
          near,
        ),
        1,
        1e-4,
      );
    });

    await t.step(`gradients against central differences, ${kind}`, () => {
      const network = smallNetwork(kind);
      const x = normals([6, 8, 8, 1], 5);
      const labels = tf.tensor1d([0, 1, 2, 0, 1, 2], "int32");
      const pass = { training: true, step: 0 };
      const loss = () => crossEntropy(network.apply(x, pass), labels);
      const variables = network.parameters.map(({ variable }) => variable);
      const { grads } = tf.variableGrads(loss, variables);
      for (const { name, variable } of network.parameters) {
        const gradient = grads[variable.name]!;
        const norm = Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]!);
        if (norm < 1e-6) continue;
        const h = 1e-3 / norm; // few coefficients cross a threshold on so short a way
        const start = variable.clone();
        const at = (step: number) => {
          variable.assign(tf.add(start, tf.mul(gradient, step)));
          return loss().dataSync()[0]!;
        };
        const slope = (at(h) - at(-h)) / (2 * h);
        variable.assign(start);
        assertLess(Math.abs(slope / norm ** 2 - 1), 0.03, `${name}: ${slope} and ${norm ** 2}`);
      }
    });
  }

  await t.step("starts with rows of norm sqrt(d / p), nearly tight", () => {
    const layer = frameOf(512, 64, "soft");
    const { tightness, eigenvalues } = layerSpectrum(layer);
    assertLess(rowNormDeviation(layer), 1e-6);
    assertLess(tightness, 0.2);
    // The trace of F' F is the sum of the squared row norms: d.
    assertAlmostEquals(eigenvalues.reduce((sum, value) => sum + value, 0), 64, 1e-4);
  });

  await t.step("constrain() brings F back at the rate of (1 - 2 beta), rows of the same norm", () => {
    const beta = 0.01;
    const layer = frameOf(300, 20, "relu", beta);
    const disturbed = tf.mul(tf.add(layer.frame.variable, tf.mul(normals([300, 20], 6), 0.05)), 1);
    setValues(layer.frame.variable, Float32Array.from(disturbed.dataSync()));
    layer.constrain();
    const before = layerSpectrum(layer);
    for (let i = 0; i < 50; i++) layer.constrain();
    const after = layerSpectrum(layer);
    assertLess(rowNormDeviation(layer), 1e-6);
    const rate = Math.log(before.tightness / after.tightness) / 50;
    // Scaling the rows again adds and takes a little; the eigenvalue e of F' F - Id goes with 1 - 2 beta (2 + e) / 2.
    assert(rate > beta && rate < 4 * beta, `${rate} for ${2 * beta}`);
    for (let i = 0; i < 1000; i++) layer.constrain();
    assertLess(layerSpectrum(layer).tightness, 1e-4);
  });

  await t.step("constrain(2) is a step of twice the beta", () => {
    const [once, twice] = [frameOf(40, 20, "soft", 0.02), frameOf(40, 20, "soft", 0.01)];
    once.constrain();
    twice.constrain(2);
    assertEquals(layerSpectrum(once), layerSpectrum(twice));
  });

  await t.step("with fewer atoms than dimensions is refused", () => {
    const make = (atoms: number) => () =>
      tightFrame({ atoms, kind: "soft", level: 1, beta: 0 })([3, 3, 16], 0, 1);
    assertThrows(make(15), RangeError, "not a frame");
    assertThrows(make(16.5), RangeError, "must be whole");
    assertEquals(make(16)().outputShape, [3, 3, 16]);
  });
  backend.dispose();
});

/** Three classes of noise, each brighter in columns of its own. */
function stripes(count: number): DataSet {
  const stream = randomStream("stripes", 1);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const inputs = Float32Array.from({ length: count * 64 }, (_, i) => {
    return stream.normal() + (i % 3 === labels[Math.floor(i / 64)]! ? 1 : 0);
  });
  return { shape: [8, 8, 1], inputs, labels };
}

/** Trains and returns the bits of losses and tensors. */
async function bitsAfter(change: Partial<TrainingOptions> = {}): Promise<number[]> {
  const network = smallNetwork("relu");
  const constrained = network.layers.filter(isConstrained);
  const losses = await train(network, stripes(90), {
    epochs: 3,
    batchSize: 20,
    optimizer: { rule: "sgd", decay: { weight: 1e-4, bias: 1e-4 } },
    rate: constantRate(0.05),
    seed: 2,
    afterStep: () => constrained.forEach((layer) => layer.constrain()),
    ...change,
  });
  const values = network.tensors.flatMap(({ variable }) => Array.from(variable.dataSync()));
  network.dispose();
  return [...losses, ...values];
}

Deno.test("training with a frame", async (t) => {
  const path = await Deno.makeTempFile();
  await Deno.remove(path);
  const results: number[][] = [];
  for (const threads of [1, 2]) {
    const backend = await startBackend({ threads });
    results.push(await bitsAfter());
    await t.step(`leaves no tensors behind, ${threads} threads`, async () => {
      const before = tf.memory().numTensors;
      await bitsAfter();
      assertEquals(tf.memory().numTensors, before);
    });
    await t.step(`goes on from a checkpoint to the same bits, ${threads} threads`, async () => {
      const checkpoint = { path, every: 4, settings: "" };
      await bitsAfter({ checkpoint, stopAfter: 10 });
      assertEquals(await bitsAfter({ checkpoint }), results[0]);
      await Deno.remove(path);
    });
    await t.step(`stops at the step at which it diverges, ${threads} threads`, async () => {
      await assertRejects(
        () => bitsAfter({ rate: constantRate(1e30) }),
        DivergedError,
        "Cannot go on at step",
      );
    });
    backend.dispose();
  }
  assertEquals(results[0], results[1]);
});
