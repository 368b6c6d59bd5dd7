import { randomStream } from "../../numeric/random/random_stream.ts";
import { type Heard, type LanguageModel, languageModel } from "./language_model.ts";
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
    const isTable = /(embed_tokens|embed_positions|wte|wpe)/.test(name);
    const isInputsFirst = config.family === "whisper" || (config.family === "gpt2" && name.startsWith("h."));
    const inputs = isInputsFirst ? shape[0]! : shape[1]!;
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
  return languageModel(
    config,
    memorySource(randomTensors(config, label)),
    `random model "${label}"`,
    config.family === "whisper" ? randomHeard(config, label) : undefined,
  );
}

/** Something to listen to, N(0, 1), for a random model of the family `whisper`. */
export function randomHeard({ dim }: ModelConfig, label: string): Heard {
  const stream = randomStream(`language model ${label}/heard`, 0);
  const frames = 10;
  return { frames, states: Float32Array.from({ length: frames * dim }, () => stream.normal()) };
}
