import { assert, assertAlmostEquals, assertEquals, assertLessOrEqual, assertNotEquals } from "@std/assert";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { deadLeaves } from "./dead_leaves.ts";

const side = 128;

/** The power of an image at each distance from the origin of the frequency plane, its mean taken off, under a Hann window. */
function radialPower(image: Float64Array): Float64Array {
  const angle = (i: number) => 2 * Math.PI * i / side;
  const cos = Float64Array.from({ length: side }, (_, i) => Math.cos(angle(i)));
  const sin = Float64Array.from({ length: side }, (_, i) => Math.sin(angle(i)));
  const window = Float64Array.from({ length: side }, (_, i) => 0.5 - 0.5 * Math.cos(angle(i + 0.5)));
  const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
  const rowReal = new Float64Array(side * side);
  const rowImaginary = new Float64Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let k = 0; k < side; k++) {
      for (let x = 0; x < side; x++) {
        const value = window[y]! * window[x]! * (image[y * side + x]! - mean);
        rowReal[y * side + k]! += value * cos[k * x % side]!;
        rowImaginary[y * side + k]! -= value * sin[k * x % side]!;
      }
    }
  }
  const power = new Float64Array(side);
  const count = new Float64Array(side);
  for (let l = 0; l < side; l++) {
    for (let k = 0; k < side; k++) {
      let real = 0;
      let imaginary = 0;
      for (let y = 0; y < side; y++) {
        const [a, b] = [rowReal[y * side + k]!, rowImaginary[y * side + k]!];
        const [c, s] = [cos[l * y % side]!, sin[l * y % side]!];
        real += a * c + b * s;
        imaginary += b * c - a * s;
      }
      const radius = Math.round(Math.hypot(Math.min(k, side - k), Math.min(l, side - l)));
      power[radius]! += real * real + imaginary * imaginary;
      count[radius]! += 1;
    }
  }
  return power.map((sum, radius) => count[radius] === 0 ? 0 : sum / count[radius]!);
}

Deno.test("deadLeaves() repeats itself for one stream and differs between streams", () => {
  const draw = (seed: number) => deadLeaves(16, 20, randomStream("leaves", seed));
  assertEquals(draw(1), draw(1));
  assertNotEquals(draw(1), draw(2));
});

Deno.test("deadLeaves() covers every pixel with a grey of 0..255, for images of any shape", async (t) => {
  for (const [height, width] of [[1, 1], [1, 40], [40, 3], [32, 32]] as const) {
    await t.step(`${height}x${width}`, () => {
      const { data } = deadLeaves(height, width, randomStream("shape", 0));
      assertEquals(data.length, height * width);
      assert(data.every((value) => value >= 0 && value <= 255 + 1e-9));
    });
  }
});

Deno.test("deadLeaves() has uniform greys: mean and variance over many images", () => {
  const values = Array.from(
    { length: 400 },
    (_, i) => deadLeaves(4, 4, randomStream(`gray/${i}`, 0)).data[5]!,
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  // Four standard errors; pixels that an edge crosses, half of them in so small an image, are means of two greys.
  assertAlmostEquals(mean, 127.5, 4 * Math.sqrt(255 ** 2 / 12 / values.length));
  const ratio = variance / (255 ** 2 / 12);
  assert(ratio > 0.5 && ratio < 1, `variance ${ratio} of that of a uniform grey`);
});

Deno.test("deadLeaves() has the power spectrum of natural images, about 1/f^2", () => {
  const images = Array.from({ length: 6 }, (_, i) => deadLeaves(side, side, randomStream(`power/${i}`, 0)));
  const powers = images.map((image) => radialPower(image.data));
  // A line through log power over log frequency from 3 to 40 cycles an image, equal weight to each octave.
  let [weights, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0];
  for (let radius = 3; radius <= 40; radius++) {
    const x = Math.log(radius);
    const y = Math.log(powers.reduce((sum, power) => sum + power[radius]!, 0) / powers.length);
    const weight = 1 / radius;
    weights += weight;
    sumX += weight * x;
    sumY += weight * y;
    sumXX += weight * x * x;
    sumXY += weight * x * y;
  }
  const slope = (weights * sumXY - sumX * sumY) / (weights * sumXX - sumX * sumX);
  // Photographs lie between -1.6 and -2.6.
  assertLessOrEqual(Math.abs(slope + 2), 0.3, `slope ${slope}`);
});
