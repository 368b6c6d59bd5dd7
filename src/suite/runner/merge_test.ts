import { assertEquals } from "@std/assert";
import { type Job, jobsOf as listJobs, type Reproduction } from "../reproduction.ts";
import type { MergeOptions } from "./merge.ts";
import type { Results } from "./results.ts";
import { Store } from "./store.ts";
import { comparable, inRoot } from "./testdata/toy_root.ts";
import { machine, runToy } from "./testdata/toy_run.ts";
import { copyShard, jobsOf, mergeIn, refused, runShard, runShards } from "./testdata/toy_shards.ts";
import { reproduction } from "./testdata/toy.ts";

Deno.test(
  "merge() of all shards, in any order, gives the bits and figures of the unsharded run",
  inRoot(async (root) => {
    const [one, two, three] = await runShards(root);
    const whole = await runToy(root, `${root}/whole`, 1);
    const { results, figures } = await mergeIn(root)([three!, one!, two!]);
    assertEquals(comparable(results), comparable(whole.results));
    assertEquals(results.summary, whole.results.summary);
    assertEquals(figures, whole.figures);
  }),
);

Deno.test(
  "merge() takes a run that was not cut, with its selection of cells",
  inRoot(async (root) => {
    const { results } = await runShard(root, "odd", 1, { cells: ["toy/o*"] });
    const merged = await mergeIn(root)([`${root}/odd`]);
    assertEquals(comparable(merged.results), comparable(results));
    assertEquals(merged.results.summary.notMeasured, 2);
  }),
);

Deno.test(
  "merge() says from when to when the shards ran, on what, and how long the jobs of a module took in all of them",
  inRoot(async (root) => {
    const folders = await runShards(root);
    const ran = async (folder: string, day: string, elapsedMs: number, cpu: string) => {
      const path = `${folder}/results.json`;
      const results: Results = JSON.parse(await Deno.readTextFile(path));
      const environment = { ...results.environment, startedAt: `${day}T00:00:00Z`, elapsedMs, cpu };
      const modules = results.modules.map((module) => ({ ...module, elapsedMs }));
      await Deno.writeTextFile(path, JSON.stringify({ ...results, environment, modules }));
    };
    await ran(folders[0]!, "2100-01-02", 1000, "B");
    await ran(folders[1]!, "2100-01-01", 3000, "A");
    await ran(folders[2]!, "2100-01-01", 2000, "B");
    const { results: { environment, modules } } = await mergeIn(root, {
      machine: { ...machine(64), cpu: "C", cores: 64, commit: "c".repeat(40) },
    })(folders);
    const { startedAt, elapsedMs, cpu, threads, cores, commit } = environment;
    assertEquals([startedAt, elapsedMs], ["2100-01-01T00:00:00.000Z", 24 * 3600 * 1000 + 1000]);
    assertEquals([cpu, threads, cores, commit], ["A, B", 2, 2, "c".repeat(40)]);
    assertEquals(modules.map((module) => module.elapsedMs), [6000]);
  }),
);

Deno.test(
  "merge() refuses what is not every shard of one run, once",
  inRoot(async (root) => {
    const [one, two, three] = await runShards(root);
    const merge = mergeIn(root);
    await refused(merge([two!, three!]), "shard 1/3 is missing", "name its folder too");
    await refused(merge([one!, three!]), "shard 2/3 is missing");
    await refused(merge([one!, two!, three!, two!]), `shard 2/3 in ${two}`, "already there", "once");
    await refused(merge([one!, await copyShard(two!), two!, three!]), "shard 2/3", "already there");
    await refused(merge([]), "name the output folders of the shards");
    await refused(
      merge([one!, `${root}/none`]),
      `${root}/none`,
      "name an output folder of deno task reproduce",
    );
  }),
);

Deno.test(
  "merge() refuses shards that hold different results of one job, and takes one that two hold alike",
  inRoot(async (root) => {
    const [one, two, three] = await runShards(root);
    const job = jobsOf(two!)[0]!;
    const copy = await copyShard(one!);
    const entry = new Store(`${copy}/cache/jobs`);
    const key = job.split("/").at(-1)!;
    const stored = new TextDecoder().decode(new Store(`${two}/cache/jobs`).get(key));
    // As an earlier, whole run left it: equal but for the time that it took.
    entry.put(key, new TextEncoder().encode(stored.replace(/"elapsedMs":[\d.e-]+/, '"elapsedMs":9000')));
    await mergeIn(root)([copy, two!, three!]);
    entry.put(key, new TextEncoder().encode('{"elapsedMs":1,"result":0.25}'));
    await refused(mergeIn(root)([copy, two!, three!]), "different results of the same job", copy, two!);
  }),
);

Deno.test(
  "merge() refuses shards of other sources, or of another Deno or processor, than it runs with itself",
  inRoot(async (root) => {
    const folders = await runShards(root);
    const { sources } = JSON.parse(await Deno.readTextFile(`${folders[0]}/cache/plan.json`)).plan.modules[0];
    const here = "here: the source digest of toy is";
    await refused(
      mergeIn(root, { sourcesOf: () => "e".repeat(64) })(folders),
      here,
      "eeeeeeeeeeee in this checkout",
    );
    await refused(
      mergeIn(root, { machine: { ...machine(2), deno: "3" } })(folders),
      "ran on Deno 2, this is 3",
    );
    await refused(mergeIn(root, { machine: { ...machine(2), arch: "aarch64" } })(folders), "this is aarch64");
    await mergeIn(root, { sourcesOf: () => sources })(folders);
  }),
);

Deno.test(
  "merge() refuses a shard whose jobs are missing, damaged or failed, and names both",
  inRoot(async (root) => {
    const [one, two, three] = await runShards(root);
    const mend = "run that shard again into the same folder, finished jobs are kept";
    const changedJob = async (change: (path: string) => Promise<void>) => {
      const copy = await copyShard(two!);
      await change(`${copy}/${jobsOf(copy)[0]}`);
      return [one!, copy, three!];
    };
    const merge = mergeIn(root);
    const missing = await changedJob((path) => Deno.remove(path));
    await refused(merge(missing), "the job toy/job ", `has not finished in shard 2/3 in ${missing[1]}`, mend);
    const truncated = await changedJob((path) => Deno.truncate(path, 70));
    await refused(merge(truncated), "the job toy/job ", `is damaged in shard 2/3 in ${truncated[1]}`, mend);
    const folder = await changedJob(async (path) => {
      await Deno.remove(path);
      await Deno.mkdir(path);
    });
    await refused(merge(folder), `shard 2/3 in ${folder[1]}`, mend);

    await runShard(root, "failed", 2, {});
    await refused(
      merge([`${root}/failed`]),
      "toy/job 3 failed in shard 1/1",
      "this seed makes it fail",
      mend,
    );
  }),
);

Deno.test(
  "merge() refuses a shard whose run has not ended",
  inRoot(async (root) => {
    const [one, two, three] = await runShards(root);
    const merge = mergeIn(root);
    const results = `${two}/results.json`;
    const text = await Deno.readTextFile(results);
    const withResults = async (content: string) => {
      await Deno.writeTextFile(results, content);
      return [one!, two!, three!];
    };
    const { environment, ...rest }: Results = JSON.parse(text);
    const earlier = { ...rest, environment: { ...environment, startedAt: "2000-01-01T00:00:00Z" } };
    await refused(merge(await withResults(JSON.stringify(earlier))), `shard 2/3 in ${two}`, "has not ended");
    const timeless = { ...rest, environment: { ...environment, startedAt: "yesterday" } };
    await refused(merge(await withResults(JSON.stringify(timeless))), "says no time");
    await refused(merge(await withResults("{")), "results.json", "it must be JSON", "run that shard again");
    await Deno.remove(results);
    await refused(merge([one!, two!, three!]), `shard 2/3 in ${two}`, "has not ended");
  }),
);

/** The toy with other jobs. */
function withJobs(change: (job: Job) => Job | null): Partial<MergeOptions> {
  const plan: Reproduction["plan"] = (request) => {
    const planned = reproduction.plan(request as never);
    const changed = new Map(listJobs(planned).map((job) => [job, change(job)]));
    return {
      cells: planned.cells.map((cell) => ({
        ...cell,
        jobs: cell.jobs.flatMap((job) => changed.get(job) ?? []),
      })),
    };
  };
  return { find: () => Promise.resolve({ ...reproduction, plan }) };
}

Deno.test(
  "merge() refuses a checkout that plans other jobs than the shards did, though their names are the same",
  inRoot(async (root, t) => {
    const folders = await runShards(root);
    const cases: [string, (job: Job) => Job | null, string][] = [
      [
        "other parameters",
        (job) => ({ ...job, parameters: { ...job.parameters as object, rate: 2 } }),
        "this checkout has another key for the job toy/job ",
      ],
      [
        "another name",
        (job) => ({ ...job, id: job.id === "job 3" ? "new" : job.id }),
        "this checkout does not plan the job toy/job 3",
      ],
      ["one job less", (job) => job.id === "job 3" ? null : job, "does not plan the job toy/job 3"],
    ];
    for (const [name, change, message] of cases) {
      await t.step(name, async () => {
        await refused(
          mergeIn(root, withJobs(change))(folders),
          message,
          "merge with what the shards ran with",
        );
      });
    }
    await t.step("one job more", async () => {
      const more: Job = { id: "more", task: "number", parameters: {}, reads: {}, wide: false };
      const plan: Reproduction["plan"] = (request) => ({
        ...reproduction.plan(request as never),
        figureJobs: [more],
      });
      const find = () => Promise.resolve({ ...reproduction, plan });
      await refused(mergeIn(root, { find })(folders), "this checkout needs the job toy/more");
    });
    await t.step("a data set more", async () => {
      const reads = {
        images: { dataset: "mnist", resolve: () => ({ dataset: "mnist", files: [], standIn: true }) },
      };
      const { find } = withJobs((job) => ({ ...job, reads }));
      const more = async (id: string) => ({ ...await find!(id), datasets: ["mnist"] });
      await refused(mergeIn(root, { find: more })(folders), "its plan lacks the data set mnist");
    });
  }),
);
