import { assert, assertEquals, assertMatch } from "@std/assert";
import { displayWidth } from "../src/suite/report/display_width.ts";
import { developerTasks } from "./lib/developer_tasks.ts";
import { ownTasks as own, root, runTask, sideBySide, type TaskOutcome, tasks } from "./lib/test_helpers.ts";

/** Those that need an argument. */
const needy = ["accept", "compare", "explain", "merge", "scatter", "sinks", "synthesise", "verify"];

/** Runs each once, as many side by side as there are cores. */
async function outcomes(
  names: readonly string[],
  args: readonly string[],
): Promise<Map<string, TaskOutcome>> {
  const found = await sideBySide(names, (name) => runTask(name, args));
  return new Map(names.map((name, i) => [name, found[i]!]));
}

Deno.test("--help of every task has a line for each option, an example, and status 0", async (t) => {
  assert(own.length >= 22, own.join());
  const helps = await outcomes(own, ["--help"]);
  for (const name of own) {
    await t.step(name, () => {
      const { code, stdout, stderr } = helps.get(name)!;
      assertEquals([code, stderr], [0, ""]);
      const lines = stdout.trimEnd().split("\n");
      assertEquals(lines.filter((line) => displayWidth(line) > 80), []);
      assert(lines[0]!.startsWith(`deno task ${name} `), lines[0]);
      // What `deno task` lists beside the name.
      const summary = lines.slice(1, lines.indexOf("")).map((line) => line.trim()).join(" ");
      assertEquals(summary, `${tasks[name]!.description}.`);
      const example = lines.findIndex((line) => line.startsWith(`Example: deno task ${name}`));
      const listed = lines.slice(lines.indexOf("") + 1, lines.lastIndexOf(""));
      assertEquals(listed.at(-1)?.trim().split(/ {2,}/), ["--help, -h", "this text"]);
      for (const line of listed) assertMatch(line, /^ {2}(--[a-zJL-]+( \S+)?|--help, -h|[^-].*?) {2,}\S/);
      assert(example > 0, stdout);
    });
  }
});

Deno.test("a task that needs an argument and has none prints its help, with status 2", async (t) => {
  const bare = await outcomes(needy, []);
  const helps = await outcomes(needy, ["-h"]);
  for (const name of needy) {
    await t.step(name, () => {
      assertEquals(helps.get(name)!.code, 0);
      assertEquals(bare.get(name), { code: 2, stdout: "", stderr: helps.get(name)!.stdout });
    });
  }
});

Deno.test("a task that runs a program of Deno alone has the help of that program", () => {
  // The last word of the command takes --help: nothing runs before it.
  for (const name of ["bench", "test", "test:browser", "test:workflow"]) {
    assertMatch(tasks[name]!.command, /^deno (test|bench) [^&]*$/);
  }
  assertEquals(
    Object.keys(tasks).filter((name) => !own.includes(name) && !developerTasks.includes(name)),
    ["reproduce:fast"],
  );
});

Deno.test("reproduce:fast is reproduce with flags of V8", () => {
  const [flags, ...rest] = tasks["reproduce:fast"]!.command.split(" ");
  assertMatch(flags!, /^DENO_V8_FLAGS=--[a-z-]+,--[a-z-]+$/);
  assertEquals(rest.join(" "), tasks["reproduce"]!.command);
});

Deno.test("only command_line.ts reads the arguments of a command line", async () => {
  const readers: string[] = [];
  for (const folder of ["scripts", "scripts/lib", "tools", ...await foldersOf("tools")]) {
    for await (const { name } of Deno.readDir(`${root}${folder}`)) {
      if (!name.endsWith(".ts") || name.endsWith("_test.ts")) continue;
      const text = await Deno.readTextFile(`${root}${folder}/${name}`);
      if (/\bparseArgs\b|\bDeno\.args\b/.test(text)) readers.push(`${folder}/${name}`);
    }
  }
  // A task of several steps is told by the first argument, which deno.json gives.
  assertEquals(readers, ["scripts/lib/command_line.ts", "tools/steps/task.ts"]);
});

async function foldersOf(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${root}${folder}`));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => `${folder}/${name}`);
}
