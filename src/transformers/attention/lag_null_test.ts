import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { findSinks } from "./find_sinks.ts";
import { lagNull } from "./lag_null.ts";
import { randomAttention } from "./test_helpers.ts";

Deno.test("lagNull() of a head that attends to one lag alone is that head", () => {
  const length = 12;
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) weights[i * length + i] = 1;
  assertEquals(lagNull({ length, weights }).weights, weights);
});

Deno.test("lagNull() has rows that sum to 1, and a weight that depends on the lag up to the row", () => {
  const length = 20;
  const weights = Float64Array.from(lagNull(randomAttention(length, randomStream("lag null", 0))).weights);
  for (let i = 0; i < length; i++) {
    const row = weights.subarray(i * length, (i + 1) * length);
    assertAlmostEquals(row.reduce((sum, weight) => sum + weight, 0), 1, 1e-14);
    assertEquals(row.subarray(i + 1).every((weight) => weight === 0), true);
    if (i < 2) continue;
    const before = weights.subarray((i - 1) * length, i * length);
    assertAlmostEquals(row[i]! / row[i - 1]!, before[i - 1]! / before[i - 2]!, 1e-12);
  }
});

Deno.test("lagNull() of a head with a sink in the middle has none there", () => {
  const length = 16;
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) weights[i * length + (i < 6 ? i : 6)] = 1;
  assertEquals(findSinks({ length, weights }), [6]);
  assertEquals(findSinks(lagNull({ length, weights })).includes(6), false);
});

Deno.test("lagNull() refuses a map of the wrong size", () => {
  assertThrows(() => lagNull({ length: 2, weights: new Float64Array(5) }), RangeError, "lag null");
});
