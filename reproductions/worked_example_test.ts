import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { inFolder } from "../src/files/test_helpers.ts";
import type { Reproduction } from "../src/suite/reproduction.ts";
import { planRun } from "../src/suite/runner/plan_run.ts";
import { reproduce } from "../src/suite/runner/reproduce.ts";
import { describeMachine } from "../src/suite/runner/environment.ts";

const root = new URL("..", import.meta.url).href;

/** The blocks of CONTRIBUTING.md that name a file. */
function exampleFiles(markdown: string): [path: string, content: string][] {
  return [...markdown.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map((
    [_, path, content],
  ) => [path!, content!]);
}

Deno.test(
  "the worked example of CONTRIBUTING.md type-checks, runs on its stand-ins and gives the same bits again",
  inFolder(async (folder) => {
    const files = exampleFiles(await Deno.readTextFile(new URL("../CONTRIBUTING.md", import.meta.url)));
    assertEquals(files.length, 4);
    for (const [path, content] of files) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, content.replaceAll('"../../src/', `"${root}src/`));
    }
    const example = `${folder}/reproductions/linear_digits`;
    await Deno.writeTextFile(
      `${example}/worker.ts`,
      `import { serveJobs } from "${root}src/suite/runner/job_worker.ts";\n` +
        'serveJobs(async () => (await import("./run.ts")).tasks);\n',
    );
    const check = await new Deno.Command(Deno.execPath(), {
      args: [
        "check",
        "--quiet",
        "--config",
        fromFileUrl(`${root}deno.json`),
        `${example}/mod.ts`,
        `${example}/run.ts`,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    assert(check.success, new TextDecoder().decode(check.stderr));

    const { reproduction } = await import(`file://${example}/mod.ts`) as {
      readonly reproduction: Reproduction;
    };
    const run = async (out: string, threads: number) => {
      const planned = await planRun({
        reproductions: [{
          reproduction,
          tasksUrl: `file://${example}/run.ts`,
          planUrl: `file://${example}/mod.ts`,
        }],
        order: [],
        profile: "smoke",
        cells: [],
        seeds: null,
        root: folder,
        kept: [],
        earlier: null,
        open: (id) => Promise.resolve({ id, source: "stand-in", root: null, files: [], notes: [] }),
      });
      return await reproduce(planned, {
        profile: "smoke",
        cells: [],
        shard: null,
        fresh: false,
        out: `${folder}/${out}`,
        earlier: null,
        root: folder,
        machine: describeMachine(folder, threads),
        workerEntry: new URL(`file://${example}/worker.ts`),
        signal: new AbortController().signal,
        onProgress: () => {},
        onStall: () => {},
      });
    };
    const one = await run("one", 1);
    const two = await run("two", 2);
    assertEquals(one.failures, []);
    const [{ cells, digest }] = one.results.modules as [typeof one.results.modules[number]];
    assertEquals(cells.map(({ id, verdict }) => [id, verdict]), [
      ["error/n=60000", "stand-in"],
      ["order/n=60000-n=1000", "stand-in"],
    ]);
    assert(cells.every(({ measured }) => measured!.value !== null));
    assertEquals(two.results.modules[0]!.digest, digest);
  }),
);
