import { assertRejects, assertThrows } from "@std/assert";
import { tensor1d, zeros } from "@tensorflow/tfjs-core";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { dense } from "./dense.ts";
import { Network } from "./network.ts";
import { constantRate } from "./schedules.ts";
import { train } from "./train.ts";

Deno.test("nothing to learn from is an error, not a loss", async (t) => {
  const backend = await startBackend({ threads: 1 });

  await t.step("crossEntropy() of no rows", () => {
    assertThrows(
      () => crossEntropy(zeros([0, 3]), tensor1d([], "int32")),
      RangeError,
      "Cannot take the mean cross-entropy of no rows: there must be at least one, logits are (0,3)",
    );
  });

  await t.step("train() on no inputs", async () => {
    const network = new Network([2], [dense(2)], 1);
    const data = { shape: [2], inputs: new Float32Array(0), labels: new Uint8Array(0) };
    const options = {
      epochs: 1,
      batchSize: 4,
      optimizer: { rule: "sgd" },
      rate: constantRate(0.1),
      seed: 1,
    } as const;
    await assertRejects(
      () => train(network, data, options),
      RangeError,
      "Cannot train on 0 inputs: there must be at least one",
    );
    network.dispose();
  });

  backend.dispose();
});
