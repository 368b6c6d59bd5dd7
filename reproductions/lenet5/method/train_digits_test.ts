import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { synthesiseDigits } from "../../../src/data/stand_ins/synthesise_digits.ts";
import { inFolder } from "../../../src/files/test_helpers.ts";
import { lenet5 } from "../../../src/nn/descriptions/lenet5.ts";
import type { Network } from "../../../src/nn/network.ts";
import { buildNetwork } from "./build_network.ts";
import { paddedDigits } from "./padded_digits.ts";
import { classify, trainDigits } from "./train_digits.ts";

const data = paddedDigits(synthesiseDigits(120, 1), 32);
const options = { rate: 0.02, batchSize: 20, rubbish: 8.4, passes: 3, seed: 1, probe: 40, followed: true };

function valuesOf(network: Network): number[][] {
  return network.tensors.map(({ variable }) => Array.from(variable.dataSync()));
}

Deno.test(
  "trainDigits() leaves frozen layers as they were, and goes on to the same bits",
  inFolder(async (folder) => {
    const backend = await startBackend({ threads: 1 });
    try {
      const frozen = ["C1", "S2", "C3", "S4"];
      const training = { ...options, output: "softmax", frozen } as const;
      const whole = buildNetwork(lenet5, "softmax", 1);
      const before = valuesOf(whole);
      const errors = await trainDigits(whole, { train: data, test: data }, training);
      assertEquals(errors.map(({ pass }) => pass), [1, 2, 3]);
      const after = valuesOf(whole);
      const isMoved = after.map((values, i) => values.some((value, k) => value !== before[i]![k]));
      // Weights and bias of C1, S2, C3 and S4, then those of C5, F6 and the output.
      assertEquals(isMoved, [...Array(8).fill(false), ...Array(6).fill(true)]);
      const checkpoint = { path: `${folder}/checkpoint`, settings: "test" };
      const stopped = buildNetwork(lenet5, "softmax", 1);
      await trainDigits(stopped, { train: data, test: data }, { ...training, checkpoint, stopAfter: 8 });
      const resumed = buildNetwork(lenet5, "softmax", 1);
      assertEquals(
        await trainDigits(resumed, { train: data, test: data }, { ...training, checkpoint }),
        errors,
      );
      assertEquals(valuesOf(resumed), after);
    } finally {
      backend.dispose();
    }
  }),
);

Deno.test("trainDigits() lowers distances to the bitmap of the right class", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    const training = { ...options, output: "rbf", rate: 0.002, passes: 6, frozen: [] } as const;
    const network = buildNetwork(lenet5, "rbf", 1);
    const before = classify(network, data);
    const errors = await trainDigits(network, { train: data, test: data }, { ...training, followed: false });
    assertEquals(errors.map(({ pass }) => pass), [6]);
    assertNotEquals(classify(network, data), before);
    assert(errors.at(-1)!.test < 60);
    assertEquals(classify(network, data, 7).length, 7);
  } finally {
    backend.dispose();
  }
});
