import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { cosine, exponential, sine } from "./elementary.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

Deno.test("exponential() agrees with the engine's to two units of the last place", () => {
  fc.assert(
    fc.property(between(-708, 709.7), (x) => {
      assertAlmostEquals(exponential(x) / Math.exp(x), 1, 5e-16);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("exponential() takes sums to products", () => {
  fc.assert(
    fc.property(between(-300, 300), between(-300, 300), (x, y) => {
      assertAlmostEquals(exponential(x) * exponential(y) / exponential(x + y), 1, 2e-13);
    }),
    { numRuns: 500 },
  );
});

Deno.test("exponential() goes through subnormal numbers to 0, and keeps what is no number", () => {
  assertEquals([exponential(-744), exponential(-746), exponential(-Infinity), exponential(Infinity)], [
    Math.exp(-744),
    0,
    0,
    Infinity,
  ]);
  assertEquals(exponential(NaN), NaN);
});

Deno.test("sine() and cosine() agree with the engine's", () => {
  fc.assert(
    fc.property(between(-1e6, 1e6), (x) => {
      assertAlmostEquals(sine(x), Math.sin(x), 5e-16);
      assertAlmostEquals(cosine(x), Math.cos(x), 5e-16);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("sine() is odd, cosine() even, and their squares have the sum 1", () => {
  fc.assert(
    fc.property(between(-100, 100), (x) => {
      assertAlmostEquals(sine(x) ** 2 + cosine(x) ** 2, 1, 1e-15);
      assertAlmostEquals(sine(-x), -sine(x), 1e-16);
      assertAlmostEquals(cosine(-x), cosine(x), 1e-16);
    }),
    { numRuns: 500 },
  );
  assertEquals([sine(0), cosine(0)], [0, 1]);
});
