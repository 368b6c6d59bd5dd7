import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { power } from "./power.ts";

/** A positive normal float64 as whole * 2 ** -shift, of a negative shift too. */
function exact(x: number): { whole: bigint; shift: number } {
  const bits = new BigUint64Array(new Float64Array([x]).buffer)[0]!;
  return { whole: (bits & 0xfffffffffffffn) | 0x10000000000000n, shift: 1075 - Number(bits >> 52n) };
}

/** The sign of result ** roots - base ** times, in exact arithmetic. */
function compare(
  result: { whole: bigint; shift: number },
  roots: number,
  base: number,
  times: number,
): number {
  const b = exact(base);
  const power = b.whole ** BigInt(Math.abs(times));
  // Of a negative exponent, result ** roots * base ** -times against 1.
  const left = result.whole ** BigInt(roots) * (times < 0 ? power : 1n);
  const right = times < 0 ? 1n : power;
  const shift = result.shift * roots - b.shift * times;
  const difference = shift > 0 ? left - (right << BigInt(shift)) : (left << BigInt(-shift)) - right;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The middle between a float64 and its neighbour above or below. */
function middle(x: number, side: 1 | -1): { whole: bigint; shift: number } {
  const bits = new BigInt64Array(new Float64Array([x]).buffer);
  const neighbour = new Float64Array(new BigInt64Array([bits[0]! + BigInt(side)]).buffer)[0]!;
  const a = exact(x);
  const b = exact(neighbour);
  const shift = Math.max(a.shift, b.shift);
  const whole = (a.whole << BigInt(shift - a.shift)) + (b.whole << BigInt(shift - b.shift));
  return { whole, shift: shift + 1 };
}

function assertNearest(base: number, times: number, roots: number): void {
  const result = power(base, times / roots);
  const at = `${base} ** (${times} / ${roots}) = ${result}`;
  assert(compare(middle(result, 1), roots, base, times) >= 0, `${at} is too small`);
  assert(compare(middle(result, -1), roots, base, times) <= 0, `${at} is too large`);
}

Deno.test("power() gives the float64 nearest to the power, as exact arithmetic says", async (t) => {
  const bases = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  await t.step("of whole exponents", () => {
    fc.assert(fc.property(bases, fc.integer({ min: -40, max: 40 }), (base, n) => assertNearest(base, n, 1)));
  });
  await t.step("of eighths", () => {
    fc.assert(fc.property(bases, fc.integer({ min: -60, max: 60 }), (base, n) => assertNearest(base, n, 8)));
  });
  await t.step("of what Adam takes", () => {
    for (const beta of [0.9, 0.95, 0.98, 0.999]) {
      for (const step of [1, 2, 3, 10, 101, 1000]) assertNearest(beta, step, 1);
    }
  });
});

Deno.test("power() agrees with what V8 computes without a library", () => {
  fc.assert(fc.property(fc.double({ min: 1e-150, max: 1e150, noNaN: true }), (x) => {
    assertEquals([power(x, 2), power(x, 0.5), power(x, 1), power(x, 0)], [x * x, Math.sqrt(x), x, 1]);
  }));
});

Deno.test("power() reaches the ends of the range", () => {
  assertEquals([power(2, 1023), power(2, -1022), power(2, 1024), power(0.5, 2000)], [
    2 ** 1023,
    2 ** -1022,
    Infinity,
    0,
  ]);
  assertEquals([power(0, 3), power(0, -1), power(Infinity, -2), power(NaN, 2), power(2, NaN)], [
    0,
    Infinity,
    0,
    NaN,
    NaN,
  ]);
  assertEquals([power(1, 1e308), power(3, Infinity), power(NaN, 0)], [1, Infinity, 1]);
});

Deno.test("power() takes no negative base", () => {
  assertThrows(() => power(-8, 1 / 3), RangeError, "the base must be >= 0");
});
