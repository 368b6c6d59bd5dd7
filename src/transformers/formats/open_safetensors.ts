import { type FileHandle, open } from "node:fs/promises";
import { DataError } from "../../errors.ts";
import { foreignBytes, foreignContent } from "../../files/foreign_content.ts";
import { oneLine } from "../../one_line.ts";
import { readSafetensorsHeader, safetensorsHeaderLength, type TensorEntry } from "./safetensors_header.ts";
import type { TensorSource } from "../model/tensor_source.ts";
import { floatBytes, type FloatType, widenFloats } from "./widen_floats.ts";

/** Open files, to be disposed of. */
export interface OpenTensors extends TensorSource, AsyncDisposable {
  /** Every tensor. */
  readonly names: readonly string[];
}

/** A tensor and the file that it is in. */
interface Located extends TensorEntry {
  readonly file: FileHandle;
  readonly path: string;
}

/**
 * Opens safetensors files whose tensors make up one model. Headers are read and checked at once, a tensor when it is
 * wanted.
 *
 * @param paths The files, one or several shards.
 * @param weightMap The path of each tensor, where an index gives it: it decides where two files hold the same one, and a tensor that it
 * does not have is none of the model.
 * @returns All tensors; dispose of it to close the files. A type that is no float of 16 or 32 bits is an error when it is read or asked for
 * its shape.
 * @throws {DataError} Where a file cannot be opened or is none of that format, two hold the same tensor, or one is not where the index has
 * it.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeSafetensors } from "./write_safetensors.ts";
 *
 * const path = await Deno.makeTempFile();
 * const tensors = new Map([["w", { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]);
 * await Deno.writeFile(path, writeSafetensors(tensors, "BF16"));
 * {
 *   await using source = await openSafetensors([path]);
 *   assertEquals(await source.read("w", 1, 2), Float32Array.of(3, 4));
 * }
 * await Deno.remove(path);
 * ```
 */
export async function openSafetensors(
  paths: readonly string[],
  weightMap?: ReadonlyMap<string, string>,
): Promise<OpenTensors> {
  const files: FileHandle[] = [];
  const close = async () => {
    for (const file of files) await file.close();
  };
  try {
    const tensors = new Map<string, Located>();
    for (const path of paths) {
      const file = await openFile(path);
      files.push(file);
      for (const [name, entry] of await readEntries(file, path)) {
        if (weightMap !== undefined && weightMap.get(name) !== path) continue;
        const other = tensors.get(name);
        if (other !== undefined) {
          throw new DataError(
            `Cannot read ${path}: its tensor "${oneLine(name)}" is in ${other.path} as well`,
          );
        }
        tensors.set(name, { ...entry, file, path });
      }
    }
    for (const [name, path] of weightMap ?? []) {
      if (!tensors.has(name)) {
        throw new DataError(
          `Cannot read ${path}: the index has the tensor "${oneLine(name)}" in it, but it is not there: ` +
            `fetch the index and its shards again, of one version`,
        );
      }
    }
    return sourceOf(tensors, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw new DataError(`Cannot read ${path}: ${(error as Error).message}`);
  }
}

async function readEntries(file: FileHandle, path: string): Promise<Map<string, TensorEntry>> {
  const { size } = await file.stat();
  const start = await readBytes(file, path, 0, Math.min(foreignBytes, size));
  const foreign = foreignContent(start);
  if (foreign !== undefined) throw new DataError(`Cannot read ${path}: ${foreign}`);
  const length = safetensorsHeaderLength(start.subarray(0, 8), size, path);
  return readSafetensorsHeader(await readBytes(file, path, 8, 8 + length), size, path);
}

function sourceOf(tensors: ReadonlyMap<string, Located>, close: () => Promise<void>): OpenTensors {
  const find = (name: string): Located & { dtype: FloatType } => {
    const found = tensors.get(name)!;
    if (!Object.hasOwn(floatBytes, found.dtype)) {
      throw new DataError(
        `Cannot read ${found.path}: "${oneLine(name)}" must be of ${Object.keys(floatBytes).join(", ")}: ` +
          `current dtype is ${oneLine(found.dtype)}`,
      );
    }
    return found as Located & { dtype: FloatType };
  };
  return {
    names: [...tensors.keys()],
    shapeOf: (name) => tensors.has(name) ? find(name).shape : undefined,
    read: async (name, first = 0, end) => {
      const { file, path, dtype, shape, from, to } = find(name);
      // A single number has no axis, and is read as one entry.
      const [rows = 1] = shape;
      const row = rows === 0 ? 0 : (to - from) / rows;
      const bytes = await readBytes(file, path, from + first * row, from + (end ?? rows) * row);
      return widenFloats(bytes, dtype);
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Reads by position, so that reads may overlap in time. */
async function readBytes(file: FileHandle, path: string, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, Math.min(bytes.length - done, 2 ** 30), from + done);
    if (bytesRead === 0) throw new DataError(`Cannot read ${path}: it ends after ${from + done} bytes`);
    done += bytesRead;
  }
  return bytes;
}
