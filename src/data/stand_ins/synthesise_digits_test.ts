import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { synthesiseDigits } from "./synthesise_digits.ts";

const pixels = 28 * 28;
const digits = synthesiseDigits(600, 0);

function image(i: number): Uint8Array {
  return digits.images.subarray(i * pixels, (i + 1) * pixels);
}

Deno.test("synthesiseDigits() repeats itself for one seed and differs between seeds", () => {
  assertEquals(synthesiseDigits(20, 3), synthesiseDigits(20, 3));
  assertNotEquals(synthesiseDigits(20, 3).images, synthesiseDigits(20, 4).images);
});

Deno.test("synthesiseDigits() begins with the same images however many there are", () => {
  const few = synthesiseDigits(13, 0);
  assertEquals(few.labels, digits.labels.slice(0, 13));
  assertEquals(few.images, digits.images.slice(0, 13 * pixels));
});

Deno.test("synthesiseDigits() holds each digit once in every ten", () => {
  for (let i = 0; i < digits.count; i += 10) {
    assertEquals([...digits.labels.subarray(i, i + 10)].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

Deno.test("synthesiseDigits() leaves a dark border, centres the ink and uses all greys, as MNIST does", () => {
  for (let i = 0; i < digits.count; i++) {
    const values = image(i);
    let [ink, borderInk, momentX, momentY] = [0, 0, 0, 0];
    values.forEach((value, at) => {
      const [x, y] = [at % 28, Math.floor(at / 28)];
      ink += value;
      momentX += value * (x - 13.5);
      momentY += value * (y - 13.5);
      if (x === 0 || y === 0 || x === 27 || y === 27) borderInk += value;
    });
    assert(borderInk < 0.01 * ink, `image ${i} touches its border`);
    // The length of the strokes is centred; where they cross, the ink of both counts once.
    assertAlmostEquals(momentX / ink, 0, 1.5, `image ${i}`);
    assertAlmostEquals(momentY / ink, 0, 1.5, `image ${i}`);
    assert(Math.max(...values) > 200, `image ${i} is faint`);
  }
  assertEquals(new Set(digits.images).size, 256);
});

Deno.test("synthesiseDigits() can be told apart: nearest neighbours of 300 others err on fewer than 15 %", () => {
  let errors = 0;
  for (let i = 300; i < 600; i++) {
    let nearest = Infinity;
    let label = -1;
    for (let j = 0; j < 300; j++) {
      let distance = 0;
      for (let at = 0; at < pixels; at++) {
        distance += (digits.images[i * pixels + at]! - digits.images[j * pixels + at]!) ** 2;
      }
      if (distance < nearest) {
        nearest = distance;
        label = digits.labels[j]!;
      }
    }
    if (label !== digits.labels[i]) errors++;
  }
  assert(errors < 45, `${errors} errors`);
  assert(errors > 0, "the digits are too easy to be a task");
});
