import { DataError } from "../../errors.ts";

/** The architectures that are read. */
export type Family = "llama" | "qwen2" | "gpt2" | "whisper";

/** Rotary position embedding (Su et al., arXiv 2104.09864). */
export interface Rope {
  /** Base theta: pair i of a head turns by theta^(-2i / headSize) a position. */
  readonly theta: number;
  /** How Llama 3.1 slows down the low frequencies; absent for plain RoPE. */
  readonly llama3?: Llama3Scaling;
}

/** `rope_scaling` of type `llama3` in a Hugging Face config.json. */
export interface Llama3Scaling {
  readonly factor: number;
  readonly lowFrequencyFactor: number;
  readonly highFrequencyFactor: number;
  /** Context before the scaling. */
  readonly originalContext: number;
}

/** The shape of a causal transformer. That of Whisper listens too: each layer attends to what an encoder made of a sound. */
export interface ModelConfig {
  readonly family: Family;
  /** Tokens that have an embedding. */
  readonly vocab: number;
  /** Width of the residual stream. */
  readonly dim: number;
  readonly layers: number;
  /** Query heads of a layer. */
  readonly heads: number;
  /** Key and value heads of a layer; each serves heads / kvHeads query heads (arXiv 2305.13245). */
  readonly kvHeads: number;
  /** Dimension of a head. */
  readonly headSize: number;
  /** Width of the feed-forward layers. */
  readonly hidden: number;
  /** The longest sequence. */
  readonly context: number;
  /** Added to the mean square (RMSNorm) or variance (LayerNorm). */
  readonly normEps: number;
  /** `null` for learned positions (GPT-2, Whisper). */
  readonly rope: Rope | null;
  /** Whether the read-out is the embedding. */
  readonly tied: boolean;
  /** Which products add a bias: of query, key and value (in Whisper not of the key); of the output of attention; of the feed-forward layers. */
  readonly bias: { readonly qkv: boolean; readonly output: boolean; readonly feedForward: boolean };
}

/** No side of a matrix of a language model is longer; a larger number is a damaged or foreign file. */
export const largestSide = 2 ** 24;

/**
 * Checks that the sides of a model fit each other, before anything is allocated for them.
 *
 * @param name The file for the error message.
 * @returns The configuration.
 * @throws {DataError} Where a side is no whole number in 1..2^24, or heads do not divide as they must.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * checkModelConfig(tinyConfig("llama"), "tiny.bin");
 * const wrong = { ...tinyConfig("llama"), kvHeads: 3 };
 * assertThrows(() => checkModelConfig(wrong, "tiny.bin"), Error, "kv heads must divide heads");
 * ```
 */
export function checkModelConfig(config: ModelConfig, name: string): ModelConfig {
  const fail = (rule: string, value: unknown): never => {
    throw new DataError(`Cannot read ${name}: ${rule}: current value is ${value}`);
  };
  const sides = ["vocab", "dim", "layers", "heads", "kvHeads", "headSize", "hidden", "context"] as const;
  for (const side of sides) {
    const value = config[side];
    if (!Number.isInteger(value) || value < 1 || value > largestSide) {
      fail(`${side} must be a whole number from 1 to ${largestSide}`, value);
    }
  }
  const { heads, kvHeads, headSize, rope, normEps } = config;
  if (heads % kvHeads !== 0) fail("kv heads must divide heads", `${kvHeads} of ${heads}`);
  if (rope !== null && headSize % 2 !== 0) fail("the head size must be even for RoPE", headSize);
  if (rope !== null && !(rope.theta > 0 && Number.isFinite(rope.theta))) {
    fail("the base of RoPE must be > 0", rope.theta);
  }
  if (!(normEps >= 0 && normEps < 1)) fail("the epsilon of the norms must be in [0, 1)", normEps);
  return config;
}
