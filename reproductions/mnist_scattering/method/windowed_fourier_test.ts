import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { padImages } from "./pad_images.ts";
import { windowedFourierModulus } from "./windowed_fourier.ts";

/** The definition, sample by sample. */
function modulusAt(image: Float32Array, width: number, a: number, b: number, k: number, l: number): number {
  let [re, im] = [0, 0];
  for (let u = 0; u < 8; u++) {
    for (let v = 0; v < 8; v++) {
      const window = (0.5 - 0.5 * Math.cos(Math.PI * u / 4)) * (0.5 - 0.5 * Math.cos(Math.PI * v / 4));
      const value = window * image[(4 * a + u) * width + 4 * b + v]!;
      re += value * Math.cos(Math.PI * (u * k + v * l) / 4);
      im += value * Math.sin(Math.PI * (u * k + v * l) / 4);
    }
  }
  return Math.hypot(re, im);
}

Deno.test("windowedFourierModulus() is the definition", () => {
  const stream = randomStream("images", 1);
  const images = Float32Array.from({ length: 2 * 12 * 20 }, () => stream.uniform());
  const modulus = windowedFourierModulus(images, 12, 20);
  assertEquals(modulus.length, 2 * 8 * 5 * 2 * 4);
  for (const [at, value] of modulus.entries()) {
    const [image, k, l, a, b] = [
      Math.floor(at / 320),
      Math.floor(at / 40) % 8,
      Math.floor(at / 8) % 5,
      Math.floor(at / 4) % 2,
      at % 4,
    ];
    const expected = modulusAt(images.subarray(image * 240, (image + 1) * 240), 20, a, b, k, l);
    // Values up to 16, rounded to float32.
    assertAlmostEquals(value, expected, 2e-6, `image ${image}, k = ${k}, l = ${l}, window ${a}, ${b}`);
  }
});

Deno.test("windowedFourierModulus() of a plane wave is largest at its frequency", () => {
  const wave = Float32Array.from(
    { length: 32 * 32 },
    (_, i) => Math.cos(2 * Math.PI * (3 * Math.floor(i / 32) + 2 * (i % 32)) / 8),
  );
  const modulus = windowedFourierModulus(wave, 32, 32);
  const center = 24;
  const values = Array.from({ length: 40 }, (_, frequency) => modulus[frequency * 49 + center]!);
  assertEquals(values.indexOf(Math.max(...values)), 3 * 5 + 2);
  // Half the sum of the window: the other half lies at the opposite frequency.
  assertAlmostEquals(values[17]!, 8, 1e-5);
});

Deno.test("windowedFourierModulus() throws for images that windows do not fill", () => {
  assertThrows(
    () => windowedFourierModulus(new Float32Array(28 * 30), 28, 30),
    RangeError,
    "28 x 30; pad it",
  );
  assertThrows(() => windowedFourierModulus(new Float32Array(16), 4, 4), RangeError, "at least 8");
  assertThrows(() => windowedFourierModulus(new Float32Array(65), 8, 8), RangeError, "65 values");
  assertEquals(windowedFourierModulus(new Float32Array(0), 8, 8).length, 0);
});

Deno.test("padImages() centres each image", () => {
  const images = Float32Array.from({ length: 2 * 28 * 28 }, (_, i) => i + 1);
  const padded = padImages(images, [28, 28], [32, 32]);
  assertEquals(padded.length, 2 * 32 * 32);
  assertEquals([padded[2 * 32 + 2], padded[32 * 32 + 29 * 32 + 29]], [1, 2 * 28 * 28]);
  assertEquals(padded.filter((value) => value > 0).length, images.length);
  assert(padded.subarray(0, 66).every((value) => value === 0));
});

Deno.test("padImages() throws for sizes that do not fit", () => {
  assertThrows(
    () => padImages(new Float32Array(9), [3, 3], [2, 4]),
    RangeError,
    "2 x 4 must be at least 3 x 3",
  );
  assertThrows(() => padImages(new Float32Array(8), [3, 3], [4, 4]), RangeError, "8 values");
});
