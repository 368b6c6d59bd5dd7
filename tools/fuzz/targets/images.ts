import fc from "fast-check";
import { crc32, deflateSync } from "node:zlib";
import { DataError } from "../../../src/errors.ts";
import { decodeImage } from "../../../src/data/readers/images/decode_image.ts";
import { changedBytes, type Field, type Format } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

const folder = new URL("../../../src/data/readers/images/testdata/", import.meta.url);

function filesOf(...names: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc.constantFrom(...names.map((name) => Deno.readFileSync(new URL(name, folder))));
}

function read(bytes: Uint8Array): void {
  const { height, width, data } = decodeImage(bytes, "fuzz.image");
  must(height >= 1 && width >= 1 && data.length === 3 * height * width, "the size is that of the data");
  must(data.constructor === Uint8Array, "the pixels are plain bytes");
}

/** A chunk of a PNG file: length, type, content, CRC-32 of type and content (PNG, 5.3). */
function chunk(type: string, content: Uint8Array): Uint8Array {
  const file = joinBytes(new Uint8Array(4), utf8(type), content, new Uint8Array(4));
  const view = new DataView(file.buffer);
  view.setUint32(0, content.length);
  view.setUint32(8 + content.length, crc32(file.subarray(4, 8 + content.length)));
  return file;
}

/** The chunks of a PNG file, as far as their lengths make sense. */
function chunksOf(file: Uint8Array): { at: number; length: number }[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = view.getUint32(at);
    if (at + 12 + length > file.length) break;
    found.push({ at, length });
    at += 12 + length;
  }
  return found;
}

function withCrcs(file: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(file);
  const view = new DataView(copy.buffer);
  for (const { at, length } of chunksOf(copy)) {
    view.setUint32(at + 8 + length, crc32(copy.subarray(at + 4, at + 8 + length)));
  }
  return copy;
}

/** Header of a grey picture. */
function ihdr(width: number, height: number, interlace: number): Uint8Array {
  const content = new Uint8Array(13);
  const view = new DataView(content.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  content.set([8, 0, 0, 0, interlace], 8);
  return chunk("IHDR", content);
}

/** What is known of PNG files. */
export const pngFormat: Format = {
  seal: withCrcs,
  fields: (file) => [
    ...[16, 20].map((at): Field => ({ at, bytes: 4 })),
    ...[24, 25, 26, 27, 28].map((at): Field => ({ at, bytes: 1 })),
    ...chunksOf(file).map(({ at }): Field => ({ at, bytes: 4 })),
  ],
  words: [
    ihdr(2 ** 14, 2 ** 14, 0),
    ihdr(13, 9, 1),
    ihdr(2 ** 31 - 1, 2 ** 31 - 1, 1),
    chunk("IDAT", deflateSync(new Uint8Array(2 ** 22))),
    chunk("IDAT", new Uint8Array()),
    chunk("IEND", new Uint8Array()),
    chunk("PLTE", Uint8Array.of(1, 2, 3)),
    chunk("tRNS", Uint8Array.of(0)),
    chunk("gAMA", Uint8Array.of(1)),
    chunk("IHDR", Uint8Array.of(1)),
  ],
};

/** Photographs in PNG. */
export const pngTarget: FuzzTarget = {
  name: "png",
  files: changedBytes(
    filesOf("colour.png", "gray.png", "palette.png", "opaque_alpha.png", "transparent.png"),
    pngFormat,
  ),
  errors: [DataError],
  read,
};

/** Where the markers of a JPEG file stand, and their bytes. */
function markersOf(file: Uint8Array): { at: number; marker: number }[] {
  return Array.from(file.subarray(0, -1), (byte, at) => ({ at, marker: byte === 0xff ? file[at + 1]! : 0 }))
    .filter(({ marker }) => marker >= 0xc0 && marker < 0xff);
}

function segment(marker: number, ...content: readonly number[]): Uint8Array {
  return Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content);
}

/** Photographs in JPEG. */
export const jpegTarget: FuzzTarget = {
  name: "jpeg",
  files: changedBytes(filesOf("colour.jpg", "gray.jpg", "progressive_420.jpg", "cmyk.jpg"), {
    fields: (file) =>
      markersOf(file).flatMap(({ at, marker }): Field[] => [
        { at: at + 2, bytes: 2 },
        ...marker >= 0xc0 && marker <= 0xc2
          ? [...[5, 7, 5, 7].map((i): Field => ({ at: at + i, bytes: 2 })), { at: at + 9, bytes: 1 } as const]
          : [],
        ...[4, 5, 10, 11, 12].map((i): Field => ({ at: at + i, bytes: 1 })),
      ]),
    words: [
      segment(0xc0, 8, 0x20, 0, 0x20, 0, 1, 1, 0x11, 0),
      segment(0xc2, 8, 0xff, 0xff, 0xff, 0xff, 3, 1, 0x44, 0, 2, 0x11, 0, 3, 0x11, 0),
      segment(0xda, 1, 1, 0, 0, 0, 0),
      segment(0xda, 3, 1, 0, 1, 0, 1, 0, 0, 63, 0),
      segment(0xdd, 0, 1),
      segment(0xdd, 0xff, 0xff),
      segment(0xdc, 0xff, 0xff),
      segment(0xe0),
      Uint8Array.of(0xff, 0xd9),
      Uint8Array.of(0xff, 0xd0),
      Uint8Array.of(0xff, 0xff),
      Uint8Array.of(0xff, 0),
    ],
  }),
  errors: [DataError],
  read,
};
