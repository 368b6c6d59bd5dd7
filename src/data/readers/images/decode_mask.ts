import { crc32 } from "node:zlib";
import { decoding, isPng } from "./decoding.ts";
import type { ClassMask } from "./image.ts";
import { pngHeader } from "./png_header.ts";
import { readPng } from "./read_png.ts";

/** Chunks that hold pixels: what else a file has changes how they look, not what they are. */
const pixelChunks: readonly string[] = ["IDAT", "IEND"];

/**
 * Decodes a PNG file whose samples are numbers of classes: 8-bit grey, or 8-bit indices of a palette, which is passed
 * over, as are colours that count as transparent.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @returns The samples as they stand in the file.
 * @throws {DataError} Where the file is no such PNG file, is truncated, damaged or interlaced, or holds more than 64 million
 * pixels or more than its bytes can stand for.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // Its palette has red at 1 and blue at 2.
 * const file = Deno.readFileSync(new URL("./testdata/mask.png", import.meta.url));
 * assertEquals([...decodeMask(file, "mask.png").data], [0, 1, 2, 1, 0, 2]);
 * ```
 */
export function decodeMask(bytes: Uint8Array, name: string): ClassMask {
  return decoding(name, () => {
    if (!isPng(bytes)) throw new Error("it is not a PNG file");
    const { depth, colourType } = pngHeader(bytes);
    if (depth !== 8 || (colourType !== 0 && colourType !== 3)) {
      throw new Error(
        "it must be grey (colour type 0) or have a palette (3), with 8 bits: " +
          `it is of colour type ${colourType} and ${depth} bits`,
      );
    }
    const { height, width, rgba } = readPng(withoutPalette(bytes));
    return { height, width, data: Uint8Array.from({ length: height * width }, (_, i) => rgba[4 * i]!) };
  });
}

/** The same samples as a grey picture, whose chunks {@linkcode pngHeader} has found to be whole. */
function withoutPalette(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = new Uint8Array(bytes.length);
  // Mark and header: 8 bytes, then length, name, 13 bytes and their check sum (PNG, 5.3 and 11.2.2).
  kept.set(bytes.subarray(0, 33));
  kept[25] = 0;
  new DataView(kept.buffer).setUint32(29, crc32(kept.subarray(12, 29)));
  let end = 33;
  for (let at = 33; at < bytes.length;) {
    const next = at + 12 + view.getUint32(at);
    if (pixelChunks.includes(String.fromCharCode(...bytes.subarray(at + 4, at + 8)))) {
      kept.set(bytes.subarray(at, next), end);
      end += next - at;
    }
    at = next;
  }
  return kept.subarray(0, end);
}
