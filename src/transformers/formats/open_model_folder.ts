import { basename, join } from "@std/path";
import { z } from "zod";
import { DataError } from "../../errors.ts";
import { isAbsent } from "../../files/if_there.ts";
import { isFile } from "../../files/is_file.ts";
import { readTextAtMost } from "../../files/read_text_at_most.ts";
import { oneLine } from "../../one_line.ts";
import { readHuggingFaceConfig } from "./hugging_face_config.ts";
import { readHuggingFaceTokenizer } from "./hugging_face_tokenizer.ts";
import { type LanguageModel, languageModel } from "../model/language_model.ts";
import { openSafetensors } from "./open_safetensors.ts";
import type { TensorSource } from "../model/tensor_source.ts";
import type { Tokenizer } from "../model/tokenizer.ts";

/** A model with its tokenizer, whose files are open. */
export interface ModelFolder extends AsyncDisposable {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
}

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/**
 * Opens a model as Hugging Face lays it out: `config.json` (LlamaForCausalLM, Qwen2ForCausalLM or GPT2LMHeadModel),
 * `tokenizer.json`, and `model.safetensors` or the shards that `model.safetensors.index.json` names.
 * Everything is checked before a weight is read.
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
  const config = readHuggingFaceConfig(readText(path("config.json")), path("config.json"));
  const tokenizerText = readText(path("tokenizer.json"));
  const settings = isFile(path("tokenizer_config.json")) ? readText(path("tokenizer_config.json")) : "{}";
  const tokenizer = readHuggingFaceTokenizer(tokenizerText, settings, config.vocab, path("tokenizer.json"));
  const files = await openSafetensors(weightFiles(folder));
  try {
    const tensors = config.family === "gpt2" ? withoutPrefix(files) : files;
    return {
      model: languageModel(config, tensors, folder),
      tokenizer,
      [Symbol.asyncDispose]: () => Promise.resolve(files[Symbol.asyncDispose]()),
    };
  } catch (error) {
    await files[Symbol.asyncDispose]();
    throw error;
  }
}

/** The one file, or every shard of the index. */
function weightFiles(folder: string): string[] {
  const single = join(folder, "model.safetensors");
  const index = join(folder, "model.safetensors.index.json");
  if (!isFile(index)) {
    if (isFile(single)) return [single];
    throw new DataError(
      `Cannot read ${folder}: it must hold model.safetensors or model.safetensors.index.json`,
    );
  }
  let names: string[];
  try {
    names = Object.values(indexSchema.parse(JSON.parse(readText(index))).weight_map);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`Cannot read ${index}: it must be JSON with the shard of each tensor in weight_map`);
  }
  const shards = [...new Set(names)].sort();
  const foreign = shards.find((shard) => basename(shard) !== shard || shard === "..");
  if (foreign !== undefined) {
    throw new DataError(
      `Cannot read ${index}: a shard must be a file of its folder: current value is "${oneLine(foreign)}"`,
    );
  }
  const missing = shards.filter((shard) => !isFile(join(folder, shard)));
  if (missing.length > 0) {
    throw new DataError(
      `Cannot read ${folder}: ${missing.length} of the ${shards.length} shards of the index are missing: ` +
        `${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", ..." : ""}`,
    );
  }
  return shards.map((shard) => join(folder, shard));
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
    return readTextAtMost(path, largestText);
  } catch (error) {
    throw new DataError(
      `Cannot read ${path}: ${isAbsent(error) ? "there is no such file" : (error as Error).message}`,
    );
  }
}
