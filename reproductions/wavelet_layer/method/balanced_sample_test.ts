import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { balancedSample } from "./balanced_sample.ts";

const labels = Uint8Array.from({ length: 200 }, (_, row) => row * row % 10 === 0 ? 0 : row % 10);

Deno.test("balancedSample() takes as many of each class, others with every stream", () => {
  const take = (seed: number) => balancedSample(labels, 50, randomStream("balanced", seed));
  const rows = take(0);
  for (let label = 0; label < 10; label++) {
    assertEquals(rows.filter((row) => labels[row] === label).length, 5);
  }
  assertEquals(new Set(rows).size, 50);
  assertEquals(take(0), rows);
  assertNotEquals(take(1), rows);
});

Deno.test("balancedSample() gives all images where there are no more, and refuses a class that is too small", () => {
  assertEquals(balancedSample(labels, 200, randomStream("balanced", 0)).length, 200);
  assertThrows(
    () => balancedSample(new Uint8Array(30), 20, randomStream("balanced", 0)),
    RangeError,
    "has too few",
  );
});
