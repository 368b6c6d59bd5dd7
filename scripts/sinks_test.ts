import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { writeModelFolder } from "../src/transformers/formats/test_helpers.ts";
import { tinyConfig } from "../src/transformers/model/tiny_config.ts";
import { root, type TaskOutcome } from "./lib/test_helpers.ts";

const prompt = "a cat, a dog. is it?\nyes, it is.";

Deno.test(
  "deno task sinks measures a model on disk",
  inFolder(async (folder, t) => {
    const sinks = (...args: string[]) => runSinks(folder, args);
    await Deno.mkdir(`${folder}/tiny`);
    await writeModelFolder(`${folder}/tiny`, tinyConfig("qwen2"), { type: "BF16", shards: 2 });
    await Deno.writeTextFile(`${folder}/prompt.txt`, prompt);
    await t.step("as a table", async () => {
      const { code, stdout, stderr } = await sinks("--model", "tiny", "--prompt", "prompt.txt");
      assertEquals(code, 0, stderr);
      assertStringIncludes(stdout, `1 window of ${prompt.length + 1} tokens, 0 left out`);
      assertStringIncludes(stdout, "| delimiter lift");
    });
    await t.step("as JSON, cut into windows, the same on any number of threads", async () => {
      const args = ["--model", "tiny", "--prompt", "prompt.txt", "--tokens", "12", "--json", "--threads"];
      const one = await sinks(...args, "1");
      const two = await sinks(...args, "2");
      assertEquals(one.code, 0, one.stderr);
      assertEquals(one.stdout, two.stdout);
      const found = JSON.parse(one.stdout);
      assertEquals([found.windows, found.leftOut, found.heads.length], [2, prompt.length - 22, 2 * 2 * 4]);
      assert(found.loss > 0 && found.most.largest > 0);
    });
    const cases: [string, string[], number, string][] = [
      ["no model", ["--json"], 2, "--model DIR is missing"],
      ["no such folder", ["--model", "none"], 3, "none/config.json: there is no such file"],
      ["a prompt longer than the context", ["--model", "tiny"], 2, "it must fit the context of 64"],
      [
        "windows longer than the context",
        ["--model", "tiny", "--tokens", "65"],
        2,
        "from 8 to the context of the model, 64",
      ],
      [
        "a prompt shorter than a window",
        ["--model", "tiny", "--prompt", "prompt.txt", "--tokens", "60"],
        2,
        "must have 60 at least",
      ],
      ["no such prompt", ["--model", "tiny", "--prompt", "none.txt"], 2, "Cannot read the prompt"],
      ["an unknown flag", ["--modell", "tiny"], 2, 'Unknown option "--modell": did you mean --model?'],
    ];
    for (const [name, args, status, message] of cases) {
      await t.step(name, async () => {
        const { code, stdout, stderr } = await sinks(...args);
        assertStringIncludes(stderr, message);
        assertEquals([code, stdout, stderr.trim().split("\n").length], [status, "", 1]);
      });
    }
  }),
);

/** With the permissions of the task. */
async function runSinks(folder: string, args: readonly string[]): Promise<TaskOutcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-read",
      "--allow-env=INIT_CWD",
      "scripts/sinks.ts",
      ...args,
    ],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: folder },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}
