import { basename, join } from "@std/path";
import { z } from "zod";
import { DataError } from "../../errors.ts";
import { isAbsent } from "../../files/if_there.ts";
import { isFile } from "../../files/is_file.ts";
import { foreignBytes, foreignContent } from "../../files/foreign_content.ts";
import { readUtf8 } from "../../files/read_utf8.ts";
import { oneLine } from "../../one_line.ts";
import { readHuggingFaceConfig } from "./hugging_face_config.ts";
import { readHuggingFaceTokenizer } from "./hugging_face_tokenizer.ts";
import { type LanguageModel, languageModel } from "../model/language_model.ts";
import { openSafetensors } from "./open_safetensors.ts";
import { openWhisperFolder } from "./open_whisper_folder.ts";
import { transcriptPrefix } from "./whisper.ts";
import type { ModelConfig } from "../model/model_config.ts";
import type { TensorSource } from "../model/tensor_source.ts";
import type { Tokenizer } from "../model/tokenizer.ts";
import { weightShapes } from "../model/weight_shapes.ts";

/** A model with its tokenizer, whose files are open. */
export interface ModelFolder extends AsyncDisposable {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  /** What stands before a text where its tokenizer puts nothing there by itself, as text: the mode that Whisper was trained for. */
  readonly prefix?: string;
  /** What a user should know, such as which of several files was taken; mostly empty. */
  readonly notes: readonly string[];
}

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/**
 * Opens a model as Hugging Face lays it out: `config.json` (LlamaForCausalLM, Qwen2ForCausalLM or GPT2LMHeadModel),
 * `tokenizer.json`, and `model.safetensors` or the shards that `model.safetensors.index.json` names. Where both are there, the index
 * decides, unless none of its shards is there. Everything is checked before a weight is read. Or a Whisper in ONNX, whose decoder listens to
 * silence: its encoder runs on the current backend (`startBackend`).
 *
 * @param folder The path.
 * @returns The model; dispose of it to close its files.
 * @throws {DataError} Where a file is missing or damaged, or the model is none that is computed here.
 *
 * @example Usage
 * ```ts
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => openModelFolder("/no/such/folder"), Error, "config.json: there is no such file");
 * ```
 */
export async function openModelFolder(folder: string): Promise<ModelFolder> {
  const path = (name: string) => join(folder, name);
  const configText = readText(path("config.json"));
  if (isWhisper(configText)) {
    return {
      ...await openWhisperFolder(folder, readText),
      prefix: transcriptPrefix,
      notes: ["Whisper's decoder listens to half a minute of silence"],
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const config = readHuggingFaceConfig(configText, path("config.json"));
  const tokenizerText = readText(path("tokenizer.json"));
  const settings = isFile(path("tokenizer_config.json")) ? readText(path("tokenizer_config.json")) : "{}";
  const tokenizer = readHuggingFaceTokenizer(tokenizerText, settings, config.vocab, path("tokenizer.json"));
  const { paths, weightMap, notes } = weightFiles(folder);
  const files = await openSafetensors(paths, weightMap);
  try {
    const tensors = config.family === "gpt2" ? withoutPrefix(files) : files;
    const model = languageModel(config, tensors, folder);
    checkUnused(config, files.names, folder);
    return {
      model,
      tokenizer,
      notes,
      [Symbol.asyncDispose]: () => Promise.resolve(files[Symbol.asyncDispose]()),
    };
  } catch (error) {
    await files[Symbol.asyncDispose]();
    throw error;
  }
}

/** By the type of the model; what is no JSON is refused by who reads it. */
function isWhisper(config: string): boolean {
  try {
    return JSON.parse(config)?.model_type === "whisper";
  } catch {
    return false;
  }
}

/** Files of weights. */
interface WeightFiles {
  readonly paths: readonly string[];
  /** The file of each tensor, as the index has it. */
  readonly weightMap?: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** The one file, or every shard of the index. */
function weightFiles(folder: string): WeightFiles {
  const single = join(folder, "model.safetensors");
  const index = join(folder, "model.safetensors.index.json");
  const hasSingle = isFile(single);
  if (!isFile(index)) {
    if (hasSingle) return { paths: [single], notes: [] };
    throw new DataError(
      `Cannot read ${folder}: it must hold model.safetensors or model.safetensors.index.json`,
    );
  }
  const shardOf = readIndex(index);
  const shards = [...new Set(Object.values(shardOf))].sort();
  const missing = shards.filter((shard) => !isFile(join(folder, shard)));
  if (missing.length > 0) {
    if (missing.length === shards.length && hasSingle) {
      const note = `Took ${single}: none of the ${shards.length} shards of the index beside it is there`;
      return { paths: [single], notes: [note] };
    }
    throw new DataError(
      `Cannot read ${folder}: ${missing.length} of the ${shards.length} shards of the index are missing: ` +
        `${oneLine(missing.slice(0, 3).join(", "))}${missing.length > 3 ? ", ..." : ""}`,
    );
  }
  return {
    paths: shards.map((shard) => join(folder, shard)),
    weightMap: new Map(Object.entries(shardOf).map(([tensor, shard]) => [tensor, join(folder, shard)])),
    notes: hasSingle && !shards.includes(basename(single))
      ? [`Took the ${shards.length} shards of ${index}, and not ${single}: remove one of the two`]
      : [],
  };
}

/** Far longer than a shard is called; the system has no files of more than 255 bytes, and says so in an error. */
const longestName = 80;

/** The shard of each tensor. */
function readIndex(path: string): Record<string, string> {
  const text = readText(path);
  let shardOf: Record<string, string>;
  try {
    shardOf = indexSchema.parse(JSON.parse(text)).weight_map;
  } catch {
    throw new DataError(`Cannot read ${path}: it must be JSON with the shard of each tensor in weight_map`);
  }
  const foreign = Object.values(shardOf).find((shard) =>
    basename(shard) !== shard || shard === ".." || shard.includes("\0") || shard.length > longestName
  );
  if (foreign !== undefined) {
    throw new DataError(
      `Cannot read ${path}: a shard must be a file of its folder: current value is "${
        oneLine(foreign.slice(0, longestName))
      }"`,
    );
  }
  return shardOf;
}

/** What checkpoints hold that no forward pass reads: angles and masks that are computed, and the read-out where it is the embedding. */
const computed = /\.(rotary_emb\.inv_freq|attn\.(bias|masked_bias))$/;

/**
 * Checks that a checkpoint holds nothing that the configuration does not ask for: it would be left out without a word, as biases of
 * queries are, or further layers, or norms of queries and keys that other architectures have.
 */
function checkUnused(config: ModelConfig, names: Iterable<string>, folder: string): void {
  const used = weightShapes(config);
  const seen = new Set<string>();
  for (const name of names) {
    const plain = config.family === "gpt2" ? name.replace(/^transformer\./, "") : name;
    if (seen.has(plain)) {
      throw new DataError(
        `Cannot read ${folder}: it holds the tensor "${
          oneLine(plain)
        }" with transformer. before it and without`,
      );
    }
    seen.add(plain);
    if (used.has(plain) || computed.test(plain) || (config.tied && plain === "lm_head.weight")) continue;
    throw new DataError(
      `Cannot read ${folder}: its configuration has no place for the tensor "${
        oneLine(name)
      }", which would be left out`,
    );
  }
}

/** GPT-2 is stored with and without `transformer.` before the names. */
function withoutPrefix(files: TensorSource): TensorSource {
  const prefixed = (name: string) =>
    files.shapeOf(name) === undefined && files.shapeOf(`transformer.${name}`) !== undefined
      ? `transformer.${name}`
      : name;
  return {
    shapeOf: (name) => files.shapeOf(prefixed(name)),
    read: (name, from, to) => files.read(prefixed(name), from, to),
  };
}

/** More than any tokenizer takes. */
const largestText = 2 ** 28;

function readText(path: string): string {
  try {
    const text = readUtf8(path, largestText);
    const foreign = foreignContent(new TextEncoder().encode(text.slice(0, foreignBytes)));
    if (foreign === undefined) return text;
    throw new RangeError(foreign);
  } catch (error) {
    throw new DataError(
      `Cannot read ${path}: ${isAbsent(error) ? "there is no such file" : (error as Error).message}`,
    );
  }
}
