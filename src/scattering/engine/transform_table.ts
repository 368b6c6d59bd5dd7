import { rootOfUnity } from "../../numeric/fourier/root_of_unity.ts";
import type { Tables } from "./tables.ts";

/** Nanoseconds per element of a pass with each radix that the kernel has a butterfly for, as measured. */
const COST: ReadonlyMap<number, number> = new Map([[8, 1.2], [6, 1.3], [5, 1.53], [4, 1.15], [3, 1.45], [
  2,
  1.35,
]]);

/**
 * Splits a length into the radices of the cheapest transform.
 *
 * @param length A positive integer.
 * @returns Factors of the length: 2, 3, 4, 5, 6, 8, and primes above 5, whose cost grows with their square.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(transformRadices(48), [8, 6]);
 * assertEquals(transformRadices(14), [2, 7]);
 * assertEquals(transformRadices(1), [1]);
 * ```
 */
export function transformRadices(length: number): number[] {
  return length === 1 ? [1] : cheapest(length).radices;
}

function cheapest(length: number): { cost: number; radices: number[] } {
  if (length === 1) return { cost: 0, radices: [] };
  let best: { cost: number; radices: number[] } | undefined;
  for (const [radix, price] of COST) {
    if (length % radix !== 0) continue;
    const rest = cheapest(length / radix);
    if (best === undefined || price + rest.cost < best.cost) {
      best = { cost: price + rest.cost, radices: [radix, ...rest.radices] };
    }
  }
  if (best !== undefined) return best;
  let prime = 7;
  while (length % prime !== 0) prime += 2;
  const rest = cheapest(length / prime);
  return { cost: prime + rest.cost, radices: [prime, ...rest.radices] };
}

/**
 * Writes the tables of a transform with exponent +i.
 *
 * @param tables The memory.
 * @param length The number of elements.
 * @returns The address of a `Transform` of the kernel.
 */
export function writeTransform(tables: Tables, length: number): number {
  let rest = length;
  const passes = transformRadices(length).map((radix) => {
    rest /= radix;
    const done = length / (radix * rest);
    const period = radix * rest;
    const twiddles = Array.from({ length: rest * (radix - 1) }, (_, i) => {
      const p = Math.floor(i / (radix - 1));
      const k = 1 + i % (radix - 1);
      return positiveRoot(p * k % period, period);
    });
    const roots = COST.has(radix) ? [] : Array.from({ length: radix }, (_, k) => positiveRoot(k, radix));
    return {
      radix,
      rest,
      done,
      twiddles: tables.reals(twiddles.flat()),
      roots: tables.reals(roots.flat()),
    };
  });
  return tables.record("Transform", {
    length,
    passes: passes.length,
    first: tables.records("Pass", passes),
  });
}

/** exp(+2 pi i k / n). */
function positiveRoot(k: number, n: number): [re: number, im: number] {
  const [re, im] = rootOfUnity(k, n);
  return [re, -im];
}
