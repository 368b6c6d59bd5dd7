import "@tensorflow/tfjs-backend-cpu";
import { memory, setBackend } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { someValues } from "../test_helpers.ts";
import { setWeights } from "./set_weights.ts";

await setBackend("cpu");

const model = () => sequential({ layers: [layers.dense({ name: "d", units: 2, inputShape: [3] })] });
const kernel = { shape: [3, 2], values: someValues(6, 1) };
const bias = { shape: [2], values: someValues(2, 2) };

Deno.test("setWeights() gives each weight its values, in a second model too, and keeps no tensors", () => {
  for (const network of [model(), model()]) {
    const before = memory().numTensors;
    setWeights(network, new Map([["d/bias", bias], ["d/kernel", kernel]]), "net");
    assertEquals(memory().numTensors, before);
    assertEquals(network.getWeights().map((weight) => [...weight.dataSync()]), [[...kernel.values], [
      ...bias.values,
    ]]);
  }
});

Deno.test("setWeights() refuses a weight that is missing, foreign, or of another shape", () => {
  const cases: readonly [[string, typeof kernel][], string][] = [
    [[["d/kernel", kernel]], "Cannot use net: it must have the weight d/bias: it has not"],
    [[["d/kernel", kernel], ["d/bias", bias], ["e\n", bias]], "those of the network: e\\n is not"],
    [[["d/kernel", bias], ["d/bias", bias]], "d/kernel must have the shape 3x2: current shape is 2"],
  ];
  for (const [weights, reason] of cases) {
    assertThrows(() => setWeights(model(), new Map(weights), "net"), DataError, reason);
  }
});
