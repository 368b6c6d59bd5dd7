/**
 * What the tasks of deno.json may do, and what a run of each really does. The audit shows what a run asks for beside
 * the modules that it imports under names that stand in the source: those Deno loads without asking.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { downloadHosts, registry } from "../../src/data/registry.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import { prepareAudit } from "./audit_folder.ts";
import { type Asked, listedIn, runAudited, taskCommand } from "./audited_run.ts";
import { auditedRuns, type Run } from "./audited_runs.ts";
import { developerTasks } from "../../scripts/lib/developer_tasks.ts";
import { root } from "../../scripts/lib/test_helpers.ts";

const project = root.slice(0, -1);
const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}deno.json`)) as {
  readonly tasks: Readonly<Record<string, { readonly command: string }>>;
};

/** `reproduce:fast` is `reproduce` with flags of V8 before it, as `scripts/help_test.ts` shows. */
const forUsers = Object.keys(tasks).filter((name) =>
  !developerTasks.includes(name) && name !== "reproduce:fast"
);

/** Tells whether a run must not ask for this. */
function isUnexpected(
  { permission, value }: Asked,
  { task, reads = [], writes = [], project: at }: Run,
): boolean {
  const command = taskCommand(task);
  const listed = (flag: string) => (listedIn(command, flag) ?? []).includes(value);
  const below = (paths: readonly string[]) =>
    paths.map((path) => path.startsWith("/") ? path : `${at ?? project}/${path}`)
      .some((path) => value === path || value.startsWith(`${path}/`));
  switch (permission) {
    case "read":
      // Packages are looked for in each folder above the file that loads one.
      return !below(reads) && !(value.startsWith(`${project}/`) && value.endsWith("/node_modules"));
    case "write":
      return !below(writes);
    case "env":
      // The whole environment is what node:worker_threads asks for, to hand it to a thread; it is refused.
      return !(listed("--allow-env") || value === "null" && task === "sinks");
    case "sys":
      return !listed("--allow-sys");
    case "ffi":
      return !/\/node_modules\/\.deno\/@napi-rs\+canvas-[^/]+\/.*\/skia\.[\w-]+\.node$/.test(value);
    case "net":
      return task === "view" ? !value.startsWith("127.0.0.1:") : task !== "fetch-data" || !isDownload(value);
    default:
      return true;
  }
}

/** Tells whether an address, or its host and port, is one that the registry names. */
function isDownload(value: string): boolean {
  if (!value.startsWith("https://")) {
    return value.endsWith(":443") && downloadHosts().includes(value.slice(0, -4));
  }
  return registry.some(({ archive, files }) =>
    [archive, ...files.map((file) => file.download)].some((download) => download?.urls.includes(value))
  );
}

Deno.test("every task is for users, with named permissions and no question asked, or for developers", async (t) => {
  for (const name of forUsers) {
    await t.step(name, () => {
      const command = taskCommand(name);
      const first = ["deno", "run", "--no-prompt", "--no-remote", "--preload=scripts/lib/end_on_signals.ts"];
      assertEquals(command.slice(0, first.length), first);
      assert(/^(scripts\/\w+|tools\/\w+\/task)\.ts$/.test(command.at(-1)!), command.at(-1));
      const flags = command.slice(first.length, -1);
      const allowed =
        /^--allow-(read|write)(=[\w./,]+)?$|^--allow-(env|sys|net)=[\w.,-]+$|^--allow-ffi=node_modules$/;
      assertEquals(flags.filter((flag) => !allowed.test(flag)), []);
    });
  }
  for (const name of developerTasks.filter((name) => name in tasks)) {
    await t.step(name, () => {
      for (
        const command of tasks[name]!.command.split(" && ").filter((one) =>
          /^deno (test|bench|run)/.test(one)
        )
      ) {
        assert(command.includes(" --no-prompt "), command);
      }
      assertEquals(/(^| )(-A|--allow-all)\b/.exec(tasks[name]!.command), null);
    });
  }
});

Deno.test("only reproduce and fetch-data may reach hosts, those of the registry, and view this machine", () => {
  for (const name of forUsers) {
    const expected = ["reproduce", "fetch-data"].includes(name)
      ? downloadHosts()
      : name === "view"
      ? ["127.0.0.1"]
      : [];
    assertEquals((listedIn(taskCommand(name), "--allow-net") ?? ["any"]).toSorted(), expected, name);
  }
});

Deno.test(
  "a run of every task touches what it should, nothing else, and needs every permission that it has",
  inFolder(async (folder, t) => {
    await prepareAudit(folder);
    const asked = new Map<string, Asked[]>();
    for (const run of auditedRuns(folder, visitPage)) {
      await t.step(`deno task ${[run.task, ...run.args].join(" ").replaceAll(folder, "...")}`, async () => {
        const { code, stderr, asked: own } = await runAudited(run.task, run.args, { ...run, folder });
        assertEquals(code, run.status, stderr);
        assertEquals(own.filter((one) => isUnexpected(one, run)), []);
        asked.set(run.task, [...asked.get(run.task) ?? [], ...own]);
      });
    }
    await t.step("each task was run, and asked for all that its flags name", () => {
      assertEquals([...asked.keys()].toSorted(), forUsers.toSorted());
      for (const [task, own] of asked) assertEquals(unneeded(task, own), [], task);
    });
  }),
);

async function visitPage(url: string): Promise<void> {
  const summary = await fetch(`${url}summary.md`);
  assertEquals([summary.status, (await summary.text()).length > 0], [200, true]);
}

/** The flags of a task, or the names in them, that its runs never asked for. */
function unneeded(task: string, asked: readonly Asked[]): string[] {
  const command = taskCommand(task);
  const values = (permission: string) =>
    asked.filter((one) => one.permission === permission).map(({ value }) => value);
  const unused = command.filter((word) => {
    const permission = /^--allow-(read|write|ffi)/.exec(word)?.[1];
    return permission !== undefined && values(permission).length === 0;
  });
  for (const permission of ["env", "sys"]) {
    const names = listedIn(command, `--allow-${permission}`) ?? [];
    unused.push(...names.filter((name) => !values(permission).includes(name)));
  }
  // What a server redirects to is asked for on a real download alone, and reproduce downloads as fetch-data does.
  if (task === "fetch-data") {
    const redirects = registry.flatMap(({ redirectHosts }) => redirectHosts ?? []);
    unused.push(
      ...downloadHosts().filter((host) =>
        !redirects.includes(host) && !values("net").includes(`${host}:443`)
      ),
    );
  }
  return unused;
}
