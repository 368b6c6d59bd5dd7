import { norm } from "./norm.ts";
import { isDelimiter } from "./is_delimiter.ts";
import type { LanguageModel } from "../model/language_model.ts";
import type { LayerTrace } from "../model/layer_trace.ts";
import { type HeadMeasurement, measureHead } from "./measure_head.ts";
import { tokenLosses } from "../model/token_losses.ts";
import type { Tokenizer } from "../model/tokenizer.ts";
import type { Windows } from "./windows.ts";

/** What windows of text show of a model. */
export interface AttentionMeasurement {
  /** Every head on every window: windows, then layers, then heads, within each batch. */
  readonly heads: readonly HeadMeasurement[];
  /**
   * Norm of the residual stream at the first token over the median of all tokens, by layer, averaged over windows.
   * Large models have "massive activations" there (Sun et al., arXiv 2402.17762).
   */
  readonly firstNormRatios: readonly number[];
  /** Mean of -ln p over the tokens of the text after the first of each window, in nats. */
  readonly loss: number;
}

/** Options of {@linkcode measureAttention}. */
export interface AttentionOptions {
  /** Windows that run side by side; 8 by default. No result depends on it. */
  readonly batch?: number;
  /** Sees each layer of each batch, after it is measured. */
  readonly observe?: (trace: LayerTrace, firstWindow: number) => void;
  /** Hears which share of the layers of all windows is done. */
  readonly progress?: (share: number) => void;
}

/**
 * Runs windows of text through a model and measures every head on each: sinks, catch, tag, delimiter lift, and the loss.
 *
 * @param model The model, on the current backend.
 * @param tokenizer Tells which tokens are delimiters.
 * @param windows The text.
 * @throws {RangeError | DataError} Where `forward` does.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { randomModel } from "../model/random_model.ts";
 * import { tinyConfig } from "../model/tiny_config.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const model = randomModel(tinyConfig("llama"), "measure");
 * const tokenizer = { piece: (token: number) => token === 3 ? "." : "x" };
 * const windows = { tokens: Int32Array.of(1, 3, 2, 4, 1, 2, 2, 2), length: 4 };
 * const { heads } = await measureAttention(model, tokenizer, windows);
 * assertEquals([heads.length, heads.at(-1)!.delimiterLift], [2 * 2 * 4, null]); // none in the second window
 * backend.dispose();
 * ```
 */
export async function measureAttention(
  model: LanguageModel,
  tokenizer: Pick<Tokenizer, "piece">,
  { tokens, length, prefix = 0 }: Windows,
  { batch = 8, observe, progress }: AttentionOptions = {},
): Promise<AttentionMeasurement> {
  const windows = tokens.length / length;
  const delimiters = Array.from(tokens, (token) => isDelimiter(tokenizer.piece(token)));
  const heads: HeadMeasurement[] = [];
  const ratios = new Array<number>(model.config.layers).fill(0);
  let loss = 0;
  for (let first = 0; first < windows; first += batch) {
    const part = tokens.subarray(first * length, (first + batch) * length);
    const losses = await tokenLosses(model, part, length, {
      observe: (trace) => {
        for (const head of trace.heads()) {
          const at = (first + head.window) * length;
          const measured = measureHead(head, delimiters.slice(at, at + length));
          heads.push({ ...measured, window: first + head.window });
        }
        ratios[trace.layer]! += firstNormRatio(trace.residual(), length, model.config.dim) / windows;
        observe?.(trace, first);
        const done = (trace.layer + 1) / model.config.layers * part.length / length;
        progress?.((first + done) / windows);
      },
    });
    // Losses begin with that of the second token.
    const ofText = losses.filter((_, at) => at % (length - 1) + 1 >= prefix);
    loss += ofText.reduce((sum, one) => sum + one, 0) / (windows * (length - Math.max(prefix, 1)));
  }
  return { heads, firstNormRatios: ratios, loss };
}

/** Summed over the windows. */
function firstNormRatio(residual: Float32Array, length: number, dim: number): number {
  const norms = Array.from(
    { length: residual.length / dim },
    (_, at) => norm(residual.subarray(at * dim, (at + 1) * dim)),
  );
  let sum = 0;
  for (let start = 0; start < norms.length; start += length) {
    const sorted = norms.slice(start, start + length).toSorted((a, b) => a - b);
    sum += norms[start]! / sorted[Math.floor(length / 2)]!;
  }
  return sum;
}
