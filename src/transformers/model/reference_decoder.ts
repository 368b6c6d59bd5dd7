import type { ModelConfig } from "./model_config.ts";
import { ropeFrequencies } from "./rope_angles.ts";

/** The tensors of a model by their Hugging Face name, as stored. */
export type Tensors = (name: string) => ArrayLike<number>;

/**
 * A language model in float64 by plain loops, one token after the other with a cache of keys and values. It shares
 * no arithmetic with `forward`, and is what that is tested against; it is also the quicker way to generate text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomTensors } from "./random_model.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const config = tinyConfig("llama");
 * const tensors = randomTensors(config, "reference");
 * const decoder = new ReferenceDecoder(config, (name) => tensors.get(name)!.values);
 * assertEquals(decoder.next(1).length, 96); // the logits of the second token
 * ```
 */
export class ReferenceDecoder {
  readonly #config: ModelConfig;
  readonly #tensors: Tensors;
  readonly #interleaved: boolean;
  /** Keys and values of the tokens so far, by layer. */
  readonly #cache: { readonly keys: Float64Array[]; readonly values: Float64Array[] }[];

  /**
   * Starts with no token.
   *
   * @param config The shape of the model.
   * @param tensors Its weights.
   * @param interleaved Whether RoPE turns pairs (2i, 2i + 1), as llama2.c does, instead of (i, i + headSize / 2).
   */
  constructor(config: ModelConfig, tensors: Tensors, interleaved = false) {
    this.#config = config;
    this.#tensors = tensors;
    this.#interleaved = interleaved;
    this.#cache = Array.from({ length: config.layers }, () => ({ keys: [], values: [] }));
  }

  /** Takes the next token and returns the logits, `(vocab)`, of the one after it. */
  next(token: number): Float64Array {
    const { family, dim, layers, vocab, tied } = this.#config;
    const isGpt2 = family === "gpt2";
    const position = this.#cache[0]!.keys.length;
    const embedding = this.#tensors(isGpt2 ? "wte.weight" : "model.embed_tokens.weight");
    const x = Float64Array.from({ length: dim }, (_, k) => embedding[token * dim + k]!);
    if (isGpt2) {
      const places = this.#tensors("wpe.weight");
      for (let k = 0; k < dim; k++) x[k]! += places[position * dim + k]!;
    }
    for (let layer = 0; layer < layers; layer++) {
      const at = isGpt2 ? `h.${layer}` : `model.layers.${layer}`;
      const attended = this.#attend(
        at,
        layer,
        position,
        this.#norm(`${at}.${isGpt2 ? "ln_1" : "input_layernorm"}`, x),
      );
      for (let k = 0; k < dim; k++) x[k]! += attended[k]!;
      const normed = this.#norm(`${at}.${isGpt2 ? "ln_2" : "post_attention_layernorm"}`, x);
      const fed = isGpt2 ? this.#gelu(at, normed) : this.#swiglu(at, normed);
      for (let k = 0; k < dim; k++) x[k]! += fed[k]!;
    }
    const final = this.#norm(isGpt2 ? "ln_f" : "model.norm", x);
    const head = tied ? embedding : this.#tensors("lm_head.weight");
    return Float64Array.from({ length: vocab }, (_, v) => {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += head[v * dim + k]! * final[k]!;
      return sum;
    });
  }

  #attend(at: string, layer: number, position: number, x: Float64Array): Float64Array {
    const { family, heads, kvHeads, headSize, dim, bias } = this.#config;
    let [query, key, value]: Float64Array[] = [];
    if (family === "gpt2") {
      const joined = this.#linear(`${at}.attn.c_attn`, x, 3 * dim, true);
      [query, key, value] = [0, 1, 2].map((part) => joined.slice(part * dim, (part + 1) * dim));
    } else {
      [query, key, value] = ["q", "k", "v"].map((part) =>
        this.#linear(`${at}.self_attn.${part}_proj`, x, (part === "q" ? heads : kvHeads) * headSize, bias.qkv)
      );
      this.#turn(query!, position);
      this.#turn(key!, position);
    }
    const { keys, values } = this.#cache[layer]!;
    keys.push(key!);
    values.push(value!);
    const outputs = new Float64Array(heads * headSize);
    for (let head = 0; head < heads; head++) {
      const shared = Math.floor(head / (heads / kvHeads)) * headSize;
      const scores = keys.map((key) => {
        let sum = 0;
        for (let k = 0; k < headSize; k++) sum += query![head * headSize + k]! * key[shared + k]!;
        return sum / Math.sqrt(headSize);
      });
      const largest = scores.reduce((a, b) => Math.max(a, b));
      const weights = scores.map((score) => Math.exp(score - largest));
      const total = weights.reduce((a, b) => a + b);
      for (const [i, weight] of weights.entries()) {
        for (let k = 0; k < headSize; k++) {
          outputs[head * headSize + k]! += weight / total * values[i]![shared + k]!;
        }
      }
    }
    const name = family === "gpt2" ? `${at}.attn.c_proj` : `${at}.self_attn.o_proj`;
    return this.#linear(name, outputs, dim, bias.output);
  }

  #turn(heads: Float64Array, position: number): void {
    const { rope, headSize } = this.#config;
    const frequencies = ropeFrequencies(rope!, headSize);
    for (let start = 0; start < heads.length; start += headSize) {
      for (const [i, frequency] of frequencies.entries()) {
        const [a, b] = this.#interleaved
          ? [start + 2 * i, start + 2 * i + 1]
          : [start + i, start + i + headSize / 2];
        const cosine = Math.cos(position * frequency);
        const sine = Math.sin(position * frequency);
        const first = heads[a]!;
        const second = heads[b]!;
        heads[a] = first * cosine - second * sine;
        heads[b] = first * sine + second * cosine;
      }
    }
  }

  #swiglu(at: string, x: Float64Array): Float64Array {
    const { hidden, dim, bias } = this.#config;
    const gate = this.#linear(`${at}.mlp.gate_proj`, x, hidden, bias.feedForward);
    const up = this.#linear(`${at}.mlp.up_proj`, x, hidden, bias.feedForward);
    const product = gate.map((z, k) => z / (1 + Math.exp(-z)) * up[k]!);
    return this.#linear(`${at}.mlp.down_proj`, product, dim, bias.feedForward);
  }

  #gelu(at: string, x: Float64Array): Float64Array {
    const { hidden, dim } = this.#config;
    const curved = this.#linear(`${at}.mlp.c_fc`, x, hidden, true).map((z) =>
      z / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z ** 2)))
    );
    return this.#linear(`${at}.mlp.c_proj`, curved, dim, true);
  }

  #linear(name: string, x: Float64Array, outputs: number, hasBias: boolean): Float64Array {
    const weight = this.#tensors(`${name}.weight`);
    const result = hasBias ? Float64Array.from(this.#tensors(`${name}.bias`)) : new Float64Array(outputs);
    const [step, stride] = this.#config.family === "gpt2" ? [outputs, 1] : [1, x.length];
    for (let o = 0; o < outputs; o++) {
      let sum = 0;
      for (let k = 0; k < x.length; k++) sum += weight[k * step + o * stride]! * x[k]!;
      result[o]! += sum;
    }
    return result;
  }

  #norm(name: string, x: Float64Array): Float64Array {
    const { family, normEps } = this.#config;
    const weight = this.#tensors(`${name}.weight`);
    const shift = family === "gpt2" ? this.#tensors(`${name}.bias`) : null;
    const mean = shift === null ? 0 : x.reduce((a, b) => a + b) / x.length;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
    return x.map((value, k) =>
      (value - mean) / Math.sqrt(variance + normEps) * weight[k]! + (shift === null ? 0 : shift[k]!)
    );
  }
}
