import type { Family, ModelConfig } from "./model_config.ts";

/**
 * The shape of a model small enough for tests and stand-ins: 2 layers, 4 heads of 8 (over 2 key and value heads, but
 * for GPT-2 and Whisper) and a context of 64.
 *
 * @param changes What is other.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(tinyConfig("gpt2", { vocab: 50 }).vocab, 50);
 * ```
 */
export function tinyConfig(family: Family, changes: Partial<ModelConfig> = {}): ModelConfig {
  const isWide = family === "gpt2" || family === "whisper";
  return {
    family,
    vocab: 96,
    dim: 32,
    layers: 2,
    heads: 4,
    kvHeads: isWide ? 4 : 2,
    headSize: 8,
    hidden: isWide ? 128 : 48,
    context: 64,
    normEps: 1e-5,
    rope: isWide ? null : { theta: 10_000 },
    tied: family !== "qwen2",
    bias: { qkv: family !== "llama", output: isWide, feedForward: isWide },
    ...changes,
  };
}
