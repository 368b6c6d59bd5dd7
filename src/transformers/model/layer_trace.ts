import type { Tensor } from "@tensorflow/tfjs-core";
import type { AttentionMap } from "../attention/attention_map.ts";
import type { HeadOutputs } from "../attention/explained_by_sinks.ts";
import type { ModelConfig } from "./model_config.ts";
import type { AttentionTensors } from "./self_attention.ts";

/** The tensors behind a trace. */
export type TracedTensors = Pick<AttentionTensors, "attention" | "values" | "outputs"> & {
  readonly residual: Tensor;
};

/** One head on one window: its attention, and what it made of its values. */
export interface HeadTrace extends HeadOutputs {
  readonly window: number;
  readonly layer: number;
  readonly head: number;
  readonly map: AttentionMap;
}

/** The intermediates of one layer, copied out of the backend where they are asked for. */
export class LayerTrace {
  /** The layer, from 0. */
  readonly layer: number;
  readonly #config: ModelConfig;
  readonly #tensors: TracedTensors;

  /** Made by `forward`. */
  constructor(config: ModelConfig, layer: number, tensors: TracedTensors) {
    this.#config = config;
    this.layer = layer;
    this.#tensors = tensors;
  }

  /** Attention maps, `(windows, heads, T, T)`, row = query. */
  attention(): Float32Array {
    return this.#tensors.attention.dataSync() as Float32Array;
  }

  /** Value vectors, `(windows, kvHeads, T, headSize)`. */
  values(): Float32Array {
    return this.#tensors.values.dataSync() as Float32Array;
  }

  /** Outputs of the heads before the output matrix, `(windows, heads, T, headSize)`. */
  outputs(): Float32Array {
    return this.#tensors.outputs.dataSync() as Float32Array;
  }

  /** The residual stream after the layer, `(windows, T, dim)`. */
  residual(): Float32Array {
    return this.#tensors.residual.dataSync() as Float32Array;
  }

  /**
   * The heads one by one, all of the first window first.
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
   * const seen: string[] = [];
   * await forward(randomModel(tinyConfig("llama"), "heads"), Int32Array.of(1, 2, 3), 3, {
   *   observe: (trace) => {
   *     for (const { layer, head, map } of trace.heads()) seen.push(`${layer}.${head}: ${map.length}`);
   *   },
   * });
   * assertEquals([seen.length, seen[0]], [2 * 4, "0.0: 3"]);
   * backend.dispose();
   * ```
   */
  *heads(): Generator<HeadTrace> {
    const { heads, kvHeads, headSize } = this.#config;
    const [windows, , length] = this.#tensors.attention.shape as [number, number, number];
    const attention = this.attention();
    const values = this.values();
    const outputs = this.outputs();
    const part = (of: Float32Array, at: number, size: number) => of.subarray(at * size, (at + 1) * size);
    for (let window = 0; window < windows; window++) {
      for (let head = 0; head < heads; head++) {
        const at = window * heads + head;
        const valuesAt = window * kvHeads + Math.floor(head * kvHeads / heads);
        yield {
          window,
          layer: this.layer,
          head,
          map: { length, weights: part(attention, at, length * length) },
          values: part(values, valuesAt, length * headSize),
          outputs: part(outputs, at, length * headSize),
          dimension: headSize,
        };
      }
    }
  }
}
