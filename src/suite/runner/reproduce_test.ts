import { assert, assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { GoldenError, UsageError } from "../../errors.ts";
import { acceptCells } from "./accept_cells.ts";
import { exitStatusOfResults } from "./exit_status.ts";
import type { LiveRun } from "./live_status.ts";
import { parseResults, type ReproductionResult } from "./results.ts";
import { comparable, goldenFile, inRoot, valuesOf, writeData } from "./testdata/toy_root.ts";
import { loadedReader, loadedToy, runToy, runToys, type ToyRun } from "./testdata/toy_run.ts";
import { verifyResults } from "./verify_results.ts";

Deno.test(
  "reproduce() gives the same modules for 1 and 3 threads, and from the cache",
  inRoot(async (root) => {
    const one = await runToy(root, `${root}/one`, 1, { threads: 1 });
    const three = await runToy(root, `${root}/three`, 1, { threads: 3 });
    const again = await runToy(root, `${root}/one`, 1);
    assertEquals(comparable(three.results), comparable(one.results));
    assertEquals(comparable(again.results), comparable(one.results));
    assertEquals(again.progress, [{ done: 6, total: 6, cached: 6, resumed: 0 }]);
    assertEquals(one.results.summary.claims.holds + one.results.summary.claims.undecided, 3);
  }),
);

Deno.test(
  "reproduce() reports how long the jobs computed, also where their results came from the cache",
  inRoot(async (root) => {
    const [first] = (await runToy(root, `${root}/out`, 4)).results.modules;
    // Six jobs wait for 300 ms each.
    assert(first!.computeMs >= 1700, `${first!.computeMs} ms`);
    const [again] = (await runToy(root, `${root}/out`, 4)).results.modules;
    assertEquals([again!.computeMs, again!.elapsedMs], [first!.computeMs, 0]);
  }),
);

Deno.test(
  "reproduce() computes what is damaged in the cache again, and all of it when fresh",
  inRoot(async (root) => {
    const first = await runToy(root, `${root}/out`, 1);
    const [entry] = await Array.fromAsync(Deno.readDir(`${root}/out/cache/jobs`));
    await Deno.writeTextFile(`${root}/out/cache/jobs/${entry!.name}`, "damaged");
    const second = await runToy(root, `${root}/out`, 1);
    assertEquals(second.progress[0], { done: 5, total: 6, cached: 5, resumed: 0 });
    assertEquals(comparable(second.results), comparable(first.results));
    const fresh = await runToy(root, `${root}/out`, 1, { fresh: true });
    assertEquals(fresh.progress[0], { done: 0, total: 6, cached: 0, resumed: 0 });
  }),
);

Deno.test(
  "reproduce() runs only the jobs that the wanted cells need, and measures no other cell",
  inRoot(async (root) => {
    const { results, progress } = await runToy(root, `${root}/out`, 1, { cells: ["toy/o*"] });
    assertEquals(progress.at(-1)?.total, 2);
    assertEquals(valuesOf(results, "toy/odd")?.length, 2);
    assertEquals(results.summary.notMeasured, 2);
    assertEquals(exitStatusOfResults(results), 0);
  }),
);

Deno.test(
  "planRun() refuses a pattern that matches no cell",
  inRoot(async (root) => {
    await assertRejects(
      () => runToy(root, `${root}/out`, 1, { cells: ["toy/x"] }),
      UsageError,
      'No cell of the profile standard matches "toy/x"',
    );
  }),
);

Deno.test(
  "reproduce() lets a failed job stop no other, and measures no cell that needs it",
  inRoot(async (root) => {
    const { results, failures } = await runToy(root, `${root}/out`, 2);
    assertEquals(failures, [{
      reproduction: "toy",
      job: "job 3",
      message: "Cannot run job 3: this seed makes it fail",
      error: "RangeError",
    }]);
    assertEquals(valuesOf(results, "toy/odd"), undefined);
    assertEquals(valuesOf(results, "toy/even")?.length, 2);
    assertEquals(exitStatusOfResults(results), 1);
  }),
);

Deno.test(
  "reproduce() ends where a worker cannot write, and keeps what has finished",
  inRoot(async (root) => {
    await assertRejects(
      () => runToy(root, `${root}/out`, 7, { threads: 1 }),
      UsageError,
      "Cannot write here: make room",
    );
    assertEquals((await Array.fromAsync(Deno.readDir(`${root}/out/cache/jobs`))).length, 5);
  }),
);

Deno.test(
  "reproduce() gives a wide job every thread, any other one, and reports the share of a running job",
  inRoot(async (root) => {
    const { results, progress } = await runToy(root, `${root}/out`, 5, { threads: 3 });
    assertEquals(valuesOf(results, "toy/all"), [3, 3, 1, 1, 1, 1]);
    assert(progress.some(({ done }) => done === 4.5), "the share of the first wide job is missing");
    assertEquals(progress.at(-1), { done: 6, total: 6, cached: 0, resumed: 0 });
  }),
);

Deno.test(
  "reproduce() runs the jobs of all reproductions side by side, in one queue",
  inRoot(async (root) => {
    await writeData(root);
    // The last narrow job of the toy ends once a job of the reader has begun.
    const { results, failures } = await runToys(root, `${root}/out`, {
      reproductions: [loadedToy, loadedReader],
      seeds: 8,
    });
    assertEquals(failures, []);
    assertEquals(results.modules.map(({ id }) => id), ["toy", "reader"]);
    assertEquals(results.summary.notMeasured, 0);
  }),
);

Deno.test(
  "reproduce() runs the narrow jobs of all reproductions before any wide one",
  inRoot(async (root) => {
    await writeData(root);
    const { told, progress, results } = await runToys(root, `${root}/out`, {
      reproductions: [loadedToy, loadedReader],
      seeds: 5,
      threads: 1,
    });
    // One thread takes the jobs in the order of the queue; shares of running jobs are told in between.
    const ends = told.filter((_, i) => progress[i]!.done > 0 && Number.isInteger(progress[i]!.done));
    assertEquals(ends, [
      ...["toy", "toy", "toy", "toy", "reader", "reader"],
      ...["toy", "toy", "reader"],
    ]);
    assertEquals(results.summary.notMeasured, 0);
  }),
);

Deno.test(
  "reproduce() tells the live page of judged cells without painting a figure, and paints once at the end",
  inRoot(async (root) => {
    const out = `${root}/out`;
    const live = () => JSON.parse(Deno.readTextFileSync(`${out}/cache/live.json`)) as LiveRun;
    const seen = new Map<LiveRun["state"], number>();
    let painted: LiveRun["state"][] = [];
    const figures = () => {
      painted.push(live().state);
      return [];
    };
    const reproductions = [{ ...loadedToy, reproduction: { ...loadedToy.reproduction, figures } }];
    const onProgress = () => {
      const { state, modules } = live();
      seen.set(state, Math.max(seen.get(state) ?? 0, modules[0]!.cells.length));
    };
    // Slow jobs, one after the other: the file is written while they run, once a second.
    await runToys(root, out, { reproductions, seeds: 4, threads: 1, onProgress });
    assertEquals([...seen.keys()], ["running"]);
    assert(seen.get("running")! > 0, "no cell was judged while jobs ran");
    assertEquals(painted, ["finished"]);
    assertEquals(live().modules[0]!.cells.map(({ id }) => id), ["toy/all", "toy/even", "toy/odd"]);

    painted = [];
    const controller = new AbortController();
    const interrupt = (_id: string, { done }: { done: number }) =>
      void (done === 2 && controller.abort("SIGINT"));
    const options = {
      reproductions,
      seeds: 4,
      fresh: true,
      onProgress: interrupt,
      signal: controller.signal,
    };
    await runToys(root, out, options).then(() => assert(false, "it was not interrupted"), () => {});
    assertEquals([painted, live().state], [[], "ended"]);
  }),
);

Deno.test(
  "reproduce() paints from finished jobs and judged cells",
  inRoot(async (root) => {
    const { figures } = await runToy(root, `${root}/out`, 2);
    assertEquals(figures.map(({ reproduction, figure: { id, title } }) => ({ reproduction, id, title })), [
      { reproduction: "toy", id: "jobs", title: "5 jobs, toy/odd not measured" },
    ]);
  }),
);

Deno.test(
  "reproduce() marks the figures of a smoke run as stand-ins, whether their jobs ran now or before",
  inRoot(async (root) => {
    const standIns = async (profile: "smoke" | "standard") =>
      (await runToy(root, `${root}/${profile}`, 2, { profile })).figures.map(({ standIn }) => standIn);
    assertEquals(await standIns("smoke"), [true]);
    assertEquals(await standIns("smoke"), [true]);
    assertEquals(await standIns("standard"), [false]);
  }),
);

Deno.test(
  "reproduce() keeps the checkpoint of a job until it has finished",
  inRoot(async (root) => {
    const out = `${root}/out`;
    const checkpoints = () => Array.fromAsync(Deno.readDir(`${out}/cache/checkpoints`));
    const first = await runToy(root, out, 6);
    assertEquals([first.failures.length, (await checkpoints()).length], [1, 1]);
    const second = await runToy(root, out, 6);
    assertEquals(valuesOf(second.results, "toy/odd")?.[1], 2);
    assertEquals(await checkpoints(), []);
    // What the first run did says nothing about how fast the second is.
    assert(first.progress.every(({ resumed }) => resumed === 0), "nothing was there to go on from");
    assertEquals(second.progress.map(({ done, resumed }) => [done, resumed]), [[5, 0], [5.4, 0.4], [6, 0.4]]);
    const fresh = await runToy(root, out, 6, { fresh: true });
    assertEquals(fresh.failures.length, 1);
  }),
);

Deno.test(
  "reproduce() reports how long a job computed in all of its parts, from the last checkpoint on once",
  inRoot(async (root) => {
    const out = `${root}/out`;
    const timeOf = ({ cellTimes }: ToyRun) => cellTimes.get("toy")!.get("toy/odd") ?? 0;
    const first = await runToy(root, out, 10);
    assertEquals(first.failures.length, 1);
    const second = await runToy(root, out, 10);
    // Two parts of 400 ms each, of which toy/all has the one half.
    assert(second.results.modules[0]!.computeMs >= 790, `${second.results.modules[0]!.computeMs} ms`);
    assert(timeOf(second) >= 390, `${timeOf(second)} ms`);
    assertEquals(await Array.fromAsync(Deno.readDir(`${out}/cache/times`)), []);
    const cached = await runToy(root, out, 10);
    assertEquals(cached.results.modules[0]!.computeMs, second.results.modules[0]!.computeMs);
    // A job that begins anew takes over no time.
    await runToy(root, out, 10, { fresh: true });
    await Deno.remove(`${out}/cache/checkpoints`, { recursive: true });
    const third = await runToy(root, out, 10);
    assertEquals(third.failures.length, 1);
    const fourth = await runToy(root, out, 10);
    const { computeMs } = fourth.results.modules[0]!;
    assert(computeMs >= 790 && computeMs < 1150, `${computeMs} ms`);
  }),
);

Deno.test(
  "reproduce() carries a NaN from a job into a cell that deviates, also from the cache and through results.json",
  inRoot(async (root) => {
    await runToy(root, `${root}/out`, 3);
    const { results } = await runToy(root, `${root}/out`, 3);
    const odd = results.modules[0]!.cells.find(({ id }) => id === "toy/odd")!;
    assertEquals([odd.verdict, odd.measured?.value, odd.measured?.error], [
      "fails",
      null,
      "value 2 of 2 is NaN",
    ]);
    const read = parseResults(JSON.stringify(results), "results.json");
    assertEquals(comparable(verifyResults(read, root, "results.json", () => 1)), comparable(results));
    assertEquals(exitStatusOfResults(results), 1);
  }),
);

Deno.test(
  "reproduce() refuses a cell that has no golden row",
  inRoot(async (root) => {
    await Deno.writeTextFile(`${root}/golden/toy.csv`, goldenFile("toy/all", "toy/even"));
    await assertRejects(() => runToy(root, `${root}/out`, 1), GoldenError, "no row for the cell toy/odd");
  }),
);

Deno.test(
  "reproduce() refuses an output folder that cannot be written",
  inRoot(async (root) => {
    await Deno.writeTextFile(`${root}/file`, "");
    await assertRejects(
      () => runToy(root, `${root}/file/out`, 1),
      UsageError,
      "Cannot write the output folder",
    );
  }),
);

Deno.test(
  "reproduce() keeps finished jobs when it is interrupted",
  inRoot(async (root) => {
    const controller = new AbortController();
    const onProgress = (_id: string, { done }: { done: number }) => {
      if (done === 2) controller.abort("SIGINT");
    };
    try {
      await runToy(root, `${root}/out`, 4, { threads: 1, signal: controller.signal, onProgress });
      assert(false, "the run was not interrupted");
    } catch (reason) {
      assertEquals(reason, "SIGINT");
    }
    const { progress } = await runToy(root, `${root}/out`, 4);
    assertEquals(progress[0], { done: 2, total: 6, cached: 2, resumed: 0 });
  }),
);

Deno.test(
  "reproduce() resumes after kill -9 to the bits of an undisturbed run",
  inRoot(async (root) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        `--allow-write=${root}`,
        fromFileUrl(import.meta.resolve("./testdata/toy_run.ts")),
        root,
        `${root}/killed`,
        "4",
      ],
    }).spawn();
    while (await countJobs(`${root}/killed/cache/jobs`) < 2) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGKILL");
    await child.status;
    const finished = await countJobs(`${root}/killed/cache/jobs`);
    const resumed = await runToy(root, `${root}/killed`, 4);
    assert(finished >= 2 && finished < 6, `${finished} jobs had finished`);
    assertEquals(resumed.progress[0]?.cached, finished);
    const undisturbed = await runToy(root, `${root}/whole`, 4);
    assertEquals(comparable(resumed.results), comparable(undisturbed.results));
  }),
);

/** The finished jobs of a cache; a job that is just being written has another name. */
async function countJobs(folder: string): Promise<number> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).filter(({ name }) => !name.endsWith(".part")).length;
  } catch {
    return 0;
  }
}

Deno.test(
  "acceptCells() keeps what was not measured, and records no digest then",
  inRoot(async (root) => {
    const whole = await runToy(root, `${root}/out`, 1);
    const part = await runToy(root, `${root}/part`, 1, { cells: ["toy/odd"] });
    const accept = ({ results: { modules, environment } }: typeof whole) =>
      acceptCells(modules[0]!, { golden: `${root}/golden`, profile: "standard", seeds: 1, environment });
    accept(whole);
    const before = await Deno.readTextFile(`${root}/golden/baseline/standard/toy.csv`);
    const { kept, digest } = accept(part);
    assertEquals([kept, digest], [1, false]);
    assertEquals(await Deno.readTextFile(`${root}/golden/baseline/standard/toy.csv`), before);
  }),
);

Deno.test(
  "reproduce() holds a run with other seeds than the profile's against no baseline, and no digest",
  inRoot(async (root) => {
    const { results: { modules, environment } } = await runToy(root, `${root}/out`, 1);
    acceptCells(modules[0]!, { golden: `${root}/golden`, profile: "standard", seeds: 1, environment });
    const verdicts = async (seeds: number) => {
      const { results } = await runToy(root, `${root}/${seeds}`, seeds);
      const [{ cells, digestVerdict }] = results.modules as [ReproductionResult];
      return [digestVerdict, ...cells.map(({ baseline }) => baseline?.verdict)];
    };
    assertEquals(await verdicts(1), Array(4).fill("unchanged"));
    assertEquals(await verdicts(9), Array(4).fill("none"));
  }),
);

Deno.test(
  "reproduce() names reproductions in the order of the project, whatever an earlier run named first",
  inRoot(async (root) => {
    await writeData(root);
    await runToys(root, `${root}/out`, { reproductions: [loadedReader] });
    const { results } = await runToys(root, `${root}/out`, {
      reproductions: [loadedToy],
      kept: [loadedReader],
    });
    assertEquals(results.modules.map(({ id }) => id), ["toy", "reader"]);
  }),
);

Deno.test(
  "reproduce() says nothing of a data set that no cell that is asked for reads",
  inRoot(async (root) => {
    const environment = async (cell: string) =>
      (await runToys(root, `${root}/${cell}`, { reproductions: [loadedReader], cells: [cell] })).results
        .environment;
    assertEquals((await environment("reader/width")).data, {});
    assertEquals((await environment("reader/a")).data["caltech-101"]?.source, "stand-in");
  }),
);
