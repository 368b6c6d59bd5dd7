import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { frequencySpan, leastSector, likeness, median, shareExplained } from "./cells.ts";
import { peakFrequency } from "./method/peak_frequency.ts";
import { energyDistance, shapeFeatures } from "./method/energy_distance.ts";
import type { FilterFit } from "./method/fit_bank.ts";
import type { BankRun } from "./run.ts";

function fit(theta: number, r2 = 0.9, omega = 3): FilterFit {
  return { r2, theta, omega, amplitude: 1, alpha: 2, beta: 1, phi: 0, x0: 0, y0: 0 };
}

Deno.test("median() of an even number of values is the mean of the two in the middle", () => {
  assertEquals([median([3, 1, 2]), median([4, 1, 3, 2])], [2, 2.5]);
});

Deno.test("leastSector() counts directions about the axes and the diagonals, of well explained filters alone", () => {
  const degrees = (angle: number) => fit(Math.PI * angle / 180);
  // 179 degrees belongs to the sector of 0.
  const fits = [1, 179, 45, 46, 90, 134].map(degrees);
  assertAlmostEquals(leastSector(fits), 100 / 6, 1e-12);
  assertEquals(leastSector([179, 46, 90, 134].map(degrees)), 25);
  assertEquals(leastSector([1, 45, 90].map(degrees)), 0);
  assertEquals(leastSector([...[1, 45, 90].map(degrees), fit(3 * Math.PI / 4, 0.5)]), 0);
});

Deno.test("frequencySpan() is a ratio of percentiles", () => {
  // Wide Gaussians, whose peaks are where their waves are.
  const wide = (omega: number, r2 = 0.9) => ({ ...fit(0, r2, omega), alpha: 0.01 });
  const fits = Array.from({ length: 11 }, (_, i) => wide(1 + i));
  assertAlmostEquals(frequencySpan([...fits, wide(14, 0.1)]), 10 / 2, 0.02);
});

Deno.test("shareExplained() is strict", () => {
  assertEquals(shareExplained([fit(0, 0.8), fit(0, 0.81)]), 50);
});

Deno.test("energyDistance() of two samples is symmetric, 0 for the same one and never negative", () => {
  const sample = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      assertAlmostEquals(energyDistance(a, a), 0, 1e-12);
      assertAlmostEquals(energyDistance(a, b), energyDistance(b, a), 1e-12);
      assertEquals(energyDistance(a, b) > -1e-12, true);
    }),
  );
});

Deno.test("shapeFeatures() does not tell a direction from its opposite, and counts octaves", () => {
  const shape = { theta: 0.3, omega: 2, phi: 1, alpha: 4, beta: 1 };
  const opposite = shapeFeatures({ ...shape, theta: 0.3 + Math.PI });
  shapeFeatures(shape).forEach((value, i) => assertAlmostEquals(value, opposite[i]!, 1e-12));
  assertEquals(shapeFeatures(shape)[3], 1);
});

Deno.test("likeness() is negative where learnt banks are nearer than controls, sample by sample", () => {
  const bank = (learnt: number, controls: number[]): BankRun => ({
    bank: "cdbn",
    side: 7,
    all: 1,
    colourShare: 1,
    filters: [],
    colours: null,
    learnt: [{ ...fit(0), alpha: learnt, beta: 1 }],
    controls: { mix: controls.map((alpha) => [{ ...fit(0), alpha, beta: 1 }]), phase: [], white: [] },
  });
  const { values } = likeness(bank(2, []), [bank(2, [2, 8])], "mix");
  assertEquals(values[0], 0);
  assertEquals(values[1]! <= -2, true);
});

Deno.test("peakFrequency() is that of the largest value of a Fourier sum", () => {
  for (const [alpha, omega, phi] of [[3, 1, 0], [3, 3, 1], [1, 5, 2], [8, 0.6, 0.3]] as const) {
    let best = { k: 0, power: -1 };
    for (let k = 0.5; k < 12; k += 0.05) {
      let [re, im] = [0, 0];
      for (let u = -8; u < 8; u += 0.02) {
        const value = Math.exp(-alpha * u * u) * Math.sin(omega * u + phi);
        re += value * Math.cos(k * u);
        im += value * Math.sin(k * u);
      }
      if (re * re + im * im > best.power) best = { k, power: re * re + im * im };
    }
    assertAlmostEquals(peakFrequency({ alpha, omega, phi }), best.k, 0.06);
  }
});
