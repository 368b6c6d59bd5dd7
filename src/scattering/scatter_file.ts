import { DataError, UsageError } from "../errors.ts";
import { cannotUse } from "../files/describe_error.ts";
import { PartFile } from "../files/part_file.ts";
import { refuseSameFile } from "../files/same_file.ts";
import {
  elementCount,
  type NpyData,
  type NpyElements,
  type NpyHeader,
  npyTypes,
} from "../data/readers/npy/npy_array.ts";
import { decodeElements, readNpyHeader } from "../data/readers/npy/read_npy.ts";
import { writeNpyHeader } from "../data/readers/npy/write_npy.ts";
import type { RunOptions } from "./engine/cascade_runner.ts";
import { NonFiniteError } from "./engine/non_finite_error.ts";
import type { RealArray } from "./engine/tables.ts";
import { type BackgroundOptions, BackgroundScattering } from "./background_scattering.ts";

/** Images and coefficients that are in memory at a time take about this much. */
const PIECE_BYTES = 2 ** 25;

/** The longest header that `readNpyHeader` takes, with what stands before it. */
const HEADER_BYTES = 65_536 + 12;

/** What a file is transformed with; the shape comes from the file. */
export interface ScatterFileOptions extends Omit<BackgroundOptions, "shape">, RunOptions {
  /** A file that receives the list of paths as JSON. */
  readonly meta?: string;
}

/** An open .npy file of images. */
interface ImageFile extends Disposable {
  readonly file: Deno.FsFile;
  readonly elements: NpyElements;
  readonly leading: readonly number[];
  readonly shape: readonly [height: number, width: number];
}

/**
 * Transforms an .npy file of images into an .npy file of coefficients, piece by piece, so that memory does not
 * grow with the number of images. Output files appear when they are whole.
 *
 * @param input A file of shape (..., height, width), in C order. Numbers of at most 16 bits and float32 are transformed in float32, which
 * holds them, all others in float64.
 * @param output Receives shape (..., paths, rows, columns), in that type.
 * @param options What is computed; progress counts images.
 * @throws {UsageError} Where the input cannot be read or transformed, two of the files are the same, or the output cannot be written.
 */
export async function scatterFile(
  input: string,
  output: string,
  { onProgress, signal, meta, ...options }: ScatterFileOptions,
): Promise<void> {
  refuseSameFile([
    { name: "IN", path: input },
    { name: "OUT", path: output },
    { name: "--meta", path: meta },
  ]);
  using source = await openImages(input);
  const { elements, leading, shape } = source;
  const type = realType(elements);
  const total = elementCount(leading);
  onProgress?.(0, total);
  using scattering = await BackgroundScattering.start({ ...options, shape }, signal).catch(refuse);
  const pixels = elementCount(shape);
  // Large images are handed over path by path.
  const outputs = scattering.isLarge ? 0 : elementCount(scattering.outputShape);
  const perPiece = Math.ceil(PIECE_BYTES / ((pixels + outputs) * npyTypes[type].BYTES_PER_ELEMENT));
  using target = await PartFile.create(output);
  using list = meta === undefined ? undefined : await PartFile.create(meta);
  const header = writeNpyHeader(type, [...leading, ...scattering.outputShape]);
  await target.write(header);
  const [paths, rows, columns] = scattering.outputShape;
  for (let first = 0; first < total; first += perPiece) {
    const bytes = new Uint8Array(Math.min(perPiece, total - first) * pixels * elements.bytes);
    await readAll(source.file, bytes, input);
    const images = asReals(decodeElements(bytes, elements), type, input, first * pixels);
    const run: RunOptions = {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done) => onProgress?.(first + done, total),
    };
    const refuseImage = (error: unknown) => {
      if (!(error instanceof RangeError)) throw error;
      const { message } = error instanceof NonFiniteError ? error.inBatch(first) : error;
      throw new UsageError(`${input}: ${message}`);
    };
    if (scattering.isLarge) {
      await scattering.transformByPath(images, (image, path, coefficients) => {
        const before = ((first + image) * paths + path) * rows * columns * coefficients.BYTES_PER_ELEMENT;
        return target.writeAt(asBytes(coefficients), header.length + before);
      }, run).catch(refuseImage);
      signal?.throwIfAborted();
    } else {
      const coefficients = await scattering.transform(images, run).catch(refuseImage);
      signal?.throwIfAborted();
      await target.write(asBytes(coefficients));
    }
  }
  await list?.write(
    new TextEncoder().encode(`${JSON.stringify({ paths: scattering.paths }, undefined, 1)}\n`),
  );
  await list?.commit();
  await target.commit();
}

/** The type that is computed in: float32 where it holds every value that the file may have. */
function realType({ type, bytes }: NpyElements): "<f4" | "<f8" {
  return bytes <= 2 || type === "<f4" ? "<f4" : "<f8";
}

/** Elements as real numbers; whole numbers of 64 bits where they have the same value in float64. */
function asReals(data: NpyData, type: "<f4" | "<f8", path: string, first: number): RealArray {
  if (data instanceof npyTypes[type]) return data;
  if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) return npyTypes[type].from(data);
  return Float64Array.from(data, (value, at) => {
    const real = Number(value);
    if (BigInt(real) === value) return real;
    throw new UsageError(
      `Cannot transform ${path}: whole numbers must be those that float64 holds: element ${
        first + at
      } is ${value}: ` +
        `round them, numpy.save("x.npy", x.astype("<f8"))`,
    );
  });
}

/** Opens the input, checks it, and goes to its first image. */
async function openImages(path: string): Promise<ImageFile> {
  const { isFile, isDirectory } = await Deno.stat(path).catch((error) => {
    throw cannotUse("Cannot read", path, error);
  });
  if (isDirectory) throw new UsageError(`Cannot read ${path}: it is a folder; give an .npy file`);
  // Where nobody writes to a pipe, opening it would wait for ever.
  if (!isFile) throw new UsageError(`Cannot read ${path}: it is a pipe or a device; give an .npy file`);
  const file = await Deno.open(path).catch((error) => {
    throw cannotUse("Cannot read", path, error);
  });
  try {
    const { size } = await file.stat();
    const head = new Uint8Array(Math.min(size, HEADER_BYTES));
    await readAll(file, head, path);
    const { elements, isFortranOrder, shape, dataOffset } = readHeader(head, path);
    const [height, width] = shape.slice(-2);
    if (height === undefined || width === undefined || elementCount(shape) === 0) {
      throw new UsageError(
        `Cannot transform ${path}: the shape must be (..., height, width), with at least one image: ` +
          `current shape is (${shape.join(", ")})`,
      );
    }
    refuseChannelsLast(path, shape);
    if (isFortranOrder) {
      throw new UsageError(
        `Cannot transform ${path}: the array is in Fortran order: convert it, ` +
          `numpy.save("x.npy", numpy.ascontiguousarray(x))`,
      );
    }
    const expected = elementCount(shape) * elements.bytes;
    if (size - dataOffset !== expected) {
      throw new UsageError(
        `Cannot read ${path}: shape (${
          shape.join(", ")
        }) of ${elements.bytes} bytes each takes ${expected} bytes, ` +
          `but it holds ${size - dataOffset}`,
      );
    }
    await file.seek(dataOffset, Deno.SeekMode.Start);
    return {
      file,
      elements,
      leading: shape.slice(0, -2),
      shape: [height, width],
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Last axes as long as this are channels of colour images, where the one before is longer. */
const MOST_CHANNELS = 4;

/** Colour images have their channels last in most programs; here they would be images of 3 columns. */
function refuseChannelsLast(path: string, shape: readonly number[]): void {
  const [rows = 0, columns = 0] = shape.slice(-2);
  if (shape.length < 3 || columns > MOST_CHANNELS || rows <= MOST_CHANNELS) return;
  throw new UsageError(
    `Cannot transform ${path}: the last two axes must be rows and columns: current shape is (${
      shape.join(", ")
    }), ` +
      `whose last axis seems to be channels: move it, numpy.save("x.npy", numpy.moveaxis(x, -1, -3))`,
  );
}

function readHeader(head: Uint8Array, path: string): NpyHeader {
  try {
    return readNpyHeader(head, path);
  } catch (error) {
    return refuse(error);
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
function refuse(error: unknown): never {
  if (error instanceof RangeError || error instanceof DataError) throw new UsageError(error.message);
  throw error;
}
