import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { DataError } from "../../errors.ts";
import { inFolder } from "../../files/test_helpers.ts";
import { forward } from "../model/forward.ts";
import type { ModelConfig } from "../model/model_config.ts";
import { openModelFolder } from "./open_model_folder.ts";
import { randomTensors } from "../model/random_model.ts";
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

/** Changes the shards that the index gives. */
function indexed(change: (shardOf: Record<string, string>) => void): Fault {
  return async (folder) => {
    const path = `${folder}/model.safetensors.index.json`;
    const index = JSON.parse(await Deno.readTextFile(path));
    change(index.weight_map);
    await Deno.writeTextFile(path, JSON.stringify(index));
  };
}

const lfsPointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 988097824\n";
const [firstShard, secondShard] = [1, 2].map((n) => `model-0000${n}-of-00002.safetensors`) as [
  string,
  string,
];

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
    "an index with a file that no system can have",
    indexed((shardOf) => shardOf["model.norm.weight"] = "x".repeat(300)),
    "a shard must be a file of its folder",
  ],
  [
    "an index with a zero in a name",
    indexed((shardOf) => shardOf["model.norm.weight"] = "a\0b"),
    "a shard must be a file of its folder",
  ],
  [
    "no index",
    (folder) => Deno.writeTextFile(`${folder}/model.safetensors.index.json`, "[]"),
    "the shard of each tensor in weight_map",
  ],
  [
    "a shard that Git LFS did not fetch",
    (folder) => Deno.writeTextFile(`${folder}/${firstShard}`, lfsPointer),
    `${firstShard}: it is a Git LFS pointer`,
  ],
  [
    "a tokenizer that Git LFS did not fetch",
    (folder) => Deno.writeTextFile(`${folder}/tokenizer.json`, lfsPointer),
    "tokenizer.json: it is a Git LFS pointer",
  ],
  [
    "a web page in place of an index",
    (folder) => Deno.writeTextFile(`${folder}/model.safetensors.index.json`, "<!DOCTYPE html><html>"),
    "index.json: it is a web page",
  ],
  [
    "a configuration in UTF-16",
    (folder) => Deno.writeFile(`${folder}/config.json`, Uint8Array.of(0xff, 0xfe, 0x7b, 0)),
    "config.json: it must be UTF-8: it begins with the mark of UTF-16",
  ],
  [
    "an index of another version",
    indexed((shardOf) => {
      const name = "model.norm.weight";
      shardOf[name] = shardOf[name] === firstShard ? secondShard : firstShard;
    }),
    'the index has the tensor "model.norm.weight" in it, but it is not there',
  ],
  [
    "an index without a tensor",
    indexed((shardOf) => delete shardOf["model.norm.weight"]),
    'it has no tensor "model.norm.weight"',
  ],
  [
    "weights of a bias that the configuration does not have",
    async (folder) => {
      const tensors = new Map([["model.layers.0.self_attn.q_proj.bias", {
        shape: [1],
        values: Float32Array.of(1),
      }]]);
      await Deno.writeFile(`${folder}/more.safetensors`, writeSafetensors(tensors, "F32"));
      await indexed((shardOf) => shardOf["model.layers.0.self_attn.q_proj.bias"] = "more.safetensors")(
        folder,
      );
    },
    'no place for the tensor "model.layers.0.self_attn.q_proj.bias"',
  ],
  [
    "fewer layers than weights",
    configured({ num_hidden_layers: 1 }),
    'no place for the tensor "model.layers.1.',
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

Deno.test("openModelFolder() takes what the index says where there are several files, and says so", async (t) => {
  const norms = async (folder: string) => {
    await using opened = await openModelFolder(folder);
    return { norm: await opened.model.tensors.read("model.norm.weight"), notes: opened.notes };
  };
  const single = async (folder: string, value: number) => {
    const tensors = new Map(randomTensors(tinyConfig("llama"), "single"));
    tensors.set("model.norm.weight", { shape: [32], values: new Float32Array(32).fill(value) });
    await Deno.writeFile(`${folder}/model.safetensors`, writeSafetensors(tensors, "F32"));
  };
  await t.step(
    "the shards, beside a single file",
    inFolder(async (folder) => {
      const tensors = await writeModelFolder(folder, tinyConfig("llama"), { shards: 2 });
      await single(folder, 7);
      const { norm, notes } = await norms(folder);
      assertEquals(norm, tensors.get("model.norm.weight")!.values);
      assertStringIncludes(notes.join(), "Took the 2 shards of");
    }),
  );
  await t.step(
    "the single file, where no shard of the index is there",
    inFolder(async (folder) => {
      await writeModelFolder(folder, tinyConfig("llama"), { shards: 2 });
      for (const shard of [firstShard, secondShard]) await Deno.remove(`${folder}/${shard}`);
      await single(folder, 7);
      const { norm, notes } = await norms(folder);
      assertEquals(norm, new Float32Array(32).fill(7));
      assertStringIncludes(notes.join(), "none of the 2 shards of the index beside it is there");
    }),
  );
  await t.step(
    "nothing, where one shard of several is missing, though there is a single file",
    inFolder(async (folder) => {
      await writeModelFolder(folder, tinyConfig("llama"), { shards: 2 });
      await Deno.remove(`${folder}/${secondShard}`);
      await single(folder, 7);
      await assertRejects(
        () => openModelFolder(folder),
        DataError,
        "1 of the 2 shards of the index are missing",
      );
    }),
  );
  await t.step(
    "the shard of the index, where another holds the same tensor",
    inFolder(async (folder) => {
      const tensors = await writeModelFolder(folder, tinyConfig("llama"));
      await single(folder, 7);
      const own = new Map([["model.norm.weight", {
        shape: [32],
        values: tensors.get("model.norm.weight")!.values,
      }]]);
      await Deno.writeFile(`${folder}/norm.safetensors`, writeSafetensors(own, "F32"));
      const weight_map = Object.fromEntries(
        Array.from(tensors.keys(), (name) => [name, "model.safetensors"]),
      );
      weight_map["model.norm.weight"] = "norm.safetensors";
      await Deno.writeTextFile(`${folder}/model.safetensors.index.json`, JSON.stringify({ weight_map }));
      const { norm, notes } = await norms(folder);
      assertEquals([norm, notes], [tensors.get("model.norm.weight")!.values, []]);
    }),
  );
});

Deno.test(
  "openModelFolder() reads files with a byte order mark, angles and masks that are computed, and a read-out that is the embedding",
  inFolder(async (folder) => {
    for (const family of ["llama", "gpt2"] as const) {
      const tensors = await writeModelFolder(folder, tinyConfig(family));
      const more = family === "llama" ? "model.layers.0.self_attn.rotary_emb.inv_freq" : "h.0.attn.bias";
      for (const name of [more, "lm_head.weight"]) {
        tensors.set(name, { shape: [1], values: Float32Array.of(1) });
      }
      await Deno.writeFile(`${folder}/model.safetensors`, writeSafetensors(tensors, "F32"));
      for (const name of ["config.json", "tokenizer.json"]) {
        await Deno.writeTextFile(
          `${folder}/${name}`,
          `\ufeff${await Deno.readTextFile(`${folder}/${name}`)}`,
        );
      }
      await using opened = await openModelFolder(folder);
      assertEquals([opened.model.config, opened.notes], [tinyConfig(family), []]);
    }
  }),
);

Deno.test(
  "openModelFolder() refuses a GPT-2 that holds a tensor under both of its names",
  inFolder(async (folder) => {
    const tensors = await writeModelFolder(folder, tinyConfig("gpt2"));
    tensors.set("transformer.wte.weight", tensors.get("wte.weight")!);
    await Deno.writeFile(`${folder}/model.safetensors`, writeSafetensors(tensors, "F32"));
    await assertRejects(
      () => openModelFolder(folder),
      DataError,
      'the tensor "wte.weight" with transformer.',
    );
  }),
);
