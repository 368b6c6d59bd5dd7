import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../random/random_stream.ts";
import { causalAttention } from "./causal_attention.ts";
import { normals } from "./test_helpers.ts";

const [sequences, heads, length, width] = [2, 3, 7, 4];

function randomInputs(seed: number) {
  const stream = randomStream("attention", seed);
  const draw = () => normals(sequences * heads * length * width, stream);
  return { queries: draw(), keys: draw(), values: draw(), length, width };
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
