import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../errors.ts";
import { globToRegExp } from "./glob.ts";
import { isNeeded, parseShard, selectJobs } from "./select_jobs.ts";

const jobs = ["c", "a", "d", "b", "e"].map((id) => ({ id, cells: [`table/${id}`] }));

Deno.test("selectJobs() cuts shards that are disjoint and together whole", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), (count) => {
    const shards = Array.from(
      { length: count },
      (_, i) => selectJobs(jobs, () => true, { index: i + 1, count }),
    );
    assertEquals(shards.flat().map(({ id }) => id).sort(), ["a", "b", "c", "d", "e"]);
  }));
});

Deno.test("selectJobs() takes jobs I, I+N, I+2N of all jobs sorted by id, whatever cells are wanted", () => {
  const of = (wanted: (cell: string) => boolean) =>
    selectJobs(jobs, wanted, { index: 2, count: 2 }).map(({ id }) => id);
  assertEquals(of(() => true), ["b", "d"]);
  assertEquals(of((cell) => cell !== "table/b"), ["d"]);
});

Deno.test("isNeeded() takes a job that serves figures alone where every cell is wanted", () => {
  const everything = () => true;
  const some = (cell: string) => cell.startsWith("table/");
  assertEquals([isNeeded({ cells: [] }, everything), isNeeded({ cells: [] }, some)], [true, false]);
  assertEquals([isNeeded({ cells: ["a", "table/b"] }, some), isNeeded({ cells: ["a"] }, some)], [
    true,
    false,
  ]);
});

Deno.test("parseShard() refuses what is no I/N with 1 <= I <= N", async (t) => {
  for (const text of ["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/2/3"]) {
    await t.step(text, () => {
      assertThrows(() => parseShard(text), UsageError, `Cannot take shard "${text}"`);
    });
  }
  assertEquals(parseShard("2/3"), { index: 2, count: 3 });
});

Deno.test("globToRegExp() takes only * and ? as special", async (t) => {
  const cases: [string, string, boolean][] = [
    ["table4/n=300/*", "table4/n=300/scat2/pca", true],
    ["table4/n=300/*", "table4/n=3000/scat2/pca", false],
    ["table1/J=?/m<=3", "table1/J=7/m<=3", true],
    ["a.b", "aXb", false],
    ["a[b]", "a[b]", true],
    ["a+(b|c)^$", "a+(b|c)^$", true],
    ["*", "", true],
  ];
  for (const [pattern, cell, matches] of cases) {
    await t.step(`${pattern} ${cell}`, () => assert(globToRegExp(pattern).test(cell) === matches));
  }
});
