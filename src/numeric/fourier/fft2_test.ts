import { assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { Fft } from "./fft.ts";
import { Fft2 } from "./fft2.ts";

/** EPS log2 N with N = height * width; five times that where a side needs Bluestein's way. */
const allowance = (height: number, width: number) =>
  5 * Number.EPSILON * Math.max(1, Math.log2(height * width));

const energy = (parts: readonly Float64Array[]) =>
  parts.reduce((sum, part) => part.reduce((s, v) => s + v * v, sum), 0);

Deno.test("Fft2 of a plane wave is one impulse", async (t) => {
  for (
    const [height, width, k, l] of [[8, 8, 1, 6], [12, 20, 5, 3], [31, 33, 30, 2], [1, 16, 0, 9]] as const
  ) {
    await t.step(`${height}x${width} at (${k}, ${l})`, () => {
      const phase = (i: number) =>
        2 * Math.PI * ((Math.floor(i / width) * k) / height + ((i % width) * l) / width);
      const re = Float64Array.from({ length: height * width }, (_, i) => Math.cos(phase(i)));
      const im = Float64Array.from({ length: height * width }, (_, i) => Math.sin(phase(i)));
      new Fft2(height, width).forward(re, im);
      re[k * width + l]! -= height * width;
      // The phases above have arguments up to 2 pi (height + width), so their error leads.
      const size = height * width;
      assertLessOrEqual(Math.sqrt(energy([re, im])), size * 2 * Math.PI * (height + width) * Number.EPSILON);
    });
  }
});

Deno.test("Fft2 of a product is the product of two transforms", () => {
  const height = 6;
  const width = 7;
  const a = Float64Array.from({ length: height }, (_, u) => Math.sin(3 * u * u + 1));
  const b = Float64Array.from({ length: width }, (_, v) => Math.cos(2 * v * v + v));
  const re = Float64Array.from(
    { length: height * width },
    (_, i) => a[Math.floor(i / width)]! * b[i % width]!,
  );
  const im = new Float64Array(height * width);
  new Fft2(height, width).forward(re, im);
  const ai = new Float64Array(height);
  const bi = new Float64Array(width);
  new Fft(height).forward(a, ai);
  new Fft(width).forward(b, bi);
  const scale = Math.sqrt(energy([re, im]));
  for (let i = 0; i < re.length; i++) {
    const k = Math.floor(i / width);
    const l = i % width;
    assertLessOrEqual(Math.abs(re[i]! - (a[k]! * b[l]! - ai[k]! * bi[l]!)), allowance(height, width) * scale);
    assertLessOrEqual(Math.abs(im[i]! - (a[k]! * bi[l]! + ai[k]! * b[l]!)), allowance(height, width) * scale);
  }
});

Deno.test("Fft2 keeps the energy (Parseval) and inverse() undoes forward()", () => {
  const sides = fc.integer({ min: 1, max: 24 });
  const images = fc.tuple(sides, sides).chain(([height, width]) => {
    const size = { minLength: height * width, maxLength: height * width };
    const part = fc.array(fc.integer({ min: -1000, max: 1000 }), size);
    return fc.tuple(fc.constant([height, width] as const), part, part);
  });
  fc.assert(fc.property(images, ([[height, width], x, y]) => {
    const fft = new Fft2(height, width);
    const parts = [Float64Array.from(x), Float64Array.from(y)] as const;
    const before = energy(parts);
    fft.forward(...parts);
    const after = energy(parts) / (height * width);
    assertLessOrEqual(Math.abs(after - before), 2 * allowance(height, width) * before);
    fft.inverse(...parts);
    const error = energy([parts[0].map((v, i) => v - x[i]!), parts[1].map((v, i) => v - y[i]!)]);
    assertLessOrEqual(Math.sqrt(error), 2 * allowance(height, width) * Math.sqrt(before));
  }));
});

Deno.test("Fft2 of a real image is Hermitian", () => {
  const height = 9;
  const width = 10;
  const re = Float64Array.from({ length: height * width }, (_, i) => Math.sin(i * i));
  const im = new Float64Array(height * width);
  new Fft2(height, width).forward(re, im);
  const mirror = (i: number) =>
    ((height - Math.floor(i / width)) % height) * width + (width - (i % width)) % width;
  const worst = Math.max(...re.map((v, i) => Math.hypot(v - re[mirror(i)]!, im[i]! + im[mirror(i)]!)));
  assertLessOrEqual(worst, allowance(height, width) * Math.sqrt(energy([re, im])));
  assertEquals(im[0], 0);
});
