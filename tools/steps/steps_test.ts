import { assert, assertEquals } from "@std/assert";
import { developerTasks } from "../../scripts/lib/developer_tasks.ts";
import { root } from "../../scripts/lib/test_helpers.ts";
import { stepsTasks } from "./steps.ts";

const { tasks } = JSON.parse(await Deno.readTextFile(`${root}deno.json`)) as {
  readonly tasks: Readonly<Record<string, { readonly command: string }>>;
};

Deno.test("every task of several steps is one of developers, and deno.json names it to the script that runs it", () => {
  for (const name of Object.keys(stepsTasks)) {
    assert(developerTasks.includes(name), name);
    assert(tasks[name]!.command.endsWith(` tools/steps/task.ts ${name}`), tasks[name]!.command);
  }
  const named = Object.keys(tasks).filter((name) => tasks[name]!.command.includes("tools/steps/task.ts"));
  assertEquals(named.toSorted(), Object.keys(stepsTasks).toSorted());
});

Deno.test("a step is a command of Deno that asks nothing and has no permission for everything", () => {
  for (const step of Object.values(stepsTasks).flatMap(({ steps }) => steps)) {
    assert(step.startsWith("deno "), step);
    assertEquals(/^deno (test|bench|run)/.test(step) && !step.includes(" --no-prompt "), false, step);
    assertEquals(/(^| )(-A|--allow-all)\b/.exec(step), null);
    const task = /^deno task (\S+)/.exec(step)?.[1];
    assert(task === undefined || task in tasks, step);
  }
});
