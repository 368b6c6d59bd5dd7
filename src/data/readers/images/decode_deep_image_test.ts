import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../../errors.ts";
import { decodeDeepImage } from "./decode_deep_image.ts";
import { decodeImage } from "./decode_image.ts";

const folder = new URL("testdata/", import.meta.url);
const file = (name: string) => Deno.readFileSync(new URL(name, folder));

Deno.test("decodeDeepImage() gives samples of 16 bits as they stand in the file", () => {
  const { height, width, data } = decodeDeepImage(file("deep.png"), "deep.png");
  assertEquals([height, width], [2, 3]);
  assertEquals([...data], [
    ...[0, 1, 258, 65535, 65534, 256, 255, 257, 32768],
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9],
  ]);
});

Deno.test("decodeImage() rounds the same samples to 8 bits", () => {
  const { data } = decodeImage(file("deep.png"), "deep.png");
  assertEquals([...data.subarray(0, 9)], [0, 0, 1, 255, 255, 1, 1, 1, 128]);
});

Deno.test("decodeDeepImage() refuses files of 8 bits, grey ones, foreign ones, and one cut off anywhere", () => {
  assertThrows(
    () => decodeDeepImage(file("colour.png"), "c.png"),
    DataError,
    "Cannot decode c.png: it must be RGB (colour type 2) of 16 bits: it is of colour type 2 and 8 bits",
  );
  assertThrows(
    () => decodeDeepImage(file("gray.jpg"), "g.jpg"),
    DataError,
    "Cannot decode g.jpg: it is not a PNG",
  );
  const whole = file("deep.png");
  for (let length = 0; length < whole.length; length++) {
    assertThrows(() => decodeDeepImage(whole.subarray(0, length), "cut.png"), DataError, "cut.png");
  }
});
