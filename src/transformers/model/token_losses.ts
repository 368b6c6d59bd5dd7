import { DataError } from "../../errors.ts";
import { forward, type ForwardOptions } from "./forward.ts";
import type { LanguageModel } from "./language_model.ts";
import { readOutName } from "./layer_weights.ts";
import { readOut } from "./read_out.ts";

/** Logits that are held at a time: 16 MiB. */
const most = 2 ** 22;

/** What {@linkcode tokenLosses} does beside `forward`. */
export interface LossOptions extends ForwardOptions {
  /** The places in a window, from 1, of the tokens whose losses are taken; all of them by default. */
  readonly places?: readonly number[];
}

/**
 * How surprised a model is by each token of windows, -ln p(token | those before it in its window), in nats.
 *
 * @param model The model.
 * @param tokens `(windows, length)`.
 * @param length Tokens of a window, 2 at least.
 * @param options Which tokens, and those of `forward`.
 * @returns `(windows, places)`: by default of the second token and those after it.
 * @throws {RangeError} Where `forward` does.
 * @throws {DataError} Where `forward` does, or a logit is no finite number.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { randomModel } from "./random_model.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const losses = await tokenLosses(randomModel(tinyConfig("llama"), "loss"), Int32Array.of(1, 2, 3), 3);
 * assertEquals([losses.length, losses.every((loss) => loss > 0)], [2, true]);
 * backend.dispose();
 * ```
 */
export async function tokenLosses(
  model: LanguageModel,
  tokens: Int32Array,
  length: number,
  { places, ...options }: LossOptions = {},
): Promise<Float64Array> {
  const { vocab, dim } = model.config;
  const final = await forward(model, tokens, length, options);
  const taken = places === undefined ? null : new Set(places);
  const targets = Array.from(tokens.keys()).filter((at) =>
    at % length !== 0 && (taken?.has(at % length) ?? true)
  );
  const losses = new Float64Array(targets.length);
  const count = Math.max(1, Math.floor(most / vocab));
  for (let from = 0; from < targets.length; from += count) {
    const part = targets.slice(from, from + count);
    const rows = new Float32Array(part.length * dim);
    for (const [i, at] of part.entries()) rows.set(final.subarray((at - 1) * dim, at * dim), i * dim);
    const logits = await readOut(model, rows);
    for (const [i, at] of part.entries()) {
      const loss = surprise(logits.subarray(i * vocab, (i + 1) * vocab), tokens[at]!);
      if (!Number.isFinite(loss)) {
        throw new DataError(
          `Cannot take the loss of token ${at % length} of window ${Math.floor(at / length)}: ` +
            `the logits of "${readOutName(model)}" must fit float32: the loss is ${loss}`,
        );
      }
      losses[from + i] = loss;
    }
  }
  return losses;
}

/** ln(sum of e^logit) - logit of the target, in float64. */
function surprise(logits: Float32Array, target: number): number {
  let largest = -Infinity;
  // Indices, since an iterator of 50,000 logits takes longer than their exponentials.
  for (let i = 0; i < logits.length; i++) if (logits[i]! > largest) largest = logits[i]!;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - largest);
  return Math.log(sum) + largest - logits[target]!;
}
