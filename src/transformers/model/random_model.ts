import { randomStream } from "../../numeric/random/random_stream.ts";
import { type LanguageModel, languageModel } from "./language_model.ts";
import type { ModelConfig } from "./model_config.ts";
import { memorySource, type NamedTensor } from "./tensor_source.ts";
import { weightShapes } from "./weight_shapes.ts";

/**
 * Random weights: matrices N(0, 1 / inputs), embeddings N(0, 1), scales of norms around 1, biases and shifts small.
 *
 * @param label Names the weights: the same label gives the same ones.
 * @returns Tensors by their Hugging Face name.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const tensors = randomTensors(tinyConfig("llama"), "example");
 * assertEquals(tensors.get("model.norm.weight")!.values.length, 32);
 * ```
 */
export function randomTensors(config: ModelConfig, label: string): Map<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>();
  for (const [name, shape] of weightShapes(config)) {
    const stream = randomStream(`language model ${label}/${name}`, 0);
    const isMatrix = shape.length === 2;
    const isTable = /(embed_tokens|wte|wpe)/.test(name);
    const inputs = config.family === "gpt2" && name.startsWith("h.") ? shape[0]! : shape[1]!;
    const sd = !isMatrix ? 0.2 : isTable ? 1 : 1 / Math.sqrt(inputs);
    const mean = !isMatrix && name.endsWith(".weight") ? 1 : 0;
    const length = shape.reduce((product, side) => product * side, 1);
    tensors.set(name, { shape, values: Float32Array.from({ length }, () => mean + sd * stream.normal()) });
  }
  return tensors;
}

/**
 * A model with random weights, for tests.
 *
 * @param label Names the weights: the same label gives the same ones.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const { tensors } = randomModel(tinyConfig("qwen2"), "example");
 * assertEquals(tensors.shapeOf("lm_head.weight"), [96, 32]);
 * ```
 */
export function randomModel(config: ModelConfig, label: string): LanguageModel {
  return languageModel(config, memorySource(randomTensors(config, label)), `random model "${label}"`);
}
