import { DataError } from "../../errors.ts";
import { type LanguageModel, languageModel } from "../model/language_model.ts";
import { llama2cHeaderBytes, llama2cLayout } from "./llama2c_layout.ts";
import { checkModelConfig, type ModelConfig } from "../model/model_config.ts";
import { memorySource, type NamedTensor } from "../model/tensor_source.ts";

/** A llama2.c checkpoint as it stands in the file: RoPE turns neighbouring rows of the query and key matrices. */
export interface Llama2cTensors {
  readonly config: ModelConfig;
  /** By Hugging Face name; share memory with the file where that is aligned. */
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}

/**
 * Reads a llama2.c checkpoint of version 0 (karpathy/llama2.c, `legacy_export`): dim, hidden, layers, heads, kv heads,
 * vocabulary (negative where the read-out is not the embedding) and context as little-endian 32-bit integers, then float32
 * weights. RMSNorm epsilon 1e-5 and RoPE base 10000 are those of that project; the file does not say them.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the header is none of such a file, or the file is not as long as it says.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomTensors } from "../model/random_model.ts";
 * import { tinyConfig } from "../model/tiny_config.ts";
 * import { writeLlama2c } from "./write_llama2c.ts";
 *
 * const tensors = randomTensors(tinyConfig("llama"), "checkpoint");
 * const read = sliceLlama2c(writeLlama2c(tinyConfig("llama"), tensors), "tiny.bin");
 * assertEquals(read.config, tinyConfig("llama"));
 * assertEquals(read.tensors.get("model.norm.weight"), tensors.get("model.norm.weight"));
 * ```
 */
export function sliceLlama2c(bytes: Uint8Array, name: string): Llama2cTensors {
  if (bytes.length < llama2cHeaderBytes) {
    throw new DataError(
      `Cannot read ${name}: a llama2.c checkpoint begins with ${llama2cHeaderBytes} bytes of header: ` +
        `current size is ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [dim, hidden, layers, heads, kvHeads, vocab, context] = Array.from(
    { length: 7 },
    (_, i) => view.getInt32(4 * i, true),
  ) as [number, number, number, number, number, number, number];
  if (heads < 1 || dim % heads !== 0) {
    throw new DataError(
      `Cannot read ${name}: the header of a llama2.c checkpoint of version 0 must give a width that heads divide: ` +
        `current values are ${dim} and ${heads}`,
    );
  }
  const config = checkModelConfig({
    family: "llama",
    vocab: Math.abs(vocab),
    dim,
    layers,
    heads,
    kvHeads,
    headSize: dim / heads,
    hidden,
    context,
    normEps: 1e-5,
    rope: { theta: 10_000 },
    tied: vocab > 0,
    bias: { qkv: false, output: false, feedForward: false },
  }, name);

  const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
  const floatsOf = (count: number) =>
    llama2cLayout({ ...config, layers: count }).reduce(
      (sum, { names, shape }) => sum + names.length * size(shape),
      0,
    );
  // The size grows evenly with the layers; it is checked before every tensor of each is given a name.
  const floats = floatsOf(1) + (layers - 1) * (floatsOf(2) - floatsOf(1));
  if (bytes.length !== llama2cHeaderBytes + 4 * floats) {
    throw new DataError(
      `Cannot read ${name}: the model of its header takes ${llama2cHeaderBytes + 4 * floats} bytes: ` +
        `current size is ${bytes.length}`,
    );
  }
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const weights = new Float32Array(aligned.buffer, aligned.byteOffset + llama2cHeaderBytes, floats);
  const tensors = new Map<string, NamedTensor>();
  let at = 0;
  for (const { names, shape } of llama2cLayout(config)) {
    for (const tensor of names) {
      tensors.set(tensor, { shape, values: weights.subarray(at, at += size(shape)) });
    }
  }
  return { config, tensors };
}

/**
 * Reads a llama2.c checkpoint as a model. Its RoPE turns the pairs (2i, 2i + 1) of a head; the rows of the query and key
 * matrices are put in the order that has them at (i, i + headSize / 2), as Hugging Face files do, which
 * changes no score.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where {@linkcode sliceLlama2c} does.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomTensors } from "../model/random_model.ts";
 * import { tinyConfig } from "../model/tiny_config.ts";
 * import { writeLlama2c } from "./write_llama2c.ts";
 *
 * const bytes = writeLlama2c(tinyConfig("llama"), randomTensors(tinyConfig("llama"), "checkpoint"));
 * assertEquals(readLlama2c(bytes, "tiny.bin").config.heads, 4);
 * ```
 */
export function readLlama2c(bytes: Uint8Array, name: string): LanguageModel {
  const { config, tensors } = sliceLlama2c(bytes, name);
  const ordered = new Map(
    Array.from(tensors, ([tensor, { shape, values }]) => {
      const turned = /\.self_attn\.[qk]_proj\./.test(tensor);
      return [tensor, { shape, values: turned ? pairsApart(values, config) : values }];
    }),
  );
  return languageModel(config, memorySource(ordered), name);
}

/** Rows 0, 2, 4 ... of each head, then rows 1, 3, 5 ... */
function pairsApart(rows: Float32Array, { dim, headSize }: ModelConfig): Float32Array {
  const half = headSize / 2;
  const apart = new Float32Array(rows.length);
  for (let row = 0; row < rows.length / dim; row++) {
    const within = row % headSize;
    const from = row - within + (within < half ? 2 * within : 2 * (within - half) + 1);
    apart.set(rows.subarray(from * dim, (from + 1) * dim), row * dim);
  }
  return apart;
}
