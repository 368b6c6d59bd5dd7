import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { catchMass } from "./catch_mass.ts";
import { receivedAttention } from "./received_attention.ts";
import { releaseMass } from "./release_mass.ts";
import { randomAttention, uniformAttention } from "./test_helpers.ts";

const map = randomAttention(10, randomStream("catch and release", 0));

Deno.test("catchMass() of one sink is its received attention", () => {
  const received = receivedAttention(map);
  for (let j = 0; j < 9; j++) assertAlmostEquals(catchMass(map, [j]), received[j]!, 1e-15);
  assertEquals(catchMass(map, [9]), NaN);
});

Deno.test("catchMass() of all keys is what a query does not give to itself", () => {
  const all = Array.from({ length: 10 }, (_, j) => j);
  let own = 0;
  for (let i = 1; i < 10; i++) own += map.weights[i * 10 + i]!;
  assertAlmostEquals(catchMass(map, all), 1 - own / 9, 1e-15);
});

Deno.test("releaseMass() of all keys is 1, and of uniform attention the share of keys", () => {
  assertAlmostEquals(releaseMass(map, Array.from({ length: 10 }, (_, j) => j)), 1, 1e-15);
  assertAlmostEquals(releaseMass(uniformAttention(8), [5, 6, 7]), 3 / 8, 1e-15);
  assertAlmostEquals(releaseMass(uniformAttention(8), [1, 7], 3), 1 / 4, 1e-15);
});

Deno.test("catchMass() and releaseMass() refuse what is no position", () => {
  assertThrows(() => catchMass(map, []), RangeError, "there must be a sink");
  assertThrows(() => catchMass(map, [10]), RangeError, "in 0..9: current value is 10");
  assertThrows(() => releaseMass(map, [0], -1), RangeError, "current value is -1");
  assertThrows(() => releaseMass(map, [1.5]), RangeError, "current value is 1.5");
});
