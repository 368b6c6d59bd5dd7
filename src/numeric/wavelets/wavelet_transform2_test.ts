import { assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../random/random_stream.ts";
import { highPassTaps, lowPassTaps, type OrthonormalWavelet } from "./orthonormal_wavelet.ts";
import { inverseWaveletTransform2, waveletTransform2 } from "./wavelet_transform2.ts";

const wavelets: readonly OrthonormalWavelet[] = ["haar", "db2", "db4"];
const moments: Readonly<Record<OrthonormalWavelet, number>> = { haar: 1, db2: 2, db4: 4 };

function noise(side: number, seed: number): Float64Array {
  const stream = randomStream("wavelet test", seed);
  return Float64Array.from({ length: side * side }, () => stream.normal());
}

function sum(values: Iterable<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

Deno.test("lowPassTaps is orthonormal with its even shifts, and its high-pass has the vanishing moments", () => {
  for (const wavelet of wavelets) {
    const h = lowPassTaps[wavelet];
    const g = highPassTaps(wavelet);
    for (let shift = 0; shift < h.length; shift += 2) {
      const product = (a: Float64Array, b: Float64Array) =>
        sum(a.map((value, k) => value * (b[k + shift] ?? 0)));
      assertAlmostEquals(product(h, h), shift === 0 ? 1 : 0, 4e-16);
      assertAlmostEquals(product(h, g), 0, 4e-16);
      assertAlmostEquals(product(g, h), 0, 4e-16);
    }
    for (let m = 0; m < moments[wavelet]; m++) {
      assertAlmostEquals(sum(g.map((value, k) => value * k ** m)), 0, 1e-13);
    }
    assertAlmostEquals(sum(h), Math.SQRT2, 4e-16);
  }
});

Deno.test("db2 has the taps of its closed form", () => {
  const taps = [1 + Math.sqrt(3), 3 + Math.sqrt(3), 3 - Math.sqrt(3), 1 - Math.sqrt(3)];
  for (const [k, tap] of taps.entries()) {
    assertAlmostEquals(lowPassTaps.db2[k]!, tap / (4 * Math.SQRT2), 4e-16);
  }
});

Deno.test("waveletTransform2() is orthonormal: the inverse gives the image back, energy and products stay", () => {
  fc.assert(fc.property(
    fc.constantFrom(...wavelets),
    fc.constantFrom([8, 0], [8, 3], [12, 2], [16, 4], [32, 5]),
    fc.nat(1000),
    (wavelet, [side, levels], seed) => {
      const x = noise(side!, seed);
      const y = noise(side!, seed + 1001);
      const wx = waveletTransform2(x, side!, levels!, wavelet);
      const wy = waveletTransform2(y, side!, levels!, wavelet);
      assertLess(largestDifference(inverseWaveletTransform2(wx, side!, levels!, wavelet), x), 1e-13);
      assertAlmostEquals(sum(wx.map((c, i) => c * wy[i]!)), sum(x.map((v, i) => v * y[i]!)), 1e-11);
    },
  ));
});

Deno.test("waveletTransform2() has coarse coefficients in the top left corner, and none elsewhere for a constant", () => {
  for (const wavelet of wavelets) {
    const coefficients = waveletTransform2(new Float64Array(256).fill(3), 16, 3, wavelet);
    for (const [i, value] of coefficients.entries()) {
      const coarse = i % 16 < 2 && i < 2 * 16;
      assertAlmostEquals(value, coarse ? 3 * 8 : 0, 1e-13);
    }
  }
});

Deno.test("waveletTransform2() puts what changes from column to column to the right, from row to row below", () => {
  const across = Float64Array.from({ length: 64 }, (_, i) => i % 2 === 0 ? 1 : -1);
  const down = Float64Array.from({ length: 64 }, (_, i) => (i >> 3) % 2 === 0 ? 1 : -1);
  const energy = (values: Float64Array, right: boolean, below: boolean) =>
    sum(
      waveletTransform2(values, 8, 1, "haar").map((c, i) =>
        (i % 8 >= 4) === right && (i >= 32) === below ? c * c : 0
      ),
    );
  assertAlmostEquals(energy(across, true, false), 64, 1e-12);
  assertAlmostEquals(energy(down, false, true), 64, 1e-12);
});

Deno.test("waveletTransform2() kills polynomials of a degree below its vanishing moments, but at the border", () => {
  for (const wavelet of wavelets) {
    const degree = moments[wavelet] - 1;
    const side = 32;
    const values = Float64Array.from({ length: side * side }, (_, i) => (i % side / side) ** degree);
    const fine = waveletTransform2(values, side, 1, wavelet);
    // The taps of the last coefficients meet both ends of the row.
    const inside = side / 2 - lowPassTaps[wavelet].length / 2;
    for (let u = 0; u < inside; u++) assertAlmostEquals(fine[side / 2 + u]!, 0, 1e-13);
  }
});

Deno.test("waveletTransform2() needs a multiple of 2^levels, and all values", () => {
  assertThrows(
    () => waveletTransform2(new Float64Array(144), 12, 3, "haar"),
    RangeError,
    "multiple of 2^levels",
  );
  assertThrows(
    () => inverseWaveletTransform2(new Float64Array(3), 2, 1, "haar"),
    RangeError,
    "must have 4 values",
  );
});
