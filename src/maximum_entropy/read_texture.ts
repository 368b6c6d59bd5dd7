import { DataError, UsageError } from "../errors.ts";
import { cannotUse } from "../files/describe_error.ts";
import { decodeImage } from "../data/readers/images/decode_image.ts";
import type { GrayImage } from "../data/readers/images/image.ts";
import { centreSquare } from "../data/sources/pictures.ts";
import { luma } from "../data/readers/images/luma.ts";
import { readPgm } from "../data/readers/images/read_pgm.ts";
import { NPY_MAGIC } from "../data/readers/npy/npy_array.ts";
import { readNpy } from "../data/readers/npy/read_npy.ts";

/** Sides that a model is made of: powers of two between these. */
const leastSide = 16;
const mostSide = 1024;

/** A square field that was read. */
export interface Texture {
  /** `(side, side)`. */
  readonly field: Float64Array;
  /** A power of two. */
  readonly side: number;
}

/**
 * Reads the largest square with a power of two of pixels a side, up to 1024, about the middle of an image.
 *
 * @param path An .npy file of shape (height, width), or a PNG, JPEG or binary PGM image, whose luma is taken.
 * @throws {UsageError} Where it cannot be read, has another shape or fewer than 16 pixels a side, or a value that is not finite.
 */
export async function readTexture(path: string): Promise<Texture> {
  const { isFile, isDirectory } = await Deno.stat(path).catch((error) => {
    throw cannotUse("Cannot read", path, error);
  });
  if (!isFile) {
    const what = isDirectory ? "a folder" : "a pipe or a device";
    throw new UsageError(`Cannot read ${path}: it is ${what}; give an .npy, .png, .jpg or .pgm file`);
  }
  const bytes = await Deno.readFile(path).catch((error) => {
    throw cannotUse("Cannot read", path, error);
  });
  const image = decode(bytes, path);
  const shorter = Math.min(image.height, image.width);
  const side = Math.min(mostSide, 2 ** Math.floor(Math.log2(shorter)));
  if (side < leastSide) {
    throw new UsageError(
      `Cannot make a model of ${path}: it must have at least ${leastSide} rows and columns: it has ${image.height}x${image.width}`,
    );
  }
  const field = centreSquare(image, side);
  const wrong = field.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new UsageError(
      `Cannot make a model of ${path}: values must be finite: one of its middle is ${field[wrong]}`,
    );
  }
  return { field, side };
}

function decode(bytes: Uint8Array, path: string): GrayImage {
  try {
    if (NPY_MAGIC.every((byte, i) => bytes[i] === byte)) return asImage(bytes, path);
    if (bytes[0] === 0x50 && bytes[1] === 0x35) return readPgm(bytes, path);
    return luma(decodeImage(bytes, path));
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(error.message);
    throw error;
  }
}

function asImage(bytes: Uint8Array, path: string): GrayImage {
  const { data, shape } = readNpy(bytes, path);
  const [height, width] = shape;
  if (height === undefined || width === undefined || shape.length !== 2) {
    throw new UsageError(
      `Cannot make a model of ${path}: the shape must be (height, width): current shape is (${
        shape.join(", ")
      })`,
    );
  }
  return { height, width, data: Float64Array.from(data as Iterable<number | bigint>, Number) };
}
