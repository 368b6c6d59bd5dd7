import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseDocument } from "yaml";
import { root } from "./lib/test_helpers.ts";

/** What of a workflow the tests look at. */
interface Workflow {
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

interface WorkflowJob {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
  readonly steps: readonly {
    readonly run?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, string>>;
  }[];
}

const folder = `${root}/.github/workflows`;

function read(name: string): { readonly text: string; readonly workflow: Workflow } {
  const text = Deno.readTextFileSync(`${folder}/${name}`);
  const document = parseDocument(text);
  assertEquals([...document.errors, ...document.warnings], []);
  return { text, workflow: document.toJS() };
}

for (const { name } of Deno.readDirSync(folder)) {
  const { text, workflow } = read(name);
  const jobs = Object.entries(workflow.jobs);

  Deno.test(`${name} pins every action to a commit, and names its version`, () => {
    const uses = [...text.matchAll(/\buses:\s*(.*)/g)].map(([, action]) => action!);
    assert(uses.length > 0);
    for (const action of uses) assertMatch(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  Deno.test(`${name} may read the repository and nothing else, but for publishing, and leaves no credentials behind`, () => {
    assertEquals(workflow.permissions, { contents: "read" });
    for (const [id, { permissions, steps }] of jobs) {
      if (permissions === undefined) continue;
      assertEquals([id, permissions], ["publish", { pages: "write", "id-token": "write" }]);
      // What may write runs nothing of the repository.
      assert(
        steps.every(({ run = "", uses = "" }) =>
          !run.includes("deno") && !uses.startsWith("actions/checkout@")
        ),
      );
    }
    const checkouts = jobs.flatMap(([, { steps }]) => steps).filter(({ uses }) =>
      uses?.startsWith("actions/checkout@")
    );
    assert(checkouts.length > 0);
    for (const checkout of checkouts) assertEquals(String(checkout.with?.["persist-credentials"]), "false");
    assert(!/secrets\.|pull_request_target/.test(text));
  });

  Deno.test(`${name} puts what an expression gives into no command but a shard's number`, () => {
    const commands = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    assert(commands.length > 0);
    const found = commands.flatMap((command) => command.match(/\$\{\{[^}]*\}\}/g) ?? []);
    assertEquals(found.filter((expression) => expression !== "${{ matrix.shard }}"), []);
  });

  Deno.test(`${name} keeps junit.xml`, () => {
    const uploads = jobs.flatMap(([, { steps }]) => steps).filter(({ with: given }) =>
      given?.["name"] === "junit"
    );
    assertEquals(uploads.length, 1);
    assertMatch(uploads[0]!.with!["path"]!, /^out\/(smoke\/)?junit\.xml$/);
  });

  Deno.test(`${name} names no host of a package registry`, () => {
    assertEquals(text.match(/registry\.|npmjs|jsr\.io|https?:/g), null);
  });
}

Deno.test("ok.yml runs deno task ok for every pull request", () => {
  const { workflow: { on, jobs } } = read("ok.yml");
  assertEquals(on, "pull_request");
  assert(Object.values(jobs).flatMap(({ steps }) => steps).some(({ run }) => run === "deno task ok"));
});

Deno.test("reproduce.yml cuts as many shards as it merges, and keeps what the merge reads", () => {
  const { text, workflow: { jobs } } = read("reproduce.yml");
  const shards = jobs["shard"]!.strategy!.matrix.shard;
  assertEquals(shards, shards.map((_, i) => i + 1));
  assertStringIncludes(text, `--shard "\${{ matrix.shard }}/${shards.length}"`);
  assertStringIncludes(text, `deno task merge ${shards.map((i) => `shards/shard-${i}`).join(" ")} --out`);
  const upload = jobs["shard"]!.steps.find(({ with: given }) => given?.["name"]?.startsWith("shard-"));
  const paths = upload!.with!["path"]!.split("\n");
  for (const part of ["results.json", "cache/jobs/", "cache/plan.json"]) {
    assert(paths.includes("out/") && !paths.includes(`!out/${part}`), part);
  }
});

Deno.test("reproduce.yml publishes report, badge and pull plot of what is on main, and of nothing else", () => {
  const { workflow: { on, jobs } } = read("reproduce.yml");
  assertEquals((on as { readonly push: unknown }).push, { branches: ["main"] });
  const { if: condition = "", needs, steps } = jobs["publish"]!;
  assertEquals(needs, "merge");
  assertStringIncludes(condition, "github.ref == 'refs/heads/main'");
  const commands = steps.map(({ run = "" }) => run).join("\n");
  for (const file of ["site/report.html", "site/badge.svg", "site/pull-plot.svg"]) {
    assertStringIncludes(commands, file);
  }
  const uploaded = steps.find(({ uses }) => uses?.startsWith("actions/upload-pages-artifact@"));
  assertEquals(uploaded!.with, { path: "site" });
});
