import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { findSinks } from "./find_sinks.ts";
import { receivedAttention } from "./received_attention.ts";
import { uniformAttention } from "./test_helpers.ts";

Deno.test("receivedAttention() of uniform attention is the mean of 1 / (i + 1) over later queries", () => {
  const received = receivedAttention(uniformAttention(8));
  for (let j = 0; j < 7; j++) {
    let sum = 0;
    for (let i = j + 1; i < 8; i++) sum += 1 / (i + 1);
    assertAlmostEquals(received[j]!, sum / (7 - j), 1e-15);
  }
  assertEquals(received[7], NaN);
});

Deno.test("findSinks() finds the key that every later query attends to", () => {
  const length = 16;
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) weights[i * length + (i < 5 ? i : 5)] = 1;
  assertEquals(findSinks({ length, weights }), [5]);
});

Deno.test("findSinks() compares strictly, and counts the queries after a key", () => {
  const length = 8;
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) {
    weights[i * length] = 0.25;
    weights[i * length + i]! += 0.75;
  }
  assertEquals(findSinks({ length, weights }, { threshold: 0.25 }), []);
  assertEquals(findSinks({ length, weights }, { threshold: 0.2499 }), [0]);
  assertEquals(findSinks({ length, weights }, { laterQueries: 7 }), [0]);
  assertEquals(findSinks({ length, weights }, { laterQueries: 8 }), []);
});

Deno.test("findSinks() and receivedAttention() refuse wrong input", () => {
  assertThrows(() => findSinks(uniformAttention(4), { laterQueries: 0 }), RangeError, "must be > 0");
  assertThrows(() => findSinks(uniformAttention(4), { laterQueries: NaN }), RangeError, "value is NaN");
  assertThrows(
    () => receivedAttention({ length: 2, weights: new Float32Array(3) }),
    RangeError,
    "2 tokens need 4 weights: current number is 3",
  );
});
