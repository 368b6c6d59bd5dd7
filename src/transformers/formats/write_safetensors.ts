import type { NamedTensor } from "../model/tensor_source.ts";
import type { FloatType } from "./widen_floats.ts";

/**
 * Writes a safetensors file, for tests.
 *
 * @param tensors By name.
 * @param type The type of all; float32 values are rounded to nearest for F16 and towards zero for BF16.
 * @returns The file.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = writeSafetensors(new Map([["w", { shape: [1], values: Float32Array.of(1.5) }]]), "BF16");
 * assertEquals(bytes.slice(-2), Uint8Array.of(0xc0, 0x3f));
 * ```
 */
export function writeSafetensors(tensors: ReadonlyMap<string, NamedTensor>, type: FloatType): Uint8Array {
  const parts = Array.from(tensors, ([name, { shape, values }]) => ({
    name,
    shape,
    bytes: narrow(values, type),
  }));
  let at = 0;
  const header = Object.fromEntries(parts.map(({ name, shape, bytes }) => {
    return [name, { dtype: type, shape, data_offsets: [at, at += bytes.length] }];
  }));
  const json = JSON.stringify({ __metadata__: { format: "pt" }, ...header });
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const file = new Uint8Array(8 + text.length + at);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  at = 8 + text.length;
  for (const { bytes } of parts) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

function narrow(values: Float32Array, type: FloatType): Uint8Array {
  if (type === "F32") return new Uint8Array(Float32Array.from(values).buffer);
  if (type === "F16") return new Uint8Array(new Float16Array(values).buffer);
  const words = new Uint32Array(Float32Array.from(values).buffer);
  return new Uint8Array(Uint16Array.from(words, (word) => word >>> 16).buffer);
}
