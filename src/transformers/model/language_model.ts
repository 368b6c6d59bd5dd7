import { DataError } from "../../errors.ts";
import { firstNonFinite } from "./first_non_finite.ts";
import type { ModelConfig } from "./model_config.ts";
import type { TensorSource } from "./tensor_source.ts";
import { weightShapes } from "./weight_shapes.ts";

/** What an encoder made of a sound. */
export interface Heard {
  /** Moments of the sound. */
  readonly frames: number;
  /** `(frames, dim)`. */
  readonly states: Float32Array;
}

/** A model: its shape and where its weights are. */
export interface LanguageModel {
  readonly config: ModelConfig;
  /** Has every tensor of `weightShapes(config)`; what it reads is finite. */
  readonly tensors: TensorSource;
  /** What a model of the family `whisper` listens to; absent in the others. */
  readonly heard?: Heard;
}

/**
 * A model whose checkpoint holds every tensor that its configuration asks for, in the right shape. A weight that is NaN or infinite
 * is an error when its tensor is read, since some results would hide it: no comparison with NaN holds, so that a head full of it has
 * no sink.
 *
 * @param name The checkpoint for the error message.
 * @param heard What the model listens to.
 * @throws {DataError} Where a tensor is missing or has another shape, with the name of the first.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { memorySource } from "./tensor_source.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const empty = memorySource(new Map());
 * assertThrows(() => languageModel(tinyConfig("gpt2"), empty, "empty.safetensors"), Error, 'no tensor "wte.weight"');
 * ```
 */
export function languageModel(
  config: ModelConfig,
  tensors: TensorSource,
  name: string,
  heard?: Heard,
): LanguageModel {
  for (const [tensor, shape] of weightShapes(config)) {
    const found = tensors.shapeOf(tensor);
    if (found === undefined) {
      throw new DataError(`Cannot read ${name}: it has no tensor "${tensor}" of shape (${shape.join(", ")})`);
    }
    if (found.join() !== shape.join()) {
      throw new DataError(
        `Cannot read ${name}: the configuration gives "${tensor}" the shape (${shape.join(", ")}): ` +
          `current shape is (${found.join(", ")})`,
      );
    }
  }
  if ((config.family === "whisper") !== (heard !== undefined)) {
    throw new TypeError("A model of the family whisper, and no other, must have something to listen to");
  }
  return { config, tensors: finiteSource(tensors, name), ...heard === undefined ? {} : { heard } };
}

/** Refuses tensors that hold a number which is none. */
function finiteSource(tensors: TensorSource, name: string): TensorSource {
  return {
    shapeOf: (tensor) => tensors.shapeOf(tensor),
    read: async (tensor, from = 0, to) => {
      const values = await tensors.read(tensor, from, to);
      const at = firstNonFinite(values);
      if (at >= 0) {
        const [rows = 1] = tensors.shapeOf(tensor)!;
        const before = from * (values.length / ((to ?? rows) - from));
        throw new DataError(
          `Cannot compute with ${name}: every weight must be finite: element ${
            before + at
          } of "${tensor}" is ${values[at]}: fetch or convert the model again`,
        );
      }
      return values;
    },
  };
}
