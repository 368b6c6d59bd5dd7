import { assertAlmostEquals, assertEquals } from "@std/assert";
import { pixels, side } from "./coefficients.ts";
import { nameOf, transformations, transformImages } from "./transformations.ts";

/** Four images with one bright pixel. */
function dots(y: number, x: number): Float32Array {
  const images = new Float32Array(4 * pixels);
  for (let image = 0; image < 4; image++) images[image * pixels + y * side + x] = 1;
  return images;
}

Deno.test("transformImages() shifts right, down, left and up in turn", () => {
  const moved = transformImages(dots(10, 12), { kind: "shift", by: 2 });
  const places = [0, 1, 2, 3].map((image) => moved.subarray(image * pixels, (image + 1) * pixels).indexOf(1));
  assertEquals(places.map((at) => [Math.floor(at / side), at % side]), [[10, 14], [12, 12], [10, 10], [
    8,
    12,
  ]]);
});

Deno.test("transformImages() turns to either side in turn, and leaves images alone at 0 degrees and a factor of 1", () => {
  const images = dots(15, 20);
  assertEquals(transformImages(images, { kind: "rotation", by: 0 }), images);
  assertEquals(transformImages(images, { kind: "dilation", by: 1 }), images);
  const turned = transformImages(images, { kind: "rotation", by: 90 });
  // 4.5 to the right and 0.5 above the middle becomes 4.5 and 0.5 along the other axis.
  const at = (image: number, y: number, x: number) => turned[image * pixels + y * side + x]!;
  assertAlmostEquals(at(0, 20, 16), 1, 1e-6);
  assertAlmostEquals(at(1, 11, 15), 1, 1e-6);
});

Deno.test("transformImages() enlarges about the middle", () => {
  const square = new Float32Array(pixels);
  for (let y = 12; y < 20; y++) square.fill(1, y * side + 12, y * side + 20);
  const mass = (by: number) =>
    transformImages(square, { kind: "dilation", by }).reduce((sum, value) => sum + value, 0);
  assertAlmostEquals(mass(1.25), 64 * 1.25 ** 2, 4);
  assertAlmostEquals(mass(0.8), 64 * 0.8 ** 2, 4);
});

Deno.test("nameOf() tells transformations apart", () => {
  assertEquals(new Set(transformations.map(nameOf)).size, transformations.length);
});
