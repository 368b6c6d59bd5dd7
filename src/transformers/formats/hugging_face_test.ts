import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { readHuggingFaceConfig } from "./hugging_face_config.ts";
import { readHuggingFaceTokenizer } from "./hugging_face_tokenizer.ts";
import { huggingFaceConfig } from "./test_helpers.ts";
import { tinyConfig } from "../model/tiny_config.ts";
import { tinyTokenizerJson } from "./tiny_tokenizer.ts";

const tokenizer = JSON.parse(tinyTokenizerJson(["<unk>", "<s>", "a", "b"], "<s>"));

function read(json: unknown, vocab: number): ReturnType<typeof readHuggingFaceTokenizer> {
  return readHuggingFaceTokenizer(JSON.stringify(json), "{}", vocab, "tokenizer.json");
}

Deno.test("readHuggingFaceTokenizer() reads a vocabulary as large as that of Qwen2", () => {
  const pieces = ["a", "b", ...Array.from({ length: 151_934 }, (_, i) => `token ${i}`)];
  const vocab = Object.fromEntries(pieces.map((piece, i) => [piece, i]));
  const { size, encode } = read({
    ...tokenizer,
    added_tokens: [],
    post_processor: null,
    model: { type: "BPE", vocab, merges: [] },
  }, 151_936);
  assertEquals([size, encode("ab")], [151_936, Int32Array.of(0, 1)]);
});

Deno.test("readHuggingFaceTokenizer() refuses numbers of tokens before it makes a list of them", async (t) => {
  const numbered = (a: unknown) => ({
    ...tokenizer,
    model: { ...tokenizer.model, vocab: { ...tokenizer.model.vocab, a } },
  });
  const cases: [string, unknown, string][] = [
    ["2^32", numbered(2 ** 32), "current number is 4294967297"],
    ["-1", numbered(-1), "must be a whole number >= 0"],
    ["1.5", numbered(1.5), "must be a whole number >= 0"],
    ["a text", numbered("2"), "must be a whole number >= 0"],
    [
      "an added one",
      { ...tokenizer, added_tokens: [{ id: 2 ** 31, content: "x" }] },
      "current number is 2147483649",
    ],
  ];
  for (const [name, json, message] of cases) {
    await t.step(name, () => {
      assertThrows(() => read(json, 96), DataError, message);
    });
  }
});

Deno.test("readHuggingFaceTokenizer() says of a part of another type that it is, not what the engine fell over", () => {
  for (const part of [{ added_tokens: null }, { model: null }, null]) {
    const json = part === null ? null : { ...tokenizer, ...part };
    assertThrows(
      () => read(json, 96),
      DataError,
      "Cannot read tokenizer.json: it must be a Hugging Face tokenizer: ",
    );
  }
  // The text begins with a token of no name, and there is none for what is unknown.
  const nameless = {
    ...tokenizer,
    added_tokens: [],
    model: { type: "BPE", vocab: { a: 0, b: 1 }, merges: [] },
    post_processor: {
      type: "TemplateProcessing",
      single: [{ SpecialToken: true }, { Sequence: { id: "A" } }],
    },
  };
  assertThrows(() => read(nameless, 96), DataError, "it gives tokens that are none of its own");
});

Deno.test("readHuggingFaceConfig() refuses more layers than memory has room for the names of", () => {
  const config = { ...huggingFaceConfig(tinyConfig("llama")), num_hidden_layers: 2 ** 24 };
  assertThrows(
    () => readHuggingFaceConfig(JSON.stringify(config), "config.json"),
    DataError,
    "num_hidden_layers: Too big",
  );
});

Deno.test("readHuggingFaceConfig() refuses a value that is nested too deep to be shown", () => {
  const config = JSON.stringify({ ...huggingFaceConfig(tinyConfig("llama")), quantization_config: 0 });
  const deep = config.replace(
    '"quantization_config":0',
    `"quantization_config":${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  );
  assertThrows(
    () => readHuggingFaceConfig(deep, "config.json"),
    DataError,
    "quantization_config must be null: current value is an object",
  );
});
