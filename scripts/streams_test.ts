import { assertEquals, assertMatch } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { root, runTask } from "./lib/test_helpers.ts";

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

Deno.test(
  "a task whose output nobody reads ends quietly with its own status; one that has no room says so with status 2",
  inFolder(async (folder, t) => {
    const args = ["scattering_energy", "--profile", "smoke", "--out", folder];
    assertEquals((await runTask("reproduce", args)).code, 0);
    const tasks: readonly [string, number][] = [
      ["reproduce scattering_energy --profile smoke --out .", 0],
      ["reproduce --list", 0],
      ["verify .", 0],
      ["compare . .", 0],
      ["explain scattering_energy", 0],
      ["sbom", 0],
      ["fetch-data --help", 0],
      ["accept nothing --profile smoke", 2],
    ];
    for (const [task, status] of tasks) {
      await t.step(`${task} | true`, async () => {
        const { code, stderr } = await runInShell(`TASK ${task} | true; exit "\${PIPESTATUS[0]}"`, folder);
        assertEquals([code, stderr.includes("fault of this program"), stderr.includes("BrokenPipe")], [
          status,
          false,
          false,
        ]);
      });
      if (status !== 0) continue;
      await t.step(`${task} > /dev/full`, async () => {
        const { code, stderr } = await runInShell(`TASK ${task} > /dev/full`, folder);
        const lines = stderr.trimEnd().split("\n");
        assertEquals(code, 2, stderr);
        assertMatch(
          lines.at(-1)!,
          /^Cannot write to standard output: No space left on device .*: make room and run /,
        );
        assertEquals(lines.filter((line) => /^ +at /.test(line)), []);
      });
    }
    await t.step("standard error that takes nothing changes no status", async () => {
      for (const end of ["2> /dev/full", "2>&1 > /dev/null | true; exit ${PIPESTATUS[0]}"]) {
        assertEquals((await runInShell(`TASK verify . ${end}`, folder)).code, 0);
        assertEquals((await runInShell(`TASK explain nothing ${end}`, folder)).code, 2);
      }
    });
  }),
);
