import { assert, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { DataError } from "../errors.ts";
import { decodeImage } from "./decode_image.ts";
import { luma } from "./luma.ts";

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

Deno.test("decodeImage() refuses interlaced PNG and JPEG of 12 bits", () => {
  const png = file("colour.png");
  png[28] = 1;
  assertThrows(() => decodeImage(png, "h.png"), DataError, "interlaced");
  const jpg = file("colour.jpg");
  jpg[jpg.findIndex((byte, i) => byte === 0xff && jpg[i + 1] === 0xc0) + 4] = 12;
  assertThrows(() => decodeImage(jpg, "i.jpg"), DataError, "12 bits");
});
