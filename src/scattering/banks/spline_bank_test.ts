import { assertAlmostEquals, assertEquals, assertLessOrEqual } from "@std/assert";
import { battleLemarie } from "./battle_lemarie.ts";
import { littlewoodPaleySum } from "./littlewood_paley.ts";
import { dilatedSplineBank, splineBank } from "./spline_bank.ts";
import { noise, sumOfSquares } from "../test_helpers.ts";
import { filtered, toSpectrum } from "../reference/spectrum.ts";

Deno.test("splineBank is a tight frame: its Littlewood-Paley sum is 1", async (t) => {
  const shapes = [
    { height: 128, width: 128, J: 7, L: 6, dilation: 0 },
    { height: 64, width: 64, J: 4, L: 8, dilation: 0 },
    { height: 31, width: 33, J: 3, L: 6, dilation: 0 },
    { height: 20, width: 50, J: 4, L: 5, dilation: 0 },
    { height: 8, width: 9, J: 3, L: 1, dilation: 0 },
    { height: 2, width: 2, J: 1, L: 2, dilation: 0 },
    { height: 128, width: 128, J: 7, L: 6, dilation: 0.25 },
    { height: 31, width: 33, J: 3, L: 6, dilation: -0.5 },
  ];
  for (const shape of shapes) {
    const { dilation, ...grid } = shape;
    await t.step(JSON.stringify(shape), () => {
      const sum = littlewoodPaleySum(dilatedSplineBank(dilation).build(grid));
      for (const value of sum) assertAlmostEquals(value, 1, 1e-12);
    });
  }
});

Deno.test("splineBank keeps the energy of a real image in one layer", () => {
  for (const [height, width] of [[32, 32], [15, 22]] as const) {
    const { wavelets, phi } = splineBank.build({ height, width, J: 3, L: 6 });
    const image = noise(height * width, "image");
    const spectrum = toSpectrum(image, height, width);
    const energies = [phi, ...wavelets.map(({ psi }) => psi)].map((filter) => {
      const { re, im } = filtered(spectrum, filter);
      return sumOfSquares(re, im) / (height * width);
    });
    const total = energies.reduce((sum, energy) => sum + energy);
    assertAlmostEquals(total / sumOfSquares(image), 1, 1e-12);
  }
});

Deno.test("splineBank gives filters that are not negative, and wavelets of mean zero", () => {
  const { wavelets, phi } = splineBank.build({ height: 24, width: 30, J: 3, L: 4 });
  assertEquals(phi[0], 1);
  for (const { psi } of wavelets) {
    assertEquals(psi[0], 0);
    assertEquals(psi.every((value) => value >= 0), true);
  }
});

Deno.test("splineBank turned by a right angle is its own transpose", () => {
  const n = 16;
  const { wavelets } = splineBank.build({ height: n, width: n, J: 2, L: 4 });
  // j = 1 at 0 and pi / 2
  const along = wavelets[4]!.psi;
  const across = wavelets[6]!.psi;
  across.forEach((value, i) => {
    const k = i % n;
    const l = Math.floor(i / n);
    // Turned the other way the axis of the second would point to -pi / 2, so one component is reflected.
    assertAlmostEquals(value, along[k * n + (n - l) % n]!, 1e-14);
  });
});

Deno.test("splineBank.lowPass() at 2^J = N vanishes on both axes, so a mean-free image keeps nothing there", () => {
  const n = 128;
  const phi = splineBank.lowPass({ height: n, width: n }, 7);
  for (let k = 1; k < n; k++) {
    assertLessOrEqual(phi[k]!, Number.EPSILON);
    assertLessOrEqual(phi[k * n]!, Number.EPSILON);
  }
});

Deno.test("splineBank.lowPass() is the low-pass of the bank with that J, whatever the dilation", () => {
  const grid = { height: 10, width: 12 };
  for (const bank of [splineBank, dilatedSplineBank(0.25)]) {
    for (const J of [1, 3]) assertEquals(bank.lowPass(grid, J), bank.build({ ...grid, J, L: 2 }).phi);
  }
});

Deno.test("dilatedSplineBank() by one octave has the low-pass of the scale below", () => {
  const grid = { height: 10, width: 12 };
  assertEquals(dilatedSplineBank(1).lowPass(grid, 3), splineBank.lowPass(grid, 2));
});

Deno.test("battleLemarie() satisfies sum_k |b(w + 2 pi k)|^2 = 1, as a scaling function does", () => {
  for (const omega of [1e-9, 0.3, 1.7, Math.PI, 5]) {
    let sum = 0;
    // Terms fall off like k^-8, so that those beyond 100 are below 1e-14 together.
    for (let k = -100; k <= 100; k++) sum += battleLemarie(omega + 2 * Math.PI * k) ** 2;
    assertAlmostEquals(sum, 1, 1e-13);
  }
});
