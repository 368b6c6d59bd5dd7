import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { synthesiseDigits } from "../../../src/data/stand_ins/synthesise_digits.ts";
import { testContext } from "../../../src/suite/testing.ts";
import { digitsOfScene, paintScenes, sceneSide } from "./digit_scenes.ts";
import { arrangeMosaics, paintMosaic } from "./mosaics.ts";
import { labelledPhotographs } from "./photographs.ts";
import { mapMaxima } from "./scene_network.ts";

Deno.test("paintScenes() has the two digits of its kind and no other, brighter than the ground", () => {
  const digits = synthesiseDigits(200, 1);
  const ground = { side: 60, values: new Float64Array(3600).fill(1) };
  const { images, labels, masks } = paintScenes(20, digits, [ground], randomStream("test/scenes", 0));
  for (let scene = 0; scene < 20; scene++) {
    const range = [scene * sceneSide ** 2, (scene + 1) * sceneSide ** 2] as const;
    const found = new Set(masks.subarray(...range));
    assertEquals([...found].sort(), [0, ...digitsOfScene(labels[scene]!).map((digit) => digit + 1)].sort());
    const values = images.subarray(...range);
    masks.subarray(...range).forEach((digit, i) => {
      if (digit > 0) assert(values[i]! >= 127 / 255);
      assert(values[i]! >= 0.5);
    });
  }
});

Deno.test("mapMaxima() takes the largest value of each unit's map", () => {
  const values = Float32Array.of(1, -5, 2, -7, 4, -6, 3, -8);
  assertEquals([...mapMaxima({ images: 1, cells: 2, units: 2, values })], [4, -5]);
});

Deno.test("arrangeMosaics() parts the photographs by halves, and paintMosaic() puts each into its quarter", async () => {
  const context = testContext();
  const choice = { imagesPerClass: 4, standIns: { classes: 4, imagesPerClass: 4, side: 16 } };
  const photographs = labelledPhotographs(choice).resolve({ source: "stand-in", files: [] });
  const halves = [true, false].map((choosing) => arrangeMosaics(photographs, choosing, context));
  assertEquals(halves.map((mosaics) => mosaics.length), [2, 2]);
  assertEquals(halves[0]!.flat().every((i) => i % 2 === 0), true);
  assertEquals(new Set(halves.flat(2)).size, 16);
  // Class 0 is dark grey, class 3 has red and green; a mosaic of both shows which quarter is which.
  const { data } = await paintMosaic(photographs, [0, 12, 0, 0], 33, context);
  const at = (y: number, x: number) => [...data.subarray(3 * (33 * y + x), 3 * (33 * y + x) + 3)];
  const [red, , blue] = at(4, 24);
  assertAlmostEquals(blue! / red!, 0.4, 0.05);
  const [r, , b] = at(24, 4);
  assertAlmostEquals(b! / r!, 1, 0.05);
  assertEquals(at(32, 32), [128, 128, 128]);
});
