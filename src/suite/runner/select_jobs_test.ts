import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../../errors.ts";
import { globMatcher } from "./glob.ts";
import { inShard, jobPositions, parseShard } from "./select_jobs.ts";

/** Two reproductions whose jobs are, sorted by reproduction and id: m/a, m/c, m/d, n/a, n/b. */
const reproductions = [
  { reproduction: { id: "n" }, jobs: [{ id: "b" }, { id: "a" }] },
  { reproduction: { id: "m" }, jobs: [{ id: "c" }, { id: "a" }, { id: "d" }] },
];

const names = ["m/a", "m/c", "m/d", "n/a", "n/b"] as const;

/** The jobs of a shard, as reproduction/id. */
function shardJobs(index: number, count: number): string[] {
  const isMine = inShard(reproductions, { index, count });
  return reproductions.flatMap(({ reproduction: { id }, jobs }) =>
    jobs.filter((job) => isMine(id, job.id)).map((job) => `${id}/${job.id}`)
  ).sort();
}

Deno.test("inShard() cuts shards that are disjoint and together whole", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), (count) => {
    const shards = Array.from({ length: count }, (_, i) => shardJobs(i + 1, count));
    assertEquals(shards.flat().sort(), [...names]);
  }));
});

Deno.test("inShard() takes jobs I, I+N, I+2N of the jobs of all reproductions sorted by name", () => {
  assertEquals(shardJobs(1, 2), ["m/a", "m/d", "n/b"]);
  assertEquals(shardJobs(2, 2), ["m/c", "n/a"]);
});

Deno.test("inShard() takes every job where there is no shard", () => {
  assertEquals(inShard(reproductions, null)("n", "b"), true);
});

Deno.test("jobPositions() counts from 0 over the sorted names", () => {
  assertEquals([...jobPositions(reproductions)], names.map((name, i) => [name, i] as const));
});

Deno.test("parseShard() refuses what is no I/N with 1 <= I <= N", async (t) => {
  for (
    const text of [
      "0/2",
      "3/2",
      "1",
      "a/b",
      "1/0",
      "-1/2",
      "1/2/3",
      "01/2",
      "1/1000000",
      "99999999999999999999/99999999999999999999",
    ]
  ) {
    await t.step(text, () => {
      assertThrows(() => parseShard(text), UsageError, `Cannot take shard "${text}"`);
    });
  }
  assertEquals(parseShard("2/3"), { index: 2, count: 3 });
});

Deno.test("globMatcher() takes only * and ? as special", async (t) => {
  const cases: [string, string, boolean][] = [
    ["table4/n=300/*", "table4/n=300/scat2/pca", true],
    ["table4/n=300/*", "table4/n=3000/scat2/pca", false],
    ["table1/J=?/m<=3", "table1/J=7/m<=3", true],
    ["a.b", "aXb", false],
    ["a[b]", "a[b]", true],
    ["a+(b|c)^$", "a+(b|c)^$", true],
    ["*", "", true],
    ["", "", true],
    ["", "a", false],
    ["?", "", false],
    ["*a*b", "xaab", true],
    ["*a*b", "xaabc", false],
    ["**?", "a", true],
  ];
  for (const [pattern, cell, matches] of cases) {
    await t.step(`${pattern} ${cell}`, () => assert(globMatcher(pattern)(cell) === matches));
  }
});

Deno.test("globMatcher() agrees with a regular expression on patterns of few letters", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "."), maxLength: 8 });
  const words = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 });
  fc.assert(fc.property(letters, words, (pattern, word) => {
    const source = pattern.replaceAll(".", "\\.").replaceAll("*", "[^]*").replaceAll("?", "[^]");
    assertEquals(globMatcher(pattern)(word), new RegExp(`^${source}$`).test(word));
  }));
});

Deno.test("globMatcher() takes no time with many stars", () => {
  const started = performance.now();
  assert(!globMatcher(`${"*a".repeat(200)}x`)("a".repeat(1000)));
  assert(performance.now() - started < 1000);
});
