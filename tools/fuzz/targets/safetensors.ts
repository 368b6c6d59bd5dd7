import fc from "fast-check";
import { join } from "@std/path";
import { DataError } from "../../../src/errors.ts";
import { openSafetensors } from "../../../src/transformers/formats/open_safetensors.ts";
import { readSafetensorsHeader } from "../../../src/transformers/formats/safetensors_header.ts";
import { writeSafetensors } from "../../../src/transformers/formats/write_safetensors.ts";
import { changedBytes } from "../changed_bytes.ts";
import { changedJson } from "../changed_json.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

const tensors = new Map([
  ["w", { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ["scale", { shape: [], values: Float32Array.of(1) }],
  ["none", { shape: [0, 4], values: new Float32Array() }],
]);
const whole = (["F32", "BF16", "F16"] as const).map((type) => writeSafetensors(tensors, type));

const described = {
  __metadata__: { format: "pt" },
  w: { dtype: "F32", shape: [2, 1], data_offsets: [0, 8] },
  n: { dtype: "I64", shape: [1], data_offsets: [8, 16] },
};
const changedHeaders = changedJson(described).map((header) => {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return joinBytes(length, header, new Uint8Array(16));
});

/** Weights as Hugging Face stores them. */
export const safetensorsTarget: FuzzTarget = {
  name: "safetensors",
  files: fc.oneof(
    changedBytes(fc.constantFrom(...whole), {
      fields: () => [{ at: 0, bytes: 8, littleEndian: true }],
      words: ['"dtype":"F64"', "[0,8]", "99999999999", "-1", "1e3", "]", "}", '"', "toString", "NaN"].map(
        utf8,
      ),
    }),
    changedHeaders,
  ),
  errors: [DataError],
  read: async (bytes, folder) => {
    const path = join(folder, "fuzz.safetensors");
    await Deno.writeFile(path, bytes);
    await using source = await openSafetensors([path]);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const names = readSafetensorsHeader(bytes.subarray(8, 8 + length), bytes.length, path).keys();
    for (const name of names) {
      const shape = source.shapeOf(name)!;
      const elements = shape.reduce((product, side) => product * side, 1);
      must((await source.read(name)).length === elements, "a tensor has its shape");
      if (shape.length > 0 && shape[0]! > 1) {
        must((await source.read(name, 1, 2)).length === elements / shape[0]!, "a row is a row");
      }
    }
  },
};
