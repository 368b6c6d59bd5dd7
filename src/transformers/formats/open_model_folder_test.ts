import { assert, assertEquals, assertRejects } from "@std/assert";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { DataError } from "../../errors.ts";
import { inFolder } from "../../files/test_helpers.ts";
import { forward } from "../model/forward.ts";
import type { ModelConfig } from "../model/model_config.ts";
import { openModelFolder } from "./open_model_folder.ts";
import { readOut } from "../model/read_out.ts";
import { ReferenceDecoder } from "../model/reference_decoder.ts";
import { type FolderOptions, tinyPieces, writeModelFolder } from "./test_helpers.ts";
import { tinyConfig } from "../model/tiny_config.ts";
import { tinyTokenizerJson } from "./tiny_tokenizer.ts";
import { widenFloats } from "./widen_floats.ts";
import { writeSafetensors } from "./write_safetensors.ts";

const folders: [string, ModelConfig, FolderOptions][] = [
  ["Llama in float32", tinyConfig("llama"), {}],
  ["Llama in bfloat16, two shards", tinyConfig("llama", { tied: false }), { type: "BF16", shards: 2 }],
  ["Qwen2 in float16, three shards", tinyConfig("qwen2"), { type: "F16", shards: 3 }],
  ["Qwen2 with tied embeddings in bfloat16", tinyConfig("qwen2", { tied: true }), { type: "BF16" }],
  ["GPT-2 in float32", tinyConfig("gpt2"), {}],
  ["GPT-2 with prefixed names in float16", tinyConfig("gpt2"), { type: "F16", prefix: "transformer." }],
];

Deno.test("openModelFolder() makes a model of the logits of float64 arithmetic", async (t) => {
  const backend = await startBackend({ threads: 1 });
  try {
    for (const [name, config, options] of folders) {
      await t.step(
        name,
        inFolder(async (folder) => {
          const tensors = await writeModelFolder(folder, config, options);
          await using opened = await openModelFolder(folder);
          assertEquals(opened.model.config, config);
          const tokens = opened.tokenizer.encode("a tiny model, is it?\nyes.");
          const logits = await readOut(opened.model, await forward(opened.model, tokens, tokens.length));
          // What was stored: values of 16 bits are rounded before both compute.
          const stored = new Map(Array.from(tensors, ([name, { shape, values }]) => {
            const file = writeSafetensors(new Map([[name, { shape, values }]]), options.type ?? "F32");
            const bytes = values.length * (options.type === undefined ? 4 : 2);
            return [name, widenFloats(file.slice(-bytes), options.type ?? "F32")];
          }));
          const decoder = new ReferenceDecoder(config, (name) => stored.get(name)!);
          const expected = Array.from(tokens).flatMap((token) => Array.from(decoder.next(token)));
          const worst = expected.reduce(
            (most, value, at) => Math.max(most, Math.abs(value - logits[at]!)),
            0,
          );
          assert(worst < 1e-4, `largest difference of a logit: ${worst}, allowed 1e-4`);
        }),
      );
    }
  } finally {
    backend.dispose();
  }
});

Deno.test(
  "openModelFolder() reads the tokenizer and the token that it puts first",
  inFolder(async (folder) => {
    await writeModelFolder(folder, tinyConfig("llama"));
    await using opened = await openModelFolder(folder);
    const { tokenizer } = opened;
    assertEquals([tokenizer.bos, tokenizer.size], [1, tinyPieces.length]);
    assertEquals(tokenizer.decode(tokenizer.encode("so, is it.\n")), "so, is it.\n");
    assertEquals(Array.from(tokenizer.encode("a.\n"), (token) => tokenizer.piece(token)), ["a", ".", "\n"]);
    await Deno.writeTextFile(`${folder}/tokenizer.json`, tinyTokenizerJson(tinyPieces));
    await using without = await openModelFolder(folder);
    assertEquals(without.tokenizer.bos, null);
  }),
);

type Fault = (folder: string) => Promise<void> | void;

/** Changes fields of config.json. */
function configured(changes: Record<string, unknown>): Fault {
  return async (folder) => {
    const path = `${folder}/config.json`;
    const config = { ...JSON.parse(await Deno.readTextFile(path)), ...changes };
    await Deno.writeTextFile(path, JSON.stringify(config));
  };
}

/** Changes the bytes of a shard. */
function damaged(change: (bytes: Uint8Array) => Uint8Array): Fault {
  return async (folder) => {
    const path = `${folder}/model-00002-of-00002.safetensors`;
    await Deno.writeFile(path, change(await Deno.readFile(path)));
  };
}

/** Replaces text of the header of a shard by as many characters. */
function edited(from: string, to: string): Fault {
  return damaged((bytes) => {
    const text = new TextDecoder("latin1").decode(bytes);
    assert(text.includes(from) && from.length === to.length);
    return Uint8Array.from(text.replace(from, to), (character) => character.charCodeAt(0));
  });
}

const faults: [string, Fault, string][] = [
  [
    "an unsupported architecture",
    configured({ architectures: ["MistralForCausalLM"] }),
    'current value is "MistralForCausalLM"',
  ],
  ["no architecture", configured({ architectures: undefined }), "current value is null"],
  [
    "another activation",
    configured({ hidden_act: "gelu" }),
    'hidden_act must be "silu": current value is "gelu"',
  ],
  [
    "another kind of RoPE",
    configured({ rope_scaling: { type: "yarn" } }),
    'rope_type must be "default" or "llama3"',
  ],
  [
    "incomplete Llama 3 RoPE",
    configured({ rope_scaling: { rope_type: "llama3", factor: 8 } }),
    "low_freq_factor",
  ],
  ["quantized weights", configured({ quantization_config: { bits: 4 } }), "quantization_config must be null"],
  ["a sliding window", configured({ use_sliding_window: true }), "use_sliding_window must be false"],
  ["a side of another type", configured({ hidden_size: "32" }), "hidden_size: Invalid input"],
  [
    "heads that do not divide the width",
    configured({ num_attention_heads: 5 }),
    "headSize must be a whole number",
  ],
  ["a missing side", configured({ num_hidden_layers: undefined }), "num_hidden_layers: Invalid input"],
  [
    "an absurd vocabulary",
    configured({ vocab_size: 1e15 }),
    "vocab must be a whole number from 1 to 16777216",
  ],
  [
    "a smaller vocabulary",
    configured({ vocab_size: 20 }),
    "fit into the 20 tokens of the model: current number is 34",
  ],
  [
    "weights of another vocabulary",
    configured({ vocab_size: 200 }),
    'gives "model.embed_tokens.weight" the shape (200, 32)',
  ],
  ["more layers than weights", configured({ num_hidden_layers: 3 }), 'it has no tensor "model.layers.2.'],
  ["no config.json", (folder) => Deno.remove(`${folder}/config.json`), "config.json: there is no such file"],
  ["no JSON", (folder) => Deno.writeTextFile(`${folder}/config.json`, "{"), "config.json: it must be JSON"],
  [
    "no tokenizer",
    (folder) => Deno.remove(`${folder}/tokenizer.json`),
    "tokenizer.json: there is no such file",
  ],
  [
    "a foreign tokenizer",
    (folder) => Deno.writeTextFile(`${folder}/tokenizer.json`, "{}"),
    "it must be a Hugging Face tokenizer",
  ],
  [
    "no weights",
    (folder) => Deno.remove(`${folder}/model.safetensors.index.json`),
    "it must hold model.safetensors",
  ],
  [
    "a missing shard",
    (folder) => Deno.remove(`${folder}/model-00002-of-00002.safetensors`),
    "1 of the 2 shards of the index are missing: model-00002-of-00002.safetensors",
  ],
  [
    "a shard elsewhere",
    (folder) =>
      Deno.writeTextFile(`${folder}/model.safetensors.index.json`, '{"weight_map":{"w":"../w.safetensors"}}'),
    "a shard must be a file of its folder",
  ],
  [
    "no index",
    (folder) => Deno.writeTextFile(`${folder}/model.safetensors.index.json`, "[]"),
    "the shard of each tensor in weight_map",
  ],
  ["a truncated shard", damaged((bytes) => bytes.slice(0, -4)), "current size is"],
  ["a shard with more behind it", damaged((bytes) => Uint8Array.of(...bytes, 0)), "its tensors end after"],
  ["an empty shard", damaged(() => new Uint8Array()), "current length is 0, current size is 0"],
  [
    "a shard that is no safetensors file",
    damaged((bytes) => bytes.fill(0x7f, 0, 8)),
    "begins with the length of its header",
  ],
  [
    "a header that is no JSON",
    edited('{"__metadata__"', '["__metadata__"'),
    "the header of a safetensors file must be JSON",
  ],
  [
    "an unsupported dtype",
    edited('"dtype":"F32"', '"dtype":"I32"'),
    "must be of F32, F16, BF16: current dtype is I32",
  ],
  ["offsets that do not fit", edited('"dtype":"F32"', '"dtype":"F16"'), "takes"],
  ["bytes that overlap", edited('"data_offsets":[0,', '"data_offsets":[4,'), "takes"],
];

Deno.test("openModelFolder() refuses what it cannot compute in one line, and closes its files", async (t) => {
  for (const [name, fault, message] of faults) {
    await t.step(
      name,
      inFolder(async (folder) => {
        await writeModelFolder(folder, tinyConfig("llama", { tied: false }), { shards: 2 });
        await fault(folder);
        const error = await assertRejects(() => openModelFolder(folder), DataError, message);
        assertEquals(error.message.includes("\n"), false);
      }),
    );
  }
});
