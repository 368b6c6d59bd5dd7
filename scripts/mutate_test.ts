import { assert, assertEquals, assertThrows } from "@std/assert";
import { lineOf } from "./mutate/line_of.ts";
import { listMutants, mutationKinds } from "./mutate/list_mutants.ts";
import { root } from "./test_helpers.ts";

Deno.test("mutations name texts that occur once, and tests that exist", () => {
  for (const { tests } of listMutants()) {
    for (const test of tests) assert(Deno.statSync(`${root}${test}`).isFile, test);
  }
});

Deno.test("mutations are at least 30, of each kind, in every numeric folder", () => {
  const mutants = listMutants();
  assert(mutants.length >= 30);
  for (const kind of mutationKinds) assert(mutants.some((mutant) => mutant.kind === kind), kind);
  const folders = new Set(mutants.map(({ file }) => file.split("/")[1]));
  for (
    const folder of [
      ...["attention", "classify", "compute", "expressivity", "features", "fourier", "frames", "golden"],
      ...["images", "linalg", "nn", "npy", "random", "scattering", "svm"],
    ]
  ) assert(folders.has(folder), folder);
  assert(mutants.filter(({ file }) => file.includes("/assembly/")).length >= 10);
});

Deno.test("lineOf() counts from 1, and wants a text once", () => {
  assertEquals(lineOf("a.ts", "x\ny z\n", "z"), 2);
  assertThrows(() => lineOf("a.ts", "x x", "x"), Error, "it occurs 2 times");
  assertThrows(() => lineOf("a.ts", "x x", "y"), Error, "it occurs 0 times");
});
