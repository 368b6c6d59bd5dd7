import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { frozenFeatures } from "./frozen_features.ts";
import { LayerSweep } from "./layer_sweep.ts";
import { type RandomNetwork, sampleNetwork } from "./random_network.ts";

const shape = { inputs: 7, width: 6, depth: 4, classes: 3 };
const network = sampleNetwork(shape, { weightVariance: 2, biasVariance: 0.1 }, 1);
const rows = 5;
const stream = randomStream("inputs", 1);
const inputs = Float32Array.from({ length: rows * shape.inputs }, () => stream.normal());
const labels = Int32Array.of(0, 1, 2, 1, 0);
const source = { count: rows, read: () => inputs };

/** The sum of the losses of all rows, in float64. */
function reference(weights: readonly ArrayLike<number>[], { biases }: RandomNetwork): number {
  let total = 0;
  for (const [row, label] of labels.entries()) {
    let z = Array.from(inputs.subarray(row * shape.inputs, (row + 1) * shape.inputs));
    for (const [layer, matrix] of weights.entries()) {
      const bias = biases[layer]!;
      const h = Array.from(bias, (start, unit) => {
        return z.reduce((sum, value, i) => sum + value * matrix[i * bias.length + unit]!, start);
      });
      z = layer === shape.depth + 1 ? h : h.map((value) => Math.min(1, Math.max(-1, value)));
    }
    total += Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[label]!;
  }
  return total;
}

/** Central differences of the reference in every weight of one layer. */
function differences(layer: number): number[] {
  const step = 1e-6;
  return Array.from(network.weights[layer]!, (_, i) => {
    const [above, below] = [step, -step].map((change) => {
      const weights = network.weights.map((values) => Float64Array.from(values));
      weights[layer]![i]! += change;
      return reference(weights, network);
    });
    return (above! - below!) / (2 * step);
  });
}

Deno.test("differentiate() gives the losses and finite-difference gradients of every trained layer", async (t) => {
  const backend = await startBackend({ threads: 1 });
  const features = frozenFeatures(network, source).map((values) => tf.tensor2d(values, [rows, shape.width]));
  for (const readout of ["frozen", "trained"] as const) {
    const sweep = new LayerSweep(network, { layers: [1, 2, 4], readout });
    const { losses, gradients } = sweep.differentiate({ features, labels });
    await t.step(`losses, read-out ${readout}`, () => {
      const values = Array.from(losses.dataSync());
      const expected = reference(network.weights, network);
      for (let i = 0; i < 3; i++) {
        const sum = values.slice(i * rows, (i + 1) * rows).reduce((a, b) => a + b, 0);
        assertAlmostEquals(sum, expected, 1e-5 * expected);
      }
    });
    for (const { name, variable } of sweep.parameters) {
      await t.step(`${name}, read-out ${readout}`, () => {
        const actual = Array.from(gradients[variable.name]!.dataSync());
        const expected = name === "read-out"
          ? Array<number[]>(3).fill(differences(shape.depth + 1)).flat()
          : differences(Number(name.slice("layer".length)));
        assertEquals(actual.length, expected.length);
        const largest = Math.max(...expected.map(Math.abs));
        assert(largest > 0.01);
        for (const [i, value] of actual.entries()) {
          assertAlmostEquals(value, expected[i]!, 2e-6 * (1 + largest));
        }
      });
    }
    sweep.dispose();
  }
  backend.dispose();
});

Deno.test("the networks of a sweep do not depend on their neighbours, to the bit", async () => {
  const backend = await startBackend({ threads: 2 });
  const features = frozenFeatures(network, source).map((values) => tf.tensor2d(values, [rows, shape.width]));
  const all = new LayerSweep(network, { layers: [4, 1, 3, 2], readout: "trained" });
  assertEquals(all.layers, [1, 2, 3, 4]);
  const every = all.differentiate({ features, labels });
  for (const [i, layer] of all.layers.entries()) {
    const one = new LayerSweep(network, { layers: [layer], readout: "trained" });
    const { losses, gradients } = one.differentiate({ features, labels });
    assertEquals(losses.dataSync(), every.losses.dataSync().slice(i * rows, (i + 1) * rows));
    const [own, readout] = one.parameters.map(({ variable }) => gradients[variable.name]!.dataSync());
    assertEquals(own, every.gradients[all.parameters[i]!.variable.name]!.dataSync());
    const readouts = every.gradients[all.parameters.at(-1)!.variable.name]!.dataSync();
    assertEquals(readout, readouts.slice(i * readout!.length, (i + 1) * readout!.length));
    one.dispose();
  }
  backend.dispose();
});

Deno.test("LayerSweep refuses layers that the network has not, none, and one twice", async () => {
  const backend = await startBackend({ threads: 1 });
  const make = (layers: number[]) => () => new LayerSweep(network, { layers, readout: "frozen" });
  for (const layer of [0, 5, 1.5, NaN]) {
    const message = `Cannot train layer ${layer}: it must be one of the hidden layers 1 to 4`;
    assertThrows(make([2, layer]), RangeError, message);
  }
  assertThrows(make([]), RangeError, "Cannot train the layers []: there must be at least one");
  assertThrows(make([2, 2]), RangeError, "none of them twice");
  backend.dispose();
});

Deno.test("frozenFeatures() refuses inputs of another size", async () => {
  const backend = await startBackend({ threads: 1 });
  const features = () => frozenFeatures(network, { count: 4, read: () => inputs });
  assertThrows(features, RangeError, "Cannot take 35 values as 4 inputs: each must have 7");
  backend.dispose();
});
