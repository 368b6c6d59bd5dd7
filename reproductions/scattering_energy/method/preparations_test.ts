import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { GrayImage } from "../../../src/data/readers/images/image.ts";
import { bilinear, lanczos, resize } from "../../../src/data/readers/images/resize.ts";
import { cropCentre, type PreparationName, preparations } from "./preparations.ts";

/** An image whose pixels say where they are. */
function numbered(height: number, width: number): GrayImage {
  const data = Float64Array.from(
    { length: height * width },
    (_, i) => 1000 * Math.floor(i / width) + i % width,
  );
  return { height, width, data };
}

Deno.test("cropCentre() leaves out as many pixels on either side, or one more at the end", () => {
  assertEquals([...cropCentre(numbered(4, 6), 2, 2).data], [1002, 1003, 2002, 2003]);
  assertEquals([...cropCentre(numbered(3, 4), 2, 1).data], [1, 1001]);
  const whole = numbered(3, 5);
  assertEquals(cropCentre(whole, 3, 5), whole);
});

Deno.test("cropCentre() refuses to grow an image", () => {
  assertThrows(() => cropCentre(numbered(4, 6), 5, 2), RangeError, "of 4x6 to 5x2");
  assertThrows(() => cropCentre(numbered(4, 6), 2, 7), RangeError, "of 4x6 to 2x7");
});

Deno.test("preparations give 128 x 128 pixels of every photograph", async (t) => {
  for (const [name, prepare] of Object.entries(preparations)) {
    await t.step(name, () => {
      for (const [height, width] of [[200, 300], [128, 128], [92, 300], [150, 105], [1, 1]] as const) {
        const prepared = prepare(numbered(height, width));
        assertEquals([prepared.height, prepared.width, prepared.data.length], [128, 128, 128 ** 2]);
      }
    });
  }
});

Deno.test("preparations are what they are called", () => {
  const photograph = numbered(200, 300);
  const square = cropCentre(photograph, 200, 200);
  const expected: Record<PreparationName, GrayImage> = {
    "stretched, bilinear": resize(photograph, 128, 128, bilinear),
    "stretched, Lanczos": resize(photograph, 128, 128, lanczos),
    "centre square, bilinear": resize(square, 128, 128, bilinear),
    "centre square, Lanczos": resize(square, 128, 128, lanczos),
    "native crop": cropCentre(photograph, 128, 128),
  };
  for (const name of Object.keys(expected) as PreparationName[]) {
    assertEquals(preparations[name](photograph), expected[name], name);
  }
  assertEquals(expected["native crop"].data[0], 1000 * 36 + 86);
});

Deno.test("preparations enlarge the centre square of a photograph that is too small for a crop", () => {
  for (const small of [numbered(127, 300), numbered(300, 100)]) {
    assertEquals(preparations["native crop"](small), preparations["centre square, bilinear"](small));
    assertNotEquals(preparations["native crop"](small), preparations["stretched, bilinear"](small));
  }
});
