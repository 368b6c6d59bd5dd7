import { assertEquals } from "@std/assert";
import { inRoot } from "./testdata/toy_root.ts";
import { mergeIn, refused, runShard, runShards, withPlan } from "./testdata/toy_shards.ts";

Deno.test(
  "merge() refuses a shard of another run, and says what differs and how to mend it",
  inRoot(async (root, t) => {
    const [one, two, three] = await runShards(root);
    const shard = { index: 2, count: 3 };
    await runShard(root, "count", 1, { shard: { index: 2, count: 4 } });
    await runShard(root, "cells", 1, { shard, cells: ["toy/e*"] });
    await runShard(root, "seeds", 6, { shard });
    const changed = (change: Parameters<typeof withPlan>[1]) => withPlan(two!, change);
    const handles = {
      mnist: { id: "mnist", source: "folder", root: "/a", files: ["x"], notes: [] },
    } as const;
    const data = { handles, records: { mnist: { x: { name: "x", bytes: 1, sha256: "1".repeat(64) } } } };
    const cases: [string, string, string[]][] = [
      ["number of shards", `${root}/count`, ["the number of shards", "3 against 4", "--shard I/N"]],
      ["cells", `${root}/cells`, ["the selection of cells", "all against toy/e*", "--cell"]],
      ["seeds", `${root}/seeds`, ["the number of seeds of toy", "1 against 6", "same --seeds"]],
      ["profile", await changed(() => ({ plan: { profile: "full" } })), [
        "standard against full",
        "--profile",
      ]],
      [
        "Deno",
        await changed(({ plan }) => ({ plan: { machine: { ...plan.machine, deno: "3" } } })),
        ["the version of Deno", "2 against 3"],
      ],
      [
        "processor",
        await changed(({ plan }) => ({ plan: { machine: { ...plan.machine, arch: "aarch64" } } })),
        ["x86_64 against aarch64"],
      ],
      [
        "commit",
        await changed(({ plan: { machine, modules } }) => ({
          plan: {
            machine: { ...machine, commit: "abc".repeat(20) },
            modules: modules.map((module) => ({ ...module, sources: "f".repeat(64) })),
          },
        })),
        ["the source digest of toy", "(commit not known) against ffffffffffff (commit abcabcabcabc)"],
      ],
      [
        "modules",
        await changed(({ plan: { modules } }) => ({
          plan: { modules: [...modules, { ...modules[0]!, id: "other" }] },
        })),
        ["the list of modules", "toy against toy other"],
      ],
      ["data set", await changed(() => ({ plan: { data } })), [
        "the data set mnist",
        "none against real data",
      ]],
      [
        "number of jobs",
        await changed(({ plan: { modules } }) => ({
          plan: { modules: modules.map((module) => ({ ...module, jobs: module.jobs.slice(1) })) },
        })),
        ["the number of jobs of toy", "6 against 5", "same --cell"],
      ],
      [
        "what a job is asked for",
        await changed(({ plan: { modules } }) => ({
          plan: {
            modules: modules.map((module) => ({
              ...module,
              jobs: module.jobs.map((job) => ({ ...job, key: "e".repeat(64) })),
            })),
          },
        })),
        ["the digest over the jobs", "same options"],
      ],
    ];
    for (const [name, other, words] of cases) {
      await t.step(name, () => refused(mergeIn(root)([one!, other, three!]), one!, other, ...words));
    }
    await t.step("content of a file", async () => {
      const withData = (folder: string, sha256: string) =>
        withPlan(folder, () => ({
          plan: { data: { handles, records: { mnist: { x: { name: "x", bytes: 1, sha256 } } } } },
        }));
      const ours = await withData(one!, "1".repeat(64));
      const theirs = await withData(two!, "2".repeat(64));
      const words = ["the SHA-256 of mnist/x", "111111111111 against 222222222222", "same data"];
      await refused(mergeIn(root)([ours, theirs, three!]), ...words);
    });
    await t.step("but not of another commit with the same sources", async () => {
      const other = await changed(({ plan }) => ({
        plan: { machine: { ...plan.machine, commit: "d".repeat(40) } },
      }));
      const { results } = await mergeIn(root)([one!, other, three!]);
      assertEquals(results.summary.notMeasured, 0);
    });
  }),
);
