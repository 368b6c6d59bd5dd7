import { assertEquals } from "@std/assert";
import { array, assert as check, integer, property } from "fast-check";
import { mergePairs } from "./merge_pairs.ts";

/** Some pairs of 0..9 can be joined, by a fixed table. */
function join(left: number, right: number): { token: number; score: number } | null {
  const mixed = (left * 31 + right * 17) % 23;
  return mixed < 9 ? { token: mixed, score: (left * 7 + right * 3) % 5 } : null;
}

/** The definition: look at all neighbours, join the first of the best ones, and again. */
function slowly(tokens: readonly number[]): number[] {
  const rest = [...tokens];
  while (true) {
    let best: { at: number; token: number; score: number } | undefined;
    for (let at = 0; at + 1 < rest.length; at++) {
      const joined = join(rest[at]!, rest[at + 1]!);
      if (joined !== null && (best === undefined || joined.score > best.score)) best = { at, ...joined };
    }
    if (best === undefined) return rest;
    rest.splice(best.at, 2, best.token);
  }
}

Deno.test("mergePairs() joins what a search through all neighbours would", () => {
  check(
    property(array(integer({ min: 0, max: 9 }), { maxLength: 40 }), (tokens) => {
      assertEquals(Array.from(mergePairs(tokens, join)), slowly(tokens));
    }),
    { numRuns: 300, seed: 8 },
  );
});
