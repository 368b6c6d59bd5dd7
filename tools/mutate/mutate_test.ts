import { assert, assertEquals, assertThrows } from "@std/assert";
import { reproductions } from "../../reproductions/mod.ts";
import { lineOf } from "./line_of.ts";
import { listMutants, mutationKinds } from "./list_mutants.ts";
import { root } from "../../scripts/lib/test_helpers.ts";

Deno.test("mutations name texts that occur once, and tests that exist", () => {
  for (const { tests } of listMutants()) {
    for (const test of tests) assert(Deno.statSync(`${root}${test}`).isFile, test);
  }
});

Deno.test("mutations are at least 30, of each kind, in every folder that computes or judges", () => {
  const mutants = listMutants();
  assert(mutants.length >= 30);
  for (const kind of mutationKinds) assert(mutants.some((mutant) => mutant.kind === kind), kind);
  const folders = new Set(mutants.map(({ file }) => file.split("/").slice(0, 2).join("/")));
  const sources = [
    ...["classify", "compute", "data", "files", "nn", "numeric", "pretrained", "scattering", "suite"],
    "transformers",
  ];
  for (const name of sources) assert(folders.has(`src/${name}`), name);
  for (const { id } of reproductions) assert(folders.has(`reproductions/${id}`), id);
  assert(mutants.filter(({ file }) => file.includes("/assembly/")).length >= 10);
});

Deno.test("lineOf() counts from 1, and wants a text once", () => {
  assertEquals(lineOf("a.ts", "x\ny z\n", "z"), 2);
  assertThrows(() => lineOf("a.ts", "x x", "x"), Error, "it occurs 2 times");
  assertThrows(() => lineOf("a.ts", "x x", "y"), Error, "it occurs 0 times");
});
