import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fisherExactTest, type Successes } from "./fisher_exact.ts";

/** A count of so many trials at most. */
const successes: fc.Arbitrary<Successes> = fc.integer({ min: 0, max: 40 }).chain((trials) =>
  fc.nat(trials).map((count) => ({ count, trials }))
);

const of = (count: number, trials: number): Successes => ({ count, trials });

/** n choose k, exactly. */
function choose(n: number, k: number): bigint {
  let product = 1n;
  for (let i = 1; i <= k; i++) product = product * BigInt(n - k + i) / BigInt(i);
  return product;
}

/** The same test in whole numbers: no probability is rounded before the last division. */
function wholeNumberTest(one: Successes, other: Successes): number {
  const all = one.count + other.count;
  const ways = (count: number) => choose(one.trials, count) * choose(other.trials, all - count);
  const tables = Array.from({ length: all + 1 }, (_, count) => count)
    .filter((count) => count <= one.trials && all - count <= other.trials)
    .map(ways);
  const sum = (terms: readonly bigint[]) => terms.reduce((total, term) => total + term, 0n);
  return Number(sum(tables.filter((own) => own <= ways(one.count)))) / Number(sum(tables));
}

Deno.test("fisherExactTest() gives the probabilities of known tables", async (t) => {
  const known = [
    // 1 / 20 on either side.
    { one: of(3, 3), other: of(0, 3), p: 0.1 },
    // Fisher 1935, chapter 2: 1 of 70 arrangements on either side.
    { one: of(4, 4), other: of(0, 4), p: 2 / 70 },
    // Fisher 1935, section 21.02: 10 of 13 and 2 of 17; the other side has no table that is as unlikely.
    { one: of(10, 13), other: of(2, 17), p: 0.0005367241 },
    // All but the two likelier tables, 5 and 6 of 10: 252 x 210 of the 167,960 ways each.
    { one: of(7, 10), other: of(4, 10), p: 1 - 2 * 210 * 252 / 167960 },
  ];
  for (const { one, other, p } of known) {
    await t.step(`${one.count} of ${one.trials} and ${other.count} of ${other.trials}`, () => {
      assertAlmostEquals(fisherExactTest(one, other), p, 1e-9);
    });
  }
});

Deno.test("fisherExactTest() agrees with whole-number arithmetic", () => {
  fc.assert(fc.property(successes, successes, (one, other) => {
    assertAlmostEquals(fisherExactTest(one, other), wholeNumberTest(one, other), 1e-10);
  }));
});

Deno.test("fisherExactTest() does not change where the counts, or successes and failures, change places", () => {
  const failures = ({ count, trials }: Successes) => of(trials - count, trials);
  fc.assert(fc.property(successes, successes, (one, other) => {
    const p = fisherExactTest(one, other);
    assertAlmostEquals(fisherExactTest(other, one), p, 1e-10);
    assertAlmostEquals(fisherExactTest(failures(one), failures(other)), p, 1e-10);
  }));
});

Deno.test("fisherExactTest() is 1 for the likeliest table: all tables together", () => {
  fc.assert(fc.property(successes, (one) => {
    const p = fisherExactTest(one, one);
    assert(p <= 1 && p > 1 - 1e-10, `${p}`);
  }));
});

Deno.test("fisherExactTest() refuses counts that are not of their trials", () => {
  const message = "each must be a whole number between 0 and its trials: ";
  assertThrows(() => fisherExactTest(of(5, 4), of(0, 1)), RangeError, `${message}5 of 4`);
  assertThrows(() => fisherExactTest(of(0, 1), of(-1, 4)), RangeError, `${message}-1 of 4`);
  assertThrows(() => fisherExactTest(of(0.5, 4), of(0, 1)), RangeError, `${message}0.5 of 4`);
});
