import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { ScatteringNetwork, type ScatteringNetworkOptions } from "./scattering_network.ts";

function networkWith(change: Partial<ScatteringNetworkOptions>): ScatteringNetwork {
  return new ScatteringNetwork({
    inputShape: [4, 4, 9],
    phases: false,
    blocks: [],
    beta: 0,
    seed: 1,
    ...change,
  });
}

Deno.test("ScatteringNetwork has the shapes of the authors' code", async (t) => {
  const backend = await startBackend({ threads: 1 });
  const shapesOf = (network: ScatteringNetwork) =>
    network.network.layers.map(({ name, outputShape }) => `${name} ${outputShape}`);

  await t.step("behind a scattering of J = 3", () => {
    const block = { channels: 128, atoms: 512 };
    const network = networkWith({ inputShape: [4, 4, 651], blocks: [block] });
    assertEquals(shapesOf(network), [
      "0-batch-norm 4,4,651",
      "1-projection 4,4,128",
      "2-unit-channels 4,4,128",
      "3-frame 4,4,128",
      "4-batch-norm 4,4,128",
      "5-dense 10",
    ]);
    assertEquals([network.dimension, network.frames.length], [2048, 1]);
    // No weight decay on P and F.
    const groups = network.network.parameters.map(({ name, group }) => `${name} ${group}`);
    assertEquals(groups.slice(0, 2), ["1-projection/P frame", "3-frame/atoms frame"]);
  });

  await t.step("with phase scatterings", () => {
    const blocks = [{ channels: 4, atoms: 8 }, { channels: 6, atoms: 0 }];
    const network = networkWith({ inputShape: [8, 8, 3], phases: true, blocks });
    assertEquals(shapesOf(network).slice(0, 9), [
      "0-phase-scattering 4,4,99",
      "1-batch-norm 4,4,99",
      "2-projection 4,4,4",
      "3-unit-channels 4,4,4",
      "4-frame 4,4,4",
      "5-phase-scattering 2,2,132",
      "6-batch-norm 2,2,132",
      "7-projection 2,2,6",
      "8-unit-channels 2,2,6",
    ]);
    const x = tf.randomNormal([5, 8, 8, 3], 0, 1, "float32", 1);
    const y = network.represent(x);
    assertEquals([y.shape, network.classify(y).shape], [[5, 2, 2, 6], [5, 10]]);
    assertEquals(Array.from(network.classify(y).dataSync()), Array.from(network.network.apply(x).dataSync()));
  });

  await t.step("refuses what is no projection, and what is no frame", () => {
    const make = (channels: number, atoms: number) => networkWith({ blocks: [{ channels, atoms }] });
    assertThrows(() => make(10, 0), RangeError, "9 channels to 10");
    assertThrows(() => make(8, 7), RangeError, "7 atoms in 8 dimensions");
  });

  backend.dispose();
});
