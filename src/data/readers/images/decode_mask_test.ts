import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../../errors.ts";
import { decodeMask } from "./decode_mask.ts";

const folder = new URL("testdata/", import.meta.url);
const file = (name: string) => Deno.readFileSync(new URL(name, folder));

Deno.test("decodeMask() gives the indices of a palette, not its colours", () => {
  assertEquals(decodeMask(file("mask.png"), "mask.png"), {
    height: 2,
    width: 3,
    data: Uint8Array.of(0, 1, 2, 1, 0, 2),
  });
});

Deno.test("decodeMask() gives grey samples as they are, also those that count as transparent", () => {
  assertEquals(decodeMask(file("gray_mask.png"), "m.png").data, Uint8Array.of(0, 200, 7, 255, 1, 7));
});

Deno.test("decodeMask() gives an index that the palette lacks", () => {
  const whole = file("mask.png");
  // One colour instead of three: the palette's length, then what follows it.
  const palette = 33;
  const shorter = Uint8Array.of(...whole.subarray(0, palette), ...whole.subarray(palette + 12 + 9));
  assertEquals(decodeMask(shorter, "m.png").data, decodeMask(whole, "m.png").data);
});

Deno.test("decodeMask() refuses colours, deep samples, foreign files, and one cut off anywhere", () => {
  for (const [name, found] of [["colour.png", "2 and 8"], ["deep.png", "2 and 16"]] as const) {
    assertThrows(
      () => decodeMask(file(name), name),
      DataError,
      `Cannot decode ${name}: it must be grey (colour type 0) or have a palette (3), with 8 bits: it is of colour type ${found} bits`,
    );
  }
  assertThrows(
    () => decodeMask(file("gray.jpg"), "g.jpg"),
    DataError,
    "Cannot decode g.jpg: it is not a PNG",
  );
  for (const name of ["mask.png", "gray_mask.png"]) {
    const whole = file(name);
    for (let length = 0; length < whole.length; length++) {
      assertThrows(() => decodeMask(whole.subarray(0, length), name), DataError, name);
    }
  }
});

Deno.test("decodeMask() refuses damaged samples", () => {
  const damaged = file("gray_mask.png");
  damaged[damaged.length - 20]! ^= 1;
  assertThrows(() => decodeMask(damaged, "d.png"), DataError, "Cannot decode d.png");
});
