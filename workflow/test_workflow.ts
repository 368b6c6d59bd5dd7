/**
 * `deno task test:workflow`: runs workflow/Snakefile, where snakemake is installed, in a temporary folder on the smoke
 * profile of some reproductions; that shards of all of them give the same bits is a test of `deno task test`.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "@std/path";
import { inFolder } from "../src/files/test_helpers.ts";
import type { Results } from "../src/suite/runner/results.ts";
import { say } from "../scripts/lib/command_line.ts";
import { root, runTask } from "../scripts/lib/test_helpers.ts";

const version = await versionOfSnakemake();
if (version === null) say("test:workflow is ignored: there is no snakemake on the PATH");

async function versionOfSnakemake(): Promise<string | null> {
  try {
    const { stdout } = await new Deno.Command("snakemake", { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** The workflow, to be run in `folder` by a process group of its own. */
function snakemake(folder: string, ...args: readonly string[]): Deno.Command {
  return new Deno.Command("snakemake", {
    args: ["--snakefile", `${root}workflow/Snakefile`, "--directory", folder, ...args],
    env: {
      PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
      XDG_CACHE_HOME: `${folder}/.cache`,
      PYTHONDONTWRITEBYTECODE: "1",
    },
    stdout: "piped",
    stderr: "piped",
    detached: true,
  });
}

/** With several jobs in each of four shards. */
const modules = ["scattering_energy", "mnist_scattering", "layer_training_sweep", "convolution_arithmetic"];

/** Four shards of the smoke profile, two at a time. */
const run = [
  ...["--cores", "2", "--rerun-incomplete"],
  ...["--config", "profile=smoke", "threads=1", `modules=[${modules.join(",")}]`],
];

async function runWorkflow(
  folder: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly log: string }> {
  const { code, stdout, stderr } = await snakemake(folder, ...args).output();
  return { code, log: [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("") };
}

/** The results of the jobs that the shards have finished, and when each was written. */
function finishedJobs(folder: string): Map<string, number> {
  const jobs = [1, 2, 3, 4].map((shard) => `${folder}/out/shards/${shard}/cache/jobs`);
  return new Map(
    jobs.flatMap((path) =>
      namesIn(path).filter((name) => !name.endsWith(".part")).map((name) =>
        [`${path}/${name}`, Deno.statSync(`${path}/${name}`).mtime!.getTime()] as const
      )
    ),
  );
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}

/** What must be the same in equal runs. */
async function comparable(path: string): Promise<unknown> {
  const { modules, profile, summary }: Results = JSON.parse(await Deno.readTextFile(path));
  return { modules: modules.map((module) => ({ ...module, elapsedMs: 0, computeMs: 0 })), profile, summary };
}

Deno.test({
  name:
    `the Snakemake workflow merges 4 shards, killed in the middle, to the bits of the unsharded run (snakemake ${version})`,
  ignore: version === null,
  fn: inFolder(async (folder, t) => {
    const whole = await runTask("reproduce", [...modules, "--profile", "smoke", "--out", `${folder}/whole`]);
    assertEquals(whole.code, 0, whole.stderr);

    const killed = snakemake(folder, ...run).spawn();
    const ended = killed.output();
    while (finishedJobs(folder).size < 3) await new Promise((resolve) => setTimeout(resolve, 50));
    Deno.kill(-killed.pid, "SIGKILL");
    await ended;
    const before = finishedJobs(folder);
    assert(namesIn(`${folder}/out`).every((name) => name === "shards"), "the run ended before it was killed");

    await t.step(
      "it goes on when it is called again, and ends with the status of the merged run",
      async () => {
        const unlocked = await runWorkflow(folder, "--cores", "1", "--unlock");
        assertEquals(unlocked.code, 0, unlocked.log);
        const { code, log } = await runWorkflow(folder, ...run);
        assertEquals(code, 0, log);
        assertStringIncludes(log, " 0 unexpected, 0 moved, ");
      },
    );

    await t.step("no finished job is repeated", () => {
      const after = finishedJobs(folder);
      assert(after.size > before.size, `${before.size} of ${after.size} jobs had finished`);
      assertEquals(new Map([...after].filter(([path]) => before.has(path))), before);
    });

    await t.step(
      "the merged run has every value and digest of the unsharded one, and its files",
      async () => {
        assertEquals(
          await comparable(`${folder}/out/results.json`),
          await comparable(`${folder}/whole/results.json`),
        );
        const files = (out: string) => namesIn(out).filter((name) => name !== "shards").sort();
        assertEquals(files(`${folder}/out`), files(`${folder}/whole`));
      },
    );

    await t.step("called once more it does nothing but report the status, also one of 1", async () => {
      const again = await runWorkflow(folder, ...run);
      assertStringIncludes(again.log, "1 of 1 steps (100%) done");
      await Deno.writeTextFile(`${folder}/out/shards/merge.status`, "1\n");
      const { code, log } = await runWorkflow(folder, ...run);
      assertEquals(code, 1, log);
      assert(namesIn(`${folder}/out`).includes("report.html"), "a deviation removed the report");
    });
  }),
});

Deno.test({
  name: "the Snakemake workflow refuses an unknown entry of its configuration before it runs anything",
  ignore: version === null,
  fn: inFolder(async (folder) => {
    const { code, log } = await runWorkflow(folder, "--cores", "1", "--config", "shard=2");
    assertEquals(code, 1);
    assertStringIncludes(log, "('shard' was unexpected)");
    assertEquals(namesIn(folder).includes("out"), false);
  }),
});

Deno.test({
  name: "the Snakemake workflow plans the shards of a cluster from a profile alone",
  ignore: version === null,
  fn: inFolder(async (folder) => {
    const profile = `${root}workflow/profiles/slurm`;
    const { code, log } = await runWorkflow(
      folder,
      "--profile",
      profile,
      "--dry-run",
      "--config",
      "shards=7",
    );
    assertEquals(code, 0, log);
    assertEquals(log.match(/^rule shard:$/gm)?.length, 7);
    assertEquals(log.match(/^ +resources: mem_mb=3072, .*runtime=720$/gm)?.length, 7);
  }),
});
