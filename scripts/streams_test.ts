import { assert, assertEquals, assertMatch } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { ownTasks, root, runTask, sideBySide } from "./lib/test_helpers.ts";

/** How a shell ends that runs a task with its output led somewhere. */
async function runInShell(
  script: string,
  folder: string,
): Promise<{ readonly code: number; readonly stderr: string }> {
  const { code, stderr } = await new Deno.Command("bash", {
    args: ["-c", script.replaceAll("TASK", `"${Deno.execPath()}" task --quiet --cwd "${root}"`)],
    env: { NO_COLOR: "1", REPRODUCE_DATA: "", INIT_CWD: folder },
    stdout: "null",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

/** What tasks print of their work in a folder with a finished run, and their status; every task prints its help beside. */
const work: readonly (readonly [string, number])[] = [
  ["reproduce scattering_energy --profile smoke --out .", 0],
  ["reproduce --list", 0],
  ["verify .", 0],
  ["compare . .", 0],
  ["explain scattering_energy", 0],
  ["merge . --out merged", 0],
  ["clean --out none", 0],
  ["sbom", 0],
  ["accept nothing --profile smoke", 2],
];

Deno.test(
  "a task whose output nobody reads ends quietly with its own status; one that has no room says so with status 2",
  inFolder(async (folder, t) => {
    const args = ["scattering_energy", "--profile", "smoke", "--out", folder];
    assertEquals((await runTask("reproduce", args)).code, 0);
    const helps = ownTasks.map((name): [string, number] => [`${name} --help`, 0]);
    assert(helps.length >= 22);
    const ends = ["| true; exit ${PIPESTATUS[0]}", ">&- 2>&-", "> /dev/full"];
    const more = ["2>&1 | true; exit ${PIPESTATUS[0]}", "2> /dev/full", "> /dev/full 2>&1"];
    const cases = [
      ...helps.flatMap(([task, own]) => ends.map((end) => ({ task, own, end }))),
      ...work.flatMap(([task, own]) => [...ends, ...more].map((end) => ({ task, own, end }))),
    ];
    const found = await sideBySide(cases, ({ task, end }) => runInShell(`TASK ${task} ${end}`, folder));
    for (const { task, own, end } of cases) {
      await t.step(`${task} ${end.split(";")[0]}`, () => {
        const { code, stderr } = found.shift()!;
        const lines = stderr.trimEnd().split("\n");
        const isFull = end.startsWith("> /dev/full") && own === 0;
        assertEquals(code, isFull ? 2 : own, stderr);
        assertEquals(lines.filter((line) => /fault of this program|BrokenPipe|^ +at /.test(line)), []);
        if (end === "> /dev/full" && isFull) {
          assertMatch(
            lines.at(-1)!,
            /^Cannot write to standard output: No space left on device .*: make room and run /,
          );
        }
      });
    }
  }),
);

Deno.test("standard error that takes nothing changes no status", async (t) => {
  const ends = ["2> /dev/full", "2>&1 | true; exit ${PIPESTATUS[0]}"];
  const cases = ownTasks.flatMap((name) => ends.map((end) => ({ name, end })));
  const found = await sideBySide(
    cases,
    ({ name, end }) => runInShell(`TASK ${name} --no-such-option ${end}`, root),
  );
  for (const { name, end } of cases) {
    await t.step(`${name} --no-such-option ${end}`, () => assertEquals(found.shift()!.code, 2));
  }
});
