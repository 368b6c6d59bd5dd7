import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { GoldenError, UsageError } from "../errors.ts";
import { claimColumns } from "../golden/parse_claims.ts";
import { acceptModule } from "./accept_module.ts";
import { exitStatusOfResults } from "./exit_status.ts";
import type { ModuleResult, Results } from "./results.ts";
import { parseResults, resultsSchema } from "./results.ts";
import { comparable, inRoot, row } from "./testdata/toy_root.ts";
import { runToy } from "./testdata/toy_run.ts";
import { verifyResults } from "./verify_results.ts";

/** The results with the first value and the mean of their first cell shifted. */
function withFirstCell(results: Results, firstValue: number, mean: number): Results {
  const [module] = results.modules;
  const [{ measured, ...cell }, ...others] = module!.cells as [ModuleResult["cells"][number]];
  const values = measured!.values.map((value, i) => i === 0 ? value + firstValue : value);
  const shifted = { ...cell, measured: { ...measured!, values, value: measured!.value! + mean } };
  return { ...results, modules: [{ ...module!, cells: [shifted, ...others] }] };
}

function valuesOf(results: Results, cell: string): readonly number[] | undefined {
  return results.modules[0]?.cells.find(({ id }) => id === cell)?.measured?.values;
}

Deno.test(
  "reproduce() gives the same modules for 1 and 3 threads, and from the cache",
  inRoot(async (root) => {
    const one = await runToy(root, `${root}/one`, 1, { threads: 1 });
    const three = await runToy(root, `${root}/three`, 1, { threads: 3 });
    const again = await runToy(root, `${root}/one`, 1);
    assertEquals(comparable(three.results), comparable(one.results));
    assertEquals(comparable(again.results), comparable(one.results));
    assertEquals(again.progress, [{ done: 6, total: 6, cached: 6, resumed: 0 }]);
    assertEquals(one.results.summary.agrees, 3);
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
      job: "job 3",
      message: "Cannot run job 3: this seed makes it fail",
      error: "RangeError",
    }]);
    assertEquals(valuesOf(results, "toy/odd"), undefined);
    assertEquals(valuesOf(results, "toy/even")?.length, 2);
    assertEquals(exitStatusOfResults(results, failures), 1);
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
  "reproduce() draws from finished jobs and judged cells",
  inRoot(async (root) => {
    const { figures } = await runToy(root, `${root}/out`, 2);
    assertEquals(figures.map(({ module, figure: { id, title } }) => ({ module, id, title })), [
      { module: "toy", id: "jobs", title: "5 jobs, toy/odd not measured" },
    ]);
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
  "reproduce() carries a NaN from a job into a cell that deviates, also from the cache and through results.json",
  inRoot(async (root) => {
    await runToy(root, `${root}/out`, 3);
    const { results } = await runToy(root, `${root}/out`, 3);
    const odd = results.modules[0]!.cells.find(({ id }) => id === "toy/odd")!;
    assertEquals([odd.verdict, odd.measured?.value, odd.measured?.error], [
      "deviates",
      null,
      "value 2 of 2 is NaN",
    ]);
    const read = parseResults(JSON.stringify(results), "results.json");
    assertEquals(comparable(verifyResults(read, root)), comparable(results));
    assertEquals(exitStatusOfResults(results), 1);
  }),
);

Deno.test(
  "reproduce() refuses a job whose cell has no golden row",
  inRoot(async (root) => {
    await Deno.writeTextFile(
      `${root}/golden/toy.csv`,
      `${claimColumns.join(",")}\n${row("toy/all")}${row("toy/even")}`,
    );
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
    const onModule = () => ({ done }: { done: number }) => {
      if (done === 2) controller.abort("SIGINT");
    };
    try {
      await runToy(root, `${root}/out`, 4, { threads: 1, signal: controller.signal, onModule });
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
  "acceptModule() records values that verifyResults() then holds a run against, to the last bit",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const accept = (from: Results) =>
      acceptModule(`${root}/golden`, "standard", from.modules[0]!, from.environment);
    assertEquals(accept(results).added, ["toy/all", "toy/even", "toy/odd"]);
    assertEquals(accept(results), { added: [], changed: [], kept: 3, removed: [], digest: true });
    const verified = verifyResults(results, root);
    assertEquals(verified.modules[0]?.digestVerdict, "unchanged");
    assertEquals(
      verified.modules[0]?.cells.map(({ baseline }) => baseline?.verdict),
      Array(3).fill("unchanged"),
    );

    const bit = verifyResults(withFirstCell(results, 1e-14, 0), root);
    assertEquals([bit.summary.moved, bit.modules[0]?.digestVerdict], [0, "moved"]);
    assertEquals(exitStatusOfResults(bit), 1);
    assertEquals(verifyResults(withFirstCell(results, 0, 1), root).summary.moved, 1);
  }),
);

Deno.test(
  "acceptModule() keeps what was not measured, and records no digest then",
  inRoot(async (root) => {
    const whole = await runToy(root, `${root}/out`, 1);
    const part = await runToy(root, `${root}/part`, 1, { cells: ["toy/odd"] });
    const environment = whole.results.environment;
    acceptModule(`${root}/golden`, "standard", whole.results.modules[0]!, environment);
    const before = await Deno.readTextFile(`${root}/golden/baseline/standard/toy.csv`);
    const { kept, digest } = acceptModule(
      `${root}/golden`,
      "standard",
      part.results.modules[0]!,
      environment,
    );
    assertEquals([kept, digest], [1, false]);
    assertEquals(await Deno.readTextFile(`${root}/golden/baseline/standard/toy.csv`), before);
  }),
);

Deno.test("parseResults() says where a file breaks the schema", async (t) => {
  await t.step("no JSON", () => {
    const error = new Error(messageOf(() => parseResults("{", "a.json")));
    assertStringIncludes(error.message, "Cannot read a.json: it must be JSON");
  });
  await t.step("another schema", () => {
    assertStringIncludes(
      messageOf(() => parseResults('{"schema":"other/1"}', "a.json")),
      "Cannot read a.json: schema:",
    );
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return "no UsageError";
}

Deno.test(
  "resultsSchema accepts what a run writes",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    assert(resultsSchema.safeParse(JSON.parse(JSON.stringify(results))).success);
  }),
);
