import { z } from "zod";
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";

/** Where a tensor stands in a safetensors file. */
export interface TensorEntry {
  /** The element type as the file says it, such as `"BF16"`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The first byte of the tensor in the file. */
  readonly from: number;
  /** The byte after the last. */
  readonly to: number;
}

/** The longest header that the format allows, in bytes. */
export const longestSafetensorsHeader = 100_000_000;

/** Bytes of an element, for the types of the format that have whole ones. */
const elementBytes: Readonly<Record<string, number>> = {
  ...{ F64: 8, F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, F8_E5M2: 1 },
  ...{ I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 },
};

const side = z.int().nonnegative();
const schema = z.record(
  z.string(),
  z.object({ dtype: z.string(), shape: z.array(side), data_offsets: z.tuple([side, side]) }),
);

/**
 * Checks how long the header of a safetensors file is, so that no more is read: 8 bytes, a little-endian integer.
 *
 * @param start The first bytes of the file.
 * @param size Bytes of the whole file.
 * @param name The file's name for the error message.
 * @returns Bytes of the JSON text that follows.
 * @throws {DataError} Where the file is too short for it, or it is longer than the format allows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const start = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0);
 * assertEquals(safetensorsHeaderLength(start, 10, "model.safetensors"), 2);
 * assertThrows(() => safetensorsHeaderLength(start, 9, "model.safetensors"), Error, "current size is 9");
 * ```
 */
export function safetensorsHeaderLength(start: Uint8Array, size: number, name: string): number {
  const length = start.length < 8
    ? 0n
    : new DataView(start.buffer, start.byteOffset, start.byteLength).getBigUint64(0, true);
  if (start.length < 8 || length > BigInt(size - 8) || length > BigInt(longestSafetensorsHeader)) {
    throw new DataError(
      `Cannot read ${name}: a safetensors file begins with the length of its header, which ends within the file and ` +
        `after ${longestSafetensorsHeader} bytes at most: current length is ${length}, current size is ${size}`,
    );
  }
  return Number(length);
}

/**
 * Reads the header of a safetensors file (huggingface/safetensors, "Format"): JSON that gives every tensor its type, shape
 * and bytes, which follow each other without holes up to the end of the file.
 *
 * @param header The JSON text, in UTF-8.
 * @param size Bytes of the whole file.
 * @param name The file's name for the error message.
 * @returns Tensors by name.
 * @throws {DataError} Where it is something else, or the bytes do not fit shapes or file.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const header = new TextEncoder().encode('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}');
 * const tensors = readSafetensorsHeader(header, 8 + header.length + 8, "model.safetensors");
 * assertEquals(tensors.get("w"), { dtype: "F32", shape: [2], from: 8 + header.length, to: 16 + header.length });
 * ```
 */
export function readSafetensorsHeader(
  header: Uint8Array,
  size: number,
  name: string,
): Map<string, TensorEntry> {
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${name}: ${oneLine(reason)}`);
  };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(header));
  } catch {
    fail("the header of a safetensors file must be JSON");
  }
  if (typeof json !== "object" || json === null) {
    fail("the header of a safetensors file must be a JSON object");
  }
  const { __metadata__: _, ...described } = json as Record<string, unknown>;
  const parsed = schema.safeParse(described);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    fail(`the header must give each tensor dtype, shape and data_offsets: at ${path.join(".")}: ${message}`);
  }
  const start = 8 + header.length;
  const entries = Object.entries(parsed.data!).map(([tensor, { dtype, shape, data_offsets: [from, to] }]) => {
    const bytes = Object.hasOwn(elementBytes, dtype) ? elementBytes[dtype] : undefined;
    const expected = shape.reduce((product, side) => product * side, bytes ?? 0);
    if (bytes !== undefined && to - from !== expected) {
      fail(
        `"${tensor}" of ${dtype} (${shape.join(", ")}) takes ${expected} bytes: current number is ${
          to - from
        }`,
      );
    }
    return [tensor, { dtype, shape, from: start + from, to: start + to }] as const;
  });
  let end = start;
  for (const [tensor, { from, to }] of entries.toSorted(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from !== end || to < from) fail(`the bytes of "${tensor}" must follow those of the tensor before it`);
    end = to;
  }
  if (end !== size) fail(`its tensors end after ${end} bytes: current size is ${size}`);
  return new Map(entries);
}
