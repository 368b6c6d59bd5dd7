import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "./random_stream.ts";

/** The published recurrence of xoroshiro128+ (Blackman and Vigna, constants 24, 16, 37) in 64-bit integers. */
function* xoroshiro128plus(s0: bigint, s1: bigint): Generator<bigint> {
  const rotate = (x: bigint, k: bigint) => BigInt.asUintN(64, (x << k) | (x >> (64n - k)));
  while (true) {
    yield BigInt.asUintN(64, s0 + s1);
    s1 ^= s0;
    s0 = BigInt.asUintN(64, rotate(s0, 24n) ^ s1 ^ (s1 << 16n));
    s1 = rotate(s1, 37n);
  }
}

/** The mean and variance of `count` samples. */
function moments(count: number, sample: () => number): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = sample();
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return { mean, variance: squares / count - mean * mean };
}

Deno.test("randomStream() gives the published recurrence from the SHA-256 of its name", async () => {
  const digest = new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode("init/layer3\u000042")),
  );
  const word = (offset: number) => new DataView(digest.buffer).getBigUint64(offset);
  const reference = xoroshiro128plus(word(0), word(8));
  const next32 = () => Number(BigInt.asUintN(32, reference.next().value));
  const stream = randomStream("init/layer3", 42);
  for (let i = 0; i < 1000; i++) {
    const expected = (Math.floor(next32() / 32) * 2 ** 26 + Math.floor(next32() / 64)) / 2 ** 53;
    assertEquals(stream.uniform(), expected, `sample ${i}`);
  }
});

Deno.test("randomStream() repeats itself for one name and differs between labels and seeds", () => {
  const first = (label: string, seed: number) => randomStream(label, seed).uniform();
  assertEquals(first("a", 0), first("a", 0));
  assertNotEquals(first("a", 0), first("b", 0));
  assertNotEquals(first("a", 0), first("a", 1));
  assertNotEquals(first("a1", 0), first("a", 10));
});

Deno.test("randomStream() refuses a seed that is not a safe integer >= 0", async (t) => {
  for (const seed of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
    await t.step(`seed ${seed}`, () => {
      assertThrows(() => randomStream("a", seed), RangeError, `current value is ${seed}`);
    });
  }
});

Deno.test("uniform() stays in [0, 1) with the mean and variance of the uniform distribution", () => {
  const stream = randomStream("uniform", 0);
  const count = 200_000;
  const { mean, variance } = moments(count, () => {
    const value = stream.uniform();
    assert(value >= 0 && value < 1);
    return value;
  });
  // Four standard errors: sd / sqrt(n), and sqrt((fourth moment - variance^2) / n) with 1/80 and 1/144.
  assertAlmostEquals(mean, 1 / 2, 4 * Math.sqrt(1 / 12 / count));
  assertAlmostEquals(variance, 1 / 12, 4 * Math.sqrt((1 / 80 - 1 / 144) / count));
});

Deno.test("uniform() fills all 53 bits", () => {
  const stream = randomStream("bits", 0);
  const values = Array.from({ length: 2000 }, () => BigInt(stream.uniform() * 2 ** 53));
  for (let bit = 0n; bit < 53n; bit++) {
    const ones = values.filter((value) => (value >> bit & 1n) === 1n).length;
    assertAlmostEquals(ones, 1000, 4.5 * Math.sqrt(500), `bit ${bit}`);
  }
});

Deno.test("integer() is equally likely to be each value, by chi-square", async (t) => {
  for (const n of [2, 3, 6, 10, 64, 100]) {
    await t.step(`n = ${n}`, () => {
      const stream = randomStream(`integer/${n}`, 0);
      const expected = 2000;
      const counts = new Array<number>(n).fill(0);
      for (let i = 0; i < n * expected; i++) counts[stream.integer(n)]! += 1;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // Mean n - 1 and variance 2 (n - 1) of the chi-square distribution, five standard deviations.
      assert(chiSquare < n - 1 + 5 * Math.sqrt(2 * (n - 1)), `chi-square ${chiSquare}`);
    });
  }
});

Deno.test("integer() covers the ends of its range", () => {
  const stream = randomStream("ends", 0);
  assertEquals(stream.integer(1), 0);
  const large = Array.from({ length: 100 }, () => stream.integer(2 ** 32));
  assert(large.some((value) => value >= 2 ** 31) && large.every((value) => value >= 0 && value < 2 ** 32));
});

Deno.test("integer() refuses a range that is empty, fractional or too large", async (t) => {
  for (const n of [0, -3, 1.5, NaN, 2 ** 32 + 1]) {
    await t.step(`n = ${n}`, () => {
      assertThrows(() => randomStream("a", 0).integer(n), RangeError, `current value is ${n}`);
    });
  }
});

Deno.test("normal() has mean 0, variance 1 and the tails of the normal distribution", () => {
  const stream = randomStream("normal", 0);
  const count = 200_000;
  let beyond = 0;
  const { mean, variance } = moments(count, () => {
    const value = stream.normal();
    if (Math.abs(value) > 1.959963984540054) beyond++;
    return value;
  });
  assertAlmostEquals(mean, 0, 4 / Math.sqrt(count));
  assertAlmostEquals(variance, 1, 4 * Math.sqrt(2 / count));
  assertAlmostEquals(beyond / count, 0.05, 4 * Math.sqrt(0.05 * 0.95 / count));
});

Deno.test("shuffle() reaches each of the six orders of three items equally often", () => {
  const stream = randomStream("shuffle", 0);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = stream.shuffle(["a", "b", "c"]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  for (const [order, count] of counts) assertAlmostEquals(count, 1000, 4 * Math.sqrt(1000 * 5 / 6), order);
});

Deno.test("permutation() holds each of 0..n-1 once", () => {
  fc.assert(fc.property(fc.nat(200), fc.nat(), (n, seed) => {
    const sorted = randomStream("permutation", seed).permutation(n).toSorted();
    assertEquals(sorted, Uint32Array.from({ length: n }, (_, i) => i));
  }));
});
