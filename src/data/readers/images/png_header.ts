/** What the header of a PNG file says, as far as it is needed. */
export interface PngHeader {
  readonly height: number;
  readonly width: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colourType: number;
  /** Whether rows are stored in seven passes. */
  readonly interlaced: boolean;
}

/** Samples of a pixel, by colour type (PNG, table 11.1). */
const samples = new Map([[0, 1], [2, 3], [3, 1], [4, 2], [6, 4]]);

/** Bytes that one byte of deflate can stand for: 258 in two bits (RFC 1951). */
const largestRatio = 1032;

/**
 * Walks through the chunks of a PNG file (PNG, 5.3) and checks what a decoder must rely on before it takes memory: one
 * header, at the beginning, and enough bytes for the size that it gives.
 *
 * @param bytes The whole file, which begins as a PNG file does.
 * @returns What the header says.
 * @throws {Error} Where something is wrong, with the reason.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const picture = Deno.readFileSync(new URL("./testdata/gray.png", import.meta.url));
 * assertEquals(pngHeader(picture).interlaced, false);
 * new DataView(picture.buffer).setUint32(16, 2 ** 20);
 * assertThrows(() => pngHeader(picture), Error, "191 bytes cannot hold a picture of its size");
 * ```
 */
export function pngHeader(bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new Error("it ends within the PNG header");
  for (let at = 8; at < bytes.length;) {
    if (at + 12 > bytes.length || at + 12 + view.getUint32(at) > bytes.length) {
      throw new Error("it ends within a chunk");
    }
    const [length, type] = [view.getUint32(at), view.getUint32(at + 4)];
    const isHeader = type === 0x49484452; // "IHDR"
    if (isHeader !== (at === 8) || (isHeader && length !== 13)) {
      throw new Error("it must have one header, at its beginning");
    }
    at += 12 + length;
  }
  const [width, height, depth, type] = [
    view.getUint32(16),
    view.getUint32(20),
    view.getUint8(24),
    view.getUint8(25),
  ];
  const rowBits = width * depth * (samples.get(type) ?? 4);
  const size = height * (1 + Math.ceil(rowBits / 8));
  // Beyond 2^31 bits the decoder's length of a row overflows.
  if (rowBits >= 2 ** 31 || size > largestRatio * bytes.length) {
    throw new Error(
      `${bytes.length} bytes cannot hold a picture of its size: current size is ${height}x${width}`,
    );
  }
  return { height, width, depth, colourType: type, interlaced: view.getUint8(28) !== 0 };
}
