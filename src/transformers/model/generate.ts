import type { RandomStream } from "../../numeric/random/random_stream.ts";

/**
 * Continues a text token by token.
 *
 * @param next Takes a token and gives the logits of the one after it, such as a `ReferenceDecoder`'s.
 * @param first The token to begin with.
 * @param length Tokens to have in the end, the first included.
 * @param choose Picks a token by its logits: {@linkcode likeliest}, or {@linkcode sampleToken} with a stream.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const next = (token: number) => Float64Array.from({ length: 5 }, (_, i) => i === (token + 2) % 5 ? 1 : 0);
 * assertEquals(generate(next, 1, 4, likeliest), Int32Array.of(1, 3, 0, 2));
 * ```
 */
export function generate(
  next: (token: number) => Float64Array,
  first: number,
  length: number,
  choose: (logits: Float64Array) => number,
): Int32Array {
  const tokens = new Int32Array(length);
  tokens[0] = first;
  for (let i = 1; i < length; i++) tokens[i] = choose(next(tokens[i - 1]!));
  return tokens;
}

/**
 * The token of the largest logit, the first of equals.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(likeliest(Float64Array.of(-1, 2, 2)), 1);
 * ```
 */
export function likeliest(logits: Float64Array | Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++) if (logits[token]! > logits[best]!) best = token;
  return best;
}

/**
 * Samples a token with the probability that softmax gives it (temperature 1).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../numeric/random/random_stream.ts";
 *
 * assertEquals(sampleToken(Float64Array.of(-1e9, 0, -1e9), randomStream("token", 0)), 1);
 * ```
 */
export function sampleToken(logits: Float64Array, stream: RandomStream): number {
  const largest = logits[likeliest(logits)]!;
  const weights = logits.map((logit) => Math.exp(logit - largest));
  let left = stream.uniform() * weights.reduce((a, b) => a + b, 0);
  for (const [token, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return token;
  }
  return likeliest(logits);
}
