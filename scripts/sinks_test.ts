import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { inFolder } from "../src/files/test_helpers.ts";
import { writeModelFolder, writeWhisperFolder } from "../src/transformers/formats/test_helpers.ts";
import { writeSafetensors } from "../src/transformers/formats/write_safetensors.ts";
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
    await t.step("behind what the user says, or nothing", async () => {
      const args = ["--model", "tiny", "--prompt", "prompt.txt", "--threads", "1", "--json"];
      const [own, same, none] = await Promise.all(
        [[], ["--prefix", "<s>"], ["--prefix", ""]].map((more) => sinks(...args, ...more)),
      );
      assertEquals([same!.code, same!.stdout], [0, own!.stdout]);
      assertEquals([own!, none!].map(({ stdout }) => JSON.parse(stdout).length), [
        prompt.length + 1,
        prompt.length,
      ]);
    });
    await Deno.mkdir(`${folder}/whisper`);
    await writeWhisperFolder(`${folder}/whisper`, tinyConfig("whisper", { vocab: 40 }));
    await t.step("of Whisper the decoder, which listens to silence", async () => {
      const args = ["--model", "whisper", "--prompt", "prompt.txt", "--threads", "1", "--json"];
      const [own, prev] = await Promise.all(
        [[], ["--prefix", "<|startofprev|>"]].map((more) => sinks(...args, ...more)),
      );
      assertEquals(own!.code, 0, own!.stderr);
      assertStringIncludes(own!.stderr, "Whisper's decoder listens to half a minute of silence");
      const [first, second] = [own!, prev!].map(({ stdout }) => JSON.parse(stdout));
      assertEquals([first.family, first.length, first.heads.length], ["whisper", prompt.length + 4, 2 * 4]);
      assertEquals([second.length, second.leftOut, prev!.code], [prompt.length + 1, 0, 0]);
      assert(first.loss > 0 && second.loss > 0);
    });
    await t.step("a byte order mark is no token", async () => {
      await Deno.writeTextFile(`${folder}/marked.txt`, `\ufeff${prompt}`);
      const [plain, marked] = await Promise.all(
        ["prompt.txt", "marked.txt"].map((file) =>
          sinks("--model", "tiny", "--prompt", file, "--threads", "1", "--json")
        ),
      );
      assertEquals([marked!.code, marked!.stdout], [0, plain!.stdout]);
    });
    await Deno.writeFile(`${folder}/latin1.txt`, Uint8Array.of(...new TextEncoder().encode(prompt), 0xe9));
    await Deno.writeFile(
      `${folder}/utf16.txt`,
      new Uint8Array(Uint16Array.from(`\ufeff${prompt}`, codeOf).buffer),
    );
    await Deno.writeFile(`${folder}/unmarked.txt`, new Uint8Array(Uint16Array.from(prompt, codeOf).buffer));
    await Deno.mkdir(`${folder}/damaged`);
    const config = tinyConfig("llama", { context: 16_384 });
    const tensors = await writeModelFolder(`${folder}/damaged`, config);
    const query = "model.layers.1.self_attn.q_proj.weight";
    tensors.set(query, { ...tensors.get(query)!, values: tensors.get(query)!.values.with(5, NaN) });
    await Deno.writeFile(`${folder}/damaged/model.safetensors`, writeSafetensors(tensors, "F32"));
    await Deno.writeTextFile(`${folder}/long.txt`, "is it. ".repeat(2000));
    await Deno.mkdir(`${folder}/deaf`);
    await writeWhisperFolder(`${folder}/deaf`, tinyConfig("whisper", { vocab: 40 }));
    await Deno.remove(`${folder}/deaf/onnx/decoder_model_merged_quantized.onnx`);
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
      [
        "a prompt in Latin-1",
        ["--model", "tiny", "--prompt", "latin1.txt"],
        2,
        "it must be UTF-8: byte 32 is none",
      ],
      [
        "a prompt in UTF-16",
        ["--model", "tiny", "--prompt", "utf16.txt"],
        2,
        "it begins with the mark of UTF-16",
      ],
      [
        "a prompt in UTF-16 without its mark",
        ["--model", "tiny", "--prompt", "unmarked.txt"],
        2,
        "character 1 is NUL",
      ],
      [
        "weights that are none",
        ["--model", "damaged", "--prompt", "prompt.txt"],
        3,
        `element 5 of "${query}" is NaN`,
      ],
      [
        "windows that take more memory than there is",
        ["--model", "damaged", "--prompt", "long.txt", "--tokens", "9000"],
        2,
        "4 heads take 5.2 GiB for them, and there are 3.9 GiB: cut the prompt into windows with --tokens 7",
      ],
      [
        "a prefix that fills the window",
        ["--model", "whisper", "--prompt", "long.txt", "--prefix", "<|en|>".repeat(8), "--tokens", "8"],
        2,
        "windows of 8 tokens behind a prefix of 8: a token of the text must have a place",
      ],
      [
        "a Whisper without a decoder",
        ["--model", "deaf", "--prompt", "prompt.txt"],
        3,
        "it must hold decoder_model_merged_quantized.onnx or decoder_model_merged.onnx, itself or in onnx/",
      ],
      ["no such prompt", ["--model", "tiny", "--prompt", "none.txt"], 2, "Cannot read the prompt"],
      ["an unknown flag", ["--modell", "tiny"], 2, 'Unknown option "--modell": did you mean --model?'],
    ];
    for (const [name, args, status, message] of cases) {
      await t.step(name, async () => {
        const { code, stdout, stderr } = await sinks(...args);
        // Behind what was said of the progress until then.
        const [last, ...before] = stderr.trim().split("\n").toReversed();
        assertStringIncludes(last!, message);
        assertEquals([code, stdout, before.filter((line) => !line.startsWith("sinks ["))], [status, "", []]);
      });
    }
  }),
);

Deno.test(
  "deno task sinks ends at once when it is interrupted, in the middle of a product too",
  inFolder(async (folder, t) => {
    await writeModelFolder(folder, tinyConfig("llama", { context: 16_384 }));
    await Deno.writeTextFile(`${folder}/long.txt`, "is it. ".repeat(1000));
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      await t.step(signal, async () => {
        const args = ["--model", ".", "--prompt", "long.txt", "--threads", "1"];
        const child = sinksCommand(folder, args).spawn();
        await new Promise((resolve) => setTimeout(resolve, 4000));
        const sent = performance.now();
        child.kill(signal);
        const { code, stdout } = await child.output();
        assertEquals([code, stdout.length], [130, 0]);
        assertLess(performance.now() - sent, 2000);
      });
    }
  }),
);

const codeOf = (character: string) => character.charCodeAt(0);

/** With the permissions of the task. */
async function runSinks(folder: string, args: readonly string[]): Promise<TaskOutcome> {
  const { code, stdout, stderr } = await sinksCommand(folder, args).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

function sinksCommand(folder: string, args: readonly string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
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
    stdout: "piped",
    stderr: "piped",
  });
}
