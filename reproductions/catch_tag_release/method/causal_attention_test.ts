import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { causalAttention } from "./causal_attention.ts";
import { normals } from "../../../src/transformers/attention/test_helpers.ts";

const sequences = 2;
const heads = 3;
const length = 7;
const width = 4;

function randomInputs(seed: number) {
  const stream = randomStream("attention", seed);
  const sample = () => normals(sequences * heads * length * width, stream);
  return { queries: sample(), keys: sample(), values: sample(), length, width };
}

Deno.test("causalAttention() is the softmax of inner products, written out for one head", () => {
  const inputs = { ...randomInputs(0), length: 42, width: 4 };
  const { outputs, weights, logits } = causalAttention(inputs, { scaling: "sqrt(d_head)", keepLogits: true });
  for (const i of [0, 5, 41]) {
    const products = Array.from(
      { length: i + 1 },
      (_, j) =>
        [0, 1, 2, 3].reduce((sum, k) => sum + inputs.queries[i * 4 + k]! * inputs.keys[j * 4 + k]!, 0) / 2,
    );
    const powers = products.map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    let output = 0;
    for (const [j, power] of powers.entries()) {
      assertAlmostEquals(logits![i * 42 + j]!, products[j]!, 1e-14);
      assertAlmostEquals(weights[i * 42 + j]!, power / total, 1e-14);
      output += power / total * inputs.values[j * 4 + 2]!;
    }
    assertAlmostEquals(outputs[i * 4 + 2]!, output, 1e-13);
  }
});

Deno.test("causalAttention() of a batch is that of each head alone", () => {
  const inputs = randomInputs(1);
  const all = causalAttention(inputs, { scaling: "none" });
  const size = length * width;
  for (let head = 0; head < sequences * heads; head++) {
    const own = (rows: Float64Array) => rows.slice(head * size, (head + 1) * size);
    const alone = causalAttention({
      ...inputs,
      queries: own(inputs.queries),
      keys: own(inputs.keys),
      values: own(inputs.values),
    }, { scaling: "none" });
    assertEquals(alone.outputs, own(all.outputs));
    assertEquals(alone.weights, all.weights.slice(head * length ** 2, (head + 1) * length ** 2));
  }
});

Deno.test("causalAttention() scaled by sqrt(d_head) is that of queries divided by it", () => {
  const inputs = randomInputs(2);
  const halved = { ...inputs, queries: inputs.queries.map((query) => query / 2) };
  assertEquals(
    causalAttention(inputs, { scaling: "sqrt(d_head)" }).weights,
    causalAttention(halved, { scaling: "none" }).weights,
  );
});

Deno.test("causalAttention() has no weight on later keys, and its logits there are -Infinity", () => {
  const { weights, logits } = causalAttention(randomInputs(3), { scaling: "none", keepLogits: true });
  for (const [at, weight] of weights.entries()) {
    const isLater = at % length > Math.floor(at / length) % length;
    assertEquals(weight === 0, isLater);
    assertEquals(logits![at] === -Infinity, isLater);
  }
});

for (const scaling of ["none", "sqrt(d_head)"] as const) {
  Deno.test(`causalAttention() keeps the identities of softmax attention, scaling ${scaling}`, async (t) => {
    const inputs = randomInputs(6);
    const { outputs, weights } = causalAttention(inputs, { scaling });
    const stream = randomStream("identities", 0);

    await t.step("the weights of a query sum to 1", () => {
      for (let at = 0; at < weights.length; at += length) {
        const sum = weights.subarray(at, at + length).reduce((total, weight) => total + weight, 0);
        assertAlmostEquals(sum, 1, 1e-14);
      }
    });

    await t.step("another token changes no output before it, not by a bit", () => {
      const changedToken = 4;
      const change = (rows: Float64Array) =>
        rows.map((x, at) => Math.floor(at / width) % length === changedToken ? x + 1 : x);
      const changed = causalAttention({
        ...inputs,
        queries: change(inputs.queries),
        keys: change(inputs.keys),
        values: change(inputs.values),
      }, { scaling }).outputs;
      for (const [at, output] of outputs.entries()) {
        if (Math.floor(at / width) % length < changedToken) assertEquals(output, changed[at], `output ${at}`);
      }
    });

    await t.step("the same vector added to every key changes no weight", () => {
      const shift = normals(width, stream);
      const keys = inputs.keys.map((key, at) => key + shift[at % width]!);
      for (const [at, weight] of causalAttention({ ...inputs, keys }, { scaling }).weights.entries()) {
        assertAlmostEquals(weight, weights[at]!, 1e-13);
      }
    });

    await t.step("along no direction does an output lie beyond all values that its query sees", () => {
      for (let round = 0; round < 16; round++) {
        const direction = normals(width, stream);
        const along = (rows: Float64Array, token: number) =>
          direction.reduce((sum, part, k) => sum + part * rows[token * width + k]!, 0);
        let farthest = -Infinity;
        for (let token = 0; token < sequences * heads * length; token++) {
          if (token % length === 0) farthest = -Infinity;
          farthest = Math.max(farthest, along(inputs.values, token));
          assert(along(outputs, token) <= farthest + 1e-13, `token ${token}`);
        }
      }
    });
  });
}

Deno.test("causalAttention() holds for large logits", () => {
  const inputs = randomInputs(4);
  const large = { ...inputs, queries: inputs.queries.map((query) => 1e4 * query) };
  const { weights } = causalAttention(large, { scaling: "none" });
  assert(weights.every((weight) => weight >= 0 && weight <= 1));
});

Deno.test("causalAttention() refuses sizes that do not fit", () => {
  const inputs = randomInputs(5);
  const attend = (changed: object) => () => causalAttention({ ...inputs, ...changed }, { scaling: "none" });
  assertThrows(attend({ width: 0 }), RangeError, "width must be an integer >= 1: current value is 0");
  assertThrows(attend({ length: 5 }), RangeError, "no whole number of heads of 5 tokens and width 4");
  assertThrows(attend({ keys: new Float64Array(4) }), RangeError, "168 have 4 and 168");
});
