import type { ModelConfig } from "./model_config.ts";
import { weightShapes } from "./weight_shapes.ts";

/** The memory that tfjs reaches with 32 bits, less 64 MiB for what is not counted here. */
export const largestForwardBytes = 2 ** 32 - 2 ** 26;

/** Moments that an encoder of Whisper makes of half a minute. */
const mostFrames = 1500;

/**
 * The memory that a layer of a forward pass takes on the backend, about: the scores of all heads at once in four stages (products,
 * scaled, masked, softmax), the mask, the streams of all tokens, and the weights of the layer.
 *
 * @param windows How many windows run side by side.
 * @param length Tokens of a window, T.
 * @returns Bytes.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const ratio = forwardBytes(tinyConfig("llama"), 1, 8000) / forwardBytes(tinyConfig("llama"), 1, 4000);
 * assert(ratio > 3.9 && ratio < 4); // it grows with the square of the length
 * ```
 */
export function forwardBytes(config: ModelConfig, windows: number, length: number): number {
  const { dim, heads, kvHeads, headSize, hidden, family } = config;
  const scores = 4 * windows * heads * length ** 2 + length ** 2;
  const streams = windows * length * (10 * dim + 6 * (heads + 2 * kvHeads) * headSize + 6 * hidden);
  // Whisper attends to 1500 moments of a sound, head by head: scores in three stages.
  const hearing = family === "whisper" ? 3 * windows * length * mostFrames + 6 * mostFrames * dim : 0;
  let weights = 0;
  for (const [name, shape] of weightShapes({ ...config, layers: 1 })) {
    if (/\.0\./.test(name)) weights += shape.reduce((product, side) => product * side, 1);
  }
  return Float32Array.BYTES_PER_ELEMENT * (scores + streams + hearing + weights);
}

/**
 * The longest window that a forward pass has memory for, one at a time.
 *
 * @returns Tokens; 0 where the weights of a layer alone are too large.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * assertEquals(longestWindow(tinyConfig("llama")) > 7000, true);
 * assertEquals(longestWindow(tinyConfig("llama", { dim: 2 ** 20, hidden: 2 ** 12 })), 0);
 * ```
 */
export function longestWindow(config: ModelConfig): number {
  let low = 0;
  let high = 2 ** 24;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (forwardBytes(config, 1, middle) <= largestForwardBytes) low = middle;
    else high = middle;
  }
  return low;
}

/** For messages, with one decimal. */
export function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
