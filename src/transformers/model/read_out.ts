import { matMul, tensor2d, tidy } from "@tensorflow/tfjs-core";
import type { LanguageModel } from "./language_model.ts";
import { readOutName } from "./layer_weights.ts";
import { readAndDispose } from "./read_and_dispose.ts";

/** Entries of the vocabulary, times dimensions, that are multiplied at a time: 16 MiB of weights. */
const piece = 2 ** 22;

/**
 * Logits of the next token.
 *
 * @param model The model.
 * @param final What `forward` gives, `(n, dim)`.
 * @returns `(n, vocab)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { forward } from "./forward.ts";
 * import { randomModel } from "./random_model.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const model = randomModel(tinyConfig("llama"), "logits");
 * const logits = await readOut(model, await forward(model, Int32Array.of(1, 2, 3), 3));
 * assertEquals(logits.length, 3 * 96);
 * backend.dispose();
 * ```
 */
export async function readOut(model: LanguageModel, final: Float32Array): Promise<Float32Array> {
  const { vocab, dim } = model.config;
  const rows = final.length / dim;
  const count = Math.max(1, Math.floor(piece / dim));
  const logits = new Float32Array(count < vocab ? rows * vocab : 0);
  for (let from = 0; from < vocab; from += count) {
    const to = Math.min(vocab, from + count);
    const weight = await model.tensors.read(readOutName(model), from, to);
    const part = readAndDispose(
      tidy(() => matMul(tensor2d(final, [rows, dim]), tensor2d(weight, [to - from, dim]), false, true)),
    );
    if (to - from === vocab) return part;
    for (let row = 0; row < rows; row++) {
      logits.set(part.subarray(row * (to - from), (row + 1) * (to - from)), row * vocab + from);
    }
  }
  return logits;
}
