import { DataError } from "../../../errors.ts";
import { oneLine } from "../../../one_line.ts";

/** The first bytes of every PNG file. */
const pngMark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Decodes an image with decoders that may fall over damaged data.
 *
 * @param name The file's name for the error message.
 * @param decode What decodes it.
 * @throws {DataError} Where `decode` throws anything.
 */
export function decoding<Image>(name: string, decode: () => Image): Image {
  try {
    return decode();
  } catch (error) {
    throw new DataError(`Cannot decode ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Decoders fall over damaged data with errors of the engine, which say nothing about the file. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) {
    return "its data are damaged";
  }
  return oneLine(error.message);
}

/** Whether a file begins as a PNG file does. */
export function isPng(bytes: Uint8Array): boolean {
  return pngMark.every((value, i) => bytes[i] === value);
}
