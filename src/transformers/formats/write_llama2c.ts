import { llama2cHeaderBytes, llama2cLayout } from "./llama2c_layout.ts";
import type { ModelConfig } from "../model/model_config.ts";
import type { NamedTensor } from "../model/tensor_source.ts";

/**
 * Writes a llama2.c checkpoint of version 0, the inverse of `sliceLlama2c`, for tests and stand-ins.
 *
 * @param config A Llama without biases, whose heads make up its width.
 * @param tensors By Hugging Face name; what is missing is written as zeros.
 * @returns The file.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tinyConfig } from "../model/tiny_config.ts";
 *
 * const bytes = writeLlama2c(tinyConfig("llama"), new Map());
 * assertEquals(new Int32Array(bytes.slice(0, 28).buffer), Int32Array.of(32, 48, 2, 4, 2, 96, 64));
 * ```
 */
export function writeLlama2c(
  config: ModelConfig,
  tensors: ReadonlyMap<string, Pick<NamedTensor, "values">>,
): Uint8Array {
  const { dim, hidden, layers, heads, kvHeads, vocab, context, tied } = config;
  const header = Int32Array.of(dim, hidden, layers, heads, kvHeads, tied ? vocab : -vocab, context);
  const parts = llama2cLayout(config).flatMap(({ names, shape }) =>
    names.map((name) =>
      tensors.get(name)?.values ?? new Float32Array(shape.reduce((product, side) => product * side, 1))
    )
  );
  const bytes = new Uint8Array(
    llama2cHeaderBytes + parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
  );
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of [header, ...parts]) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}
