import { DataError, UsageError } from "../errors.ts";
import { describeError, PartFile } from "../files/part_file.ts";
import { elementCount, npyTypes } from "../data/readers/npy/npy_array.ts";
import { readNpyHeader } from "../data/readers/npy/read_npy.ts";
import { writeNpyHeader } from "../data/readers/npy/write_npy.ts";
import type { RunOptions } from "./engine/cascade_runner.ts";
import { NonFiniteError } from "./engine/non_finite_error.ts";
import type { RealArray } from "./engine/tables.ts";
import { Scattering2D } from "./scattering_2d.ts";
import type { Scattering2DOptions } from "./scattering_options.ts";

/** Images and coefficients that are in memory at a time take about this much. */
const PIECE_BYTES = 2 ** 25;

/** The longest header that `readNpyHeader` takes, with what stands before it. */
const HEADER_BYTES = 65_536 + 12;

/** What a file is transformed with; the shape comes from the file. */
export interface ScatterFileOptions extends Omit<Scattering2DOptions, "shape">, RunOptions {
  /** A file that receives the list of paths as JSON. */
  readonly meta?: string;
}

/** An open .npy file of images. */
interface ImageFile extends Disposable {
  readonly file: Deno.FsFile;
  readonly type: "<f4" | "<f8";
  readonly leading: readonly number[];
  readonly shape: readonly [height: number, width: number];
}

/**
 * Transforms an .npy file of images into an .npy file of coefficients, piece by piece, so that memory does not
 * grow with the number of images. Output files appear when they are whole.
 *
 * @param input A file of shape (..., height, width), float32 or float64, little-endian in C order.
 * @param output Receives shape (..., paths, rows, columns), in the same type.
 * @param options What is computed; progress counts images.
 * @throws {UsageError} Where the input cannot be read or transformed, or the output cannot be written.
 */
export async function scatterFile(
  input: string,
  output: string,
  { onProgress, signal, meta, ...options }: ScatterFileOptions,
): Promise<void> {
  using source = await openImages(input);
  const { type, leading, shape } = source;
  using scattering = mendable(() => new Scattering2D({ ...options, shape }));
  const total = elementCount(leading);
  const pixels = elementCount(shape);
  const outputs = elementCount(scattering.outputShape);
  const perPiece = Math.ceil(PIECE_BYTES / ((pixels + outputs) * npyTypes[type].BYTES_PER_ELEMENT));
  using target = await PartFile.create(output);
  using list = meta === undefined ? undefined : await PartFile.create(meta);
  await target.write(writeNpyHeader(type, [...leading, ...scattering.outputShape]));
  for (let first = 0; first < total; first += perPiece) {
    const images: RealArray = new npyTypes[type](Math.min(perPiece, total - first) * pixels);
    await readAll(source.file, asBytes(images), input);
    const coefficients = await scattering.transform(images, undefined, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done) => onProgress?.(first + done, total),
    }).catch((error) => {
      if (!(error instanceof RangeError)) throw error;
      const { message } = error instanceof NonFiniteError ? error.inBatch(first) : error;
      throw new UsageError(`${input}: ${message}`);
    });
    await target.write(asBytes(coefficients));
  }
  await list?.write(
    new TextEncoder().encode(`${JSON.stringify({ paths: scattering.paths() }, undefined, 1)}\n`),
  );
  await list?.commit();
  await target.commit();
}

/** Opens the input, checks it, and goes to its first image. */
async function openImages(path: string): Promise<ImageFile> {
  const file = await Deno.open(path).catch((error) => {
    throw new UsageError(`Cannot read ${path}: ${describeError(error)}`);
  });
  try {
    const { size, isDirectory } = await file.stat();
    if (isDirectory) throw new UsageError(`Cannot read ${path}: it is a folder; give an .npy file`);
    const head = new Uint8Array(Math.min(size, HEADER_BYTES));
    await readAll(file, head, path);
    const { type, shape, dataOffset } = mendable(() => readNpyHeader(head, path));
    if (type !== "<f4" && type !== "<f8") {
      throw new UsageError(
        `Cannot transform ${path}: the element type must be <f4 or <f8: current value is ${type}`,
      );
    }
    const [height, width] = shape.slice(-2);
    if (height === undefined || width === undefined || elementCount(shape) === 0) {
      throw new UsageError(
        `Cannot transform ${path}: the shape must be (..., height, width), with at least one image: ` +
          `current shape is (${shape.join(", ")})`,
      );
    }
    const expected = elementCount(shape) * npyTypes[type].BYTES_PER_ELEMENT;
    if (size - dataOffset !== expected) {
      throw new UsageError(
        `Cannot read ${path}: shape (${shape.join(", ")}) of ${type} takes ${expected} bytes, ` +
          `but it holds ${size - dataOffset}`,
      );
    }
    await file.seek(dataOffset, Deno.SeekMode.Start);
    return {
      file,
      type,
      leading: shape.slice(0, -2),
      shape: [height, width],
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Fills an array from a file. */
async function readAll(file: Deno.FsFile, bytes: Uint8Array, path: string): Promise<void> {
  for (let filled = 0; filled < bytes.length;) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) throw new UsageError(`Cannot read ${path}: it became shorter while it was read`);
    filled += count;
  }
}

function asBytes(data: RealArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Turns the errors that whoever gave the input can mend into those of the command line. */
function mendable<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError || error instanceof DataError) throw new UsageError(error.message);
    throw error;
  }
}
