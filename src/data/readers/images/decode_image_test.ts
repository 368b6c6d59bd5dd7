import { assert, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { crc32 } from "node:zlib";
import { DataError } from "../../../errors.ts";
import { decodeImage } from "./decode_image.ts";
import { luma } from "./luma.ts";
import { joinBytes } from "../../../files/join_bytes.ts";

const folder = new URL("testdata/", import.meta.url);
const reference: { height: number; width: number; pixels: Record<string, number[]> } = JSON.parse(
  Deno.readTextFileSync(new URL("pixels.json", folder)),
);

function file(name: string): Uint8Array {
  return Deno.readFileSync(new URL(name, folder));
}

/** The largest difference of two sample arrays of the same length. */
function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

Deno.test("decodeImage() gives the pixels that Pillow gives", async (t) => {
  for (const name of ["colour.png", "gray.png", "palette.png"]) {
    await t.step(`${name}: exactly`, () => {
      const image = decodeImage(file(name), name);
      assertEquals([image.height, image.width], [reference.height, reference.width]);
      assertEquals(Array.from(image.data), reference.pixels[name]!);
    });
  }
  // Inverse DCT and colour conversion round differently: one level each in Y, and up to 1.772 of one in a colour.
  for (const [name, allowed] of [["gray.jpg", 1], ["colour.jpg", 3]] as const) {
    await t.step(`${name}: within ${allowed} levels`, () => {
      const image = decodeImage(file(name), name);
      assertEquals([image.height, image.width], [reference.height, reference.width]);
      assertLessOrEqual(maxDifference(image.data, reference.pixels[name]!), allowed);
    });
  }
});

Deno.test("decodeImage() repeats chroma where libjpeg interpolates, which leaves the luma nearly alone", () => {
  const name = "progressive_420.jpg";
  const image = decodeImage(file(name), name);
  const theirs = luma({ ...image, data: Uint8Array.from(reference.pixels[name]!) });
  // Luma would not depend on chroma at all but for the clipping of saturated colours, of which this picture has many.
  const differences = luma(image).data.map((value, i) => Math.abs(value - theirs.data[i]!));
  assertLessOrEqual(differences.reduce((sum, d) => sum + d, 0) / differences.length, 1.5);
});

Deno.test("decodeImage() gives a grey JPEG three equal channels", () => {
  const { data } = decodeImage(file("gray.jpg"), "gray.jpg");
  for (let at = 0; at < data.length; at += 3) {
    assert(data[at] === data[at + 1] && data[at] === data[at + 2], `sample ${at}`);
  }
});

Deno.test("decodeImage() reads an alpha channel that is opaque and refuses one that is not", () => {
  assertEquals(decodeImage(file("opaque_alpha.png"), "a.png").data.length, 48);
  assertThrows(() => decodeImage(file("transparent.png"), "b.png"), DataError, "transparent PNG");
});

Deno.test("decodeImage() refuses CMYK", () => {
  assertThrows(() => decodeImage(file("cmyk.jpg"), "c.jpg"), DataError, "Cannot decode c.jpg: JPEG of 4");
});

Deno.test("decodeImage() names a foreign or empty file", () => {
  const gif = new TextEncoder().encode("GIF89a");
  assertThrows(() => decodeImage(gif, "x/cat.jpg"), DataError, "Cannot decode x/cat.jpg: it is neither");
  assertThrows(() => decodeImage(new Uint8Array(), "x/none.png"), DataError, "x/none.png");
});

Deno.test("decodeImage() refuses a file cut off anywhere", async (t) => {
  for (const name of ["colour.png", "gray.jpg", "colour.jpg", "progressive_420.jpg"]) {
    await t.step(name, () => {
      const whole = file(name);
      for (let length = 0; length < whole.length; length++) {
        assertThrows(() => decodeImage(whole.subarray(0, length), name), DataError, name);
      }
    });
  }
});

Deno.test("decodeImage() refuses a PNG with one damaged byte of picture data", () => {
  const damaged = file("colour.png");
  damaged[60]! ^= 1;
  assertThrows(() => decodeImage(damaged, "d.png"), DataError, "Cannot decode d.png");
});

Deno.test("decodeImage() refuses an absurd size before it takes memory", () => {
  const png = file("colour.png");
  new DataView(png.buffer).setUint32(16, 2 ** 31 - 1);
  assertThrows(() => decodeImage(png, "e.png"), DataError, "current size is 13x2147483647");
  const jpg = file("colour.jpg");
  const frame = jpg.findIndex((byte, i) => byte === 0xff && jpg[i + 1] === 0xc0);
  new DataView(jpg.buffer).setUint32(frame + 5, 0xffffffff);
  assertThrows(() => decodeImage(jpg, "f.jpg"), DataError, "current size is 65535x65535");
  new DataView(jpg.buffer).setUint32(frame + 5, 0);
  assertThrows(() => decodeImage(jpg, "g.jpg"), DataError, "current size is 0x0");
});

/** A chunk of a PNG file. */
function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = Uint8Array.of(0, 0, 0, 0, ...new TextEncoder().encode(type), ...content, 0, 0, 0, 0);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

Deno.test("decodeImage() refuses a size that the bytes of the file cannot stand for", () => {
  const png = file("gray.png");
  new DataView(png.buffer).setUint32(16, 60_000);
  assertThrows(() => decodeImage(png, "a.png"), DataError, "191 bytes cannot hold a picture of its size");
  // One row of 2^28 samples of 8 bits, whose length in bits is beyond what the decoder counts to.
  const row = joinBytes(png.subarray(0, 33), new Uint8Array(2 ** 20));
  new DataView(row.buffer).setUint32(16, 2 ** 28);
  new DataView(row.buffer).setUint32(20, 1);
  assertThrows(() => decodeImage(row, "row.png"), DataError, "Cannot decode row.png");
  const jpg = file("gray.jpg");
  const frame = jpg.findIndex((byte, i) => byte === 0xff && jpg[i + 1] === 0xc0);
  new DataView(jpg.buffer).setUint32(frame + 5, 0x0800_0800);
  assertThrows(() => decodeImage(jpg, "b.jpg"), DataError, "405 bytes cannot hold a picture of its size");
});

Deno.test("decodeImage() refuses a second header, which would pass by the checks of the first", () => {
  const png = file("gray.png");
  const second = png.slice(16, 29);
  new DataView(second.buffer).setUint32(0, 2 ** 30);
  const twice = joinBytes(png.subarray(0, 33), chunk("IHDR", second), png.subarray(33));
  assertThrows(() => decodeImage(twice, "a.png"), DataError, "it must have one header, at its beginning");
  const jpg = file("gray.jpg");
  const frame = jpg.findIndex((byte, i) => byte === 0xff && jpg[i + 1] === 0xc0);
  const length = 2 + new DataView(jpg.buffer).getUint16(frame + 2);
  const again = joinBytes(jpg.subarray(0, frame + length), jpg.subarray(frame));
  assertThrows(() => decodeImage(again, "b.jpg"), DataError, "it has more than one frame");
});

Deno.test("decodeImage() refuses scans of nothing, of the same again, and a thousand of them", () => {
  const jpg = file("gray.jpg");
  const scan = jpg.findIndex((byte, i) => byte === 0xff && jpg[i + 1] === 0xda);
  const repeated = (count: number) =>
    joinBytes(
      jpg.subarray(0, scan),
      ...Array.from({ length: count }, () => jpg.subarray(scan, -2)),
      jpg.subarray(-2),
    );
  assertEquals(decodeImage(repeated(1), "a.jpg"), decodeImage(jpg, "a.jpg"));
  assertThrows(() => decodeImage(repeated(2), "b.jpg"), DataError, "a component is coded twice");
  const foreign = Uint8Array.from(jpg);
  foreign[scan + 5] = 77;
  assertThrows(() => decodeImage(foreign, "c.jpg"), DataError, "a scan header is damaged");
  const progressive = file("progressive_420.jpg");
  const last = progressive.findLastIndex((byte, i) => byte === 0xff && progressive[i + 1] === 0xda);
  const many = Array.from({ length: 1000 }, () => progressive.subarray(last, -2));
  const bomb = joinBytes(progressive.subarray(0, -2), ...many, progressive.subarray(-2));
  assertThrows(() => decodeImage(bomb, "d.jpg"), DataError, "it has more than 100 scans");
});

Deno.test("decodeImage() says of damaged data that they are, not what the decoder fell over", () => {
  const jpg = file("gray.jpg");
  const table = jpg.findIndex((byte, i) => byte === 0xff && jpg[i + 1] === 0xc4);
  // The table of another number: the scan has none.
  jpg[table + 4]! ^= 3;
  assertThrows(() => decodeImage(jpg, "a.jpg"), DataError, "Cannot decode a.jpg: its data are damaged");
});

Deno.test("decodeImage() refuses interlaced PNG and JPEG of 12 bits", () => {
  const png = file("colour.png");
  png[28] = 1;
  assertThrows(() => decodeImage(png, "h.png"), DataError, "interlaced");
  const jpg = file("colour.jpg");
  jpg[jpg.findIndex((byte, i) => byte === 0xff && jpg[i + 1] === 0xc0) + 4] = 12;
  assertThrows(() => decodeImage(jpg, "i.jpg"), DataError, "12 bits");
});
