import { assertEquals, assertThrows } from "@std/assert";
import { decodeImage } from "../../../data/readers/images/decode_image.ts";
import { encodePng } from "./encode_png.ts";

/** The colour type in the header of a PNG file: 0 for grey, 2 for RGB. */
const colourType = (png: Uint8Array) => png[25];

Deno.test("encodePng() keeps pixels, and writes one channel where all are grey", () => {
  const colour = Uint8Array.of(7, 7, 7, 9, 9, 8);
  assertEquals(decodeImage(encodePng(1, 2, colour), "colour.png").data, colour);
  assertEquals(colourType(encodePng(1, 2, colour)), 2);
  const grey = Uint8Array.of(7, 7, 7, 9, 9, 9);
  assertEquals(colourType(encodePng(1, 2, grey)), 0);
});

Deno.test("encodePng() refuses values that are not three a pixel", () => {
  assertThrows(() => encodePng(2, 2, new Uint8Array(4)), RangeError, "2 x 2 pixels have 12");
});
