import { DataError } from "../../errors.ts";
import type { ModelConfig } from "./model_config.ts";
import type { TensorSource } from "./tensor_source.ts";
import { weightShapes } from "./weight_shapes.ts";

/** A model: its shape and where its weights are. */
export interface LanguageModel {
  readonly config: ModelConfig;
  /** Has every tensor of `weightShapes(config)`. */
  readonly tensors: TensorSource;
}

/**
 * A model whose checkpoint holds every tensor that its configuration asks for, in the right shape.
 *
 * @param name The checkpoint for the error message.
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
export function languageModel(config: ModelConfig, tensors: TensorSource, name: string): LanguageModel {
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
  return { config, tensors };
}
