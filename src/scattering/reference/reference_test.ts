import { assertAlmostEquals, assertEquals, assertLess, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { brunaMallatBank } from "../banks/bruna_mallat_bank.ts";
import { kymatioBank } from "../banks/kymatio_bank.ts";
import { scatteringPaths } from "../paths.ts";
import { referenceScattering } from "./reference.ts";
import { filtered, toModulus, toRealPart, toSpectrum } from "./spectrum.ts";
import { splineBank } from "../banks/spline_bank.ts";
import { distance, noise, shifted, sumOfSquares } from "../test_helpers.ts";

const N = 32;
const bank = splineBank.build({ height: N, width: N, J: 3, L: 4 });
const image = noise(N * N, "image");

Deno.test("referenceScattering() of a constant is that constant in order 0 and nothing else", () => {
  const [first, ...rest] = referenceScattering(new Float64Array(N * N).fill(3), bank, 2);
  for (const value of first!) assertAlmostEquals(value, 3, 1e-14);
  assertLessOrEqual(Math.sqrt(sumOfSquares(...rest)), 1e-13);
});

Deno.test("referenceScattering() of an impulse is phi in order 0, and |psi| averaged by phi in order 1", () => {
  const impulse = new Float64Array(N * N);
  impulse[0] = 1;
  const coefficients = referenceScattering(impulse, bank, 1, 1);
  const flat = { height: N, width: N, re: new Float64Array(N * N).fill(1), im: new Float64Array(N * N) };
  const expected = [toRealPart(filtered(flat, bank.phi))];
  for (const { psi } of bank.wavelets) {
    const envelope = toModulus(filtered(flat, psi));
    expected.push(toRealPart(filtered(toSpectrum(envelope, N, N), bank.phi)));
  }
  assertLessOrEqual(distance(coefficients, expected), 1e-14);
});

Deno.test("referenceScattering() of a plane wave has |psi| of its frequency in order 1, and nothing beyond", () => {
  const k = 3;
  const l = 5;
  const wave = Float64Array.from(
    { length: N * N },
    (_, i) => 2 * Math.cos(2 * Math.PI * (k * Math.floor(i / N) + l * (i % N)) / N),
  );
  const paths = scatteringPaths(bank.wavelets, 2);
  // The wave is exp(i w.u) + exp(-i w.u), and the window of each wavelet leaves one of the two: constant moduli.
  const opposite = (N - k) * N + (N - l);
  referenceScattering(wave, bank, 2, 1).forEach((map, n) => {
    if (paths[n]!.order === 0) return;
    const wavelet = bank.wavelets[n - 1];
    const expected = wavelet === undefined ? 0 : Math.max(wavelet.psi[k * N + l]!, wavelet.psi[opposite]!);
    for (const value of map) assertAlmostEquals(value, expected, 1e-13);
  });
});

Deno.test("referenceScattering() keeps the energy of every layer over all its paths", () => {
  // ||U||^2 = ||U * phi||^2 + sum over all wavelets ||U * psi||^2, whether or not the scale increases.
  const filters = [bank.phi, ...bank.wavelets.map(({ psi }) => psi)];
  const next = (map: Float64Array) => {
    const spectrum = toSpectrum(map, N, N);
    return filters.map((filter) => toModulus(filtered(spectrum, filter)));
  };
  for (const map of [image, ...next(image).slice(1), ...next(next(image)[6]!).slice(1)]) {
    assertAlmostEquals(sumOfSquares(...next(map)) / sumOfSquares(map), 1, 1e-12);
  }
});

Deno.test("referenceScattering() loses energy in the paths it leaves out only", () => {
  const totals = [0, 1, 2, 3].map((maxOrder) =>
    sumOfSquares(...referenceScattering(image, bank, maxOrder, 1)) / sumOfSquares(image)
  );
  totals.forEach((total, m) => assertLess(m === 0 ? 0 : totals[m - 1]!, total));
  assertLessOrEqual(totals[3]!, 1);
});

Deno.test("referenceScattering() has one map for each path, of order 0 to 4", () => {
  const small = splineBank.build({ height: 16, width: 16, J: 4, L: 2 });
  const coefficients = referenceScattering(noise(256, "small"), small, 4);
  assertEquals(coefficients.length, scatteringPaths(small.wavelets, 4).length);
  assertEquals(coefficients.length, 3 ** 4); // sum_m 2^m binomial(4, m)
});

Deno.test("referenceScattering() moves with the image", async (t) => {
  const coefficients = referenceScattering(image, bank, 2, 1);
  const sampled = referenceScattering(image, bank, 2);
  for (const [down, right] of [[1, 0], [5, 31], [8, 16]] as const) {
    const moved = shifted(image, N, N, down, right);
    await t.step(`by (${down}, ${right})`, () => {
      const expected = coefficients.map((map) => shifted(map, N, N, down, right));
      assertLessOrEqual(distance(referenceScattering(moved, bank, 2, 1), expected), 1e-13);
    });
  }
  await t.step("by (8, 16), sampled at 2^J = 8", () => {
    const expected = sampled.map((map) => shifted(map, N / 8, N / 8, 1, 2));
    assertLessOrEqual(distance(referenceScattering(shifted(image, N, N, 8, 16), bank, 2), expected), 1e-13);
  });
});

Deno.test("referenceScattering() moves less and less with the image as J grows", () => {
  const moved = shifted(image, N, N, 2, 1);
  const distances = [1, 2, 3, 4, 5].map((J) => {
    const scaled = splineBank.build({ height: N, width: N, J, L: 4 });
    return distance(referenceScattering(image, scaled, 2, 1), referenceScattering(moved, scaled, 2, 1));
  });
  distances.slice(1).forEach((value, i) => assertLess(value, distances[i]!));
  assertLess(distances[4]!, 0.01 * Math.sqrt(sumOfSquares(image)));
});

Deno.test("referenceScattering() contracts distances where the Littlewood-Paley sum is at most 1", async (t) => {
  const side = 12;
  const shape = { height: side, width: side, J: 2, L: 3 };
  const pixels = fc.array(fc.integer({ min: -255, max: 255 }), { minLength: side ** 2, maxLength: side ** 2 })
    .map((values) => Float64Array.from(values));
  for (
    const [name, contracting] of [
      ["spline", splineBank.build(shape)],
      ["bruna-mallat", brunaMallatBank.build(shape)],
    ] as const
  ) {
    await t.step(name, () => {
      fc.assert(
        // The second image is as far from the first as `factor` says: near pairs are where a bound is tight.
        fc.property(pixels, pixels, fc.constantFrom(1, 1e-3), (x, step, factor) => {
          const y = x.map((value, i) => value + factor * step[i]!);
          const [sx, sy] = [x, y].map((map) => referenceScattering(map, contracting, 2, 1)) as [
            Float64Array[],
            Float64Array[],
          ];
          // Rounding errors are relative to the images, not to their difference.
          const rounding = 1e-13 * Math.sqrt(sumOfSquares(x, y));
          assertLessOrEqual(distance(sx, sy), distance([x], [y]) + rounding);
        }),
        { numRuns: 40 },
      );
    });
  }
});

Deno.test("referenceScattering() is stable to dilation where the Fourier modulus is not", () => {
  const side = 64;
  const dilated = (by: number) =>
    Float64Array.from({ length: side * side }, (_, i) => {
      const row = (Math.floor(i / side) - side / 2) * (1 + by);
      const column = (i % side - side / 2) * (1 + by);
      return Math.exp(-(row ** 2 + column ** 2) / (2 * 8 ** 2)) * Math.cos(2.6 * column);
    });
  const spline = splineBank.build({ height: side, width: side, J: 4, L: 6 });
  const fourierModulus = (map: Float64Array) => {
    const { re, im } = toSpectrum(map, side, side);
    return [re.map((value, k) => Math.hypot(value, im[k]!) / side)];
  };
  const original = dilated(0);
  const norm = Math.sqrt(sumOfSquares(original));
  const scattering = referenceScattering(original, spline, 1, 1);
  const distances = [0.02, 0.05].map((by) => [
    distance(referenceScattering(dilated(by), spline, 1, 1), scattering) / norm,
    distance(fourierModulus(dilated(by)), fourierModulus(original)) / norm,
  ]);
  for (const [scattered, fourier] of distances) assertLess(5 * scattered!, fourier!);
  // Lipschitz in the size of the dilation: 2.5 times the dilation moves it about 2.5 times as far.
  assertAlmostEquals(distances[1]![0]! / distances[0]![0]!, 2.5, 0.25);
});

Deno.test("referenceScattering() keeps its relative accuracy for small and large pixels", () => {
  const coefficients = referenceScattering(image, bank, 2);
  for (const scale of [1e-12, 1e6]) {
    const scaled = referenceScattering(image.map((value) => value * scale), bank, 2);
    const error = distance(scaled.map((map) => map.map((value) => value / scale)), coefficients);
    assertLessOrEqual(error / Math.sqrt(sumOfSquares(...coefficients)), 1e-14);
  }
});

Deno.test("referenceScattering() takes any bank and any sides", () => {
  const odd = kymatioBank.build({ height: 9, width: 14, J: 2, L: 3 });
  const coefficients = referenceScattering(noise(9 * 14, "odd"), odd, 2);
  assertEquals(coefficients.map(({ length }) => length), Array(1 + 6 + 9).fill(3 * 4));
});

Deno.test("referenceScattering() refuses an image of another size", () => {
  assertThrows(() => referenceScattering(new Float64Array(5), bank, 2), RangeError, "32 x 32 pixels");
});
