import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { powerSpectrum } from "../numeric/fourier/power_spectrum.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { gaussianField, randomPhases } from "./gaussian_field.ts";
import { criticalIsing, isingEnergy, largestCluster } from "./ising.ts";
import { logNormalField } from "./log_normal.ts";
import { decayingTurbulence } from "./turbulence.ts";
import { zeldovichDensity } from "./zeldovich.ts";

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

Deno.test("criticalIsing() has the energy and the magnetisation of Onsager's critical point", () => {
  const N = 32;
  const samples = Array.from({ length: 60 }, (_, seed) => criticalIsing(N, randomStream("ising", seed)));
  // -sqrt 2 less 0.014 for 32 sites a side; a sample has a standard deviation of some 0.06.
  assertAlmostEquals(mean(samples.map((spins) => isingEnergy(spins, N))), -1.428, 0.025);
  const magnetisation = mean(samples.map((spins) => Math.abs(mean(spins))));
  assertAlmostEquals(Math.sqrt(Math.sqrt(Math.sqrt(N))) * magnetisation, 1.01, 0.1);
});

Deno.test("isingEnergy() and largestCluster() of patterns that can be counted", () => {
  const stripes = Float64Array.from({ length: 64 }, (_, i) => i % 8 < 4 ? 1 : -1);
  // Each row has two walls among 8 bonds, each column none.
  assertEquals(isingEnergy(stripes, 8), -(64 + 32) / 64);
  assertEquals(largestCluster(stripes, 8), 1 / 2);
  const board = stripes.map((_, i) => (i + Math.floor(i / 8)) % 2 === 0 ? 1 : -1);
  assertEquals([isingEnergy(board, 8), largestCluster(board, 8)], [2, 1 / 64]);
});

Deno.test("decayingTurbulence() keeps its energy budget, and its vorticity has no mean", () => {
  const { start, end } = decayingTurbulence(
    { N: 32, k0: 3, viscosity: 1e-4, time: 1 },
    randomStream("flow", 0),
  );
  assertAlmostEquals(start.energy, 0.5, 1e-12);
  assertLess(end.energy, start.energy);
  assertLess(end.enstrophy, start.enstrophy);
  assertAlmostEquals(mean(end.vorticity), 0, 1e-12);
  assertAlmostEquals(mean(end.vorticity.map((value) => value * value)) / 2, end.enstrophy, 1e-10);
});

Deno.test("decayingTurbulence() without viscosity keeps energy and enstrophy", () => {
  const { start, end } = decayingTurbulence(
    { N: 32, k0: 3, viscosity: 0, time: 0.3 },
    randomStream("flow", 1),
  );
  // Runge and Kutta's method loses some 1e-6 of it.
  assertAlmostEquals(end.energy / start.energy, 1, 1e-4);
  assertAlmostEquals(end.enstrophy / start.enstrophy, 1, 1e-3);
  assert(mean(end.vorticity.map((value, i) => Math.abs(value - start.vorticity[i]!))) > 0.05);
});

Deno.test("decayingTurbulence() damps as its viscosity says", () => {
  const options = { N: 16, k0: 2, viscosity: 1e-3, time: 0.01 };
  const { start, end } = decayingTurbulence(options, randomStream("flow", 2));
  const power = powerSpectrum(start.vorticity, 16);
  // dE/dt = -nu <|lap omega|^2 / k^2 ...>: 2 nu sum k^4 |omega|^2 / (2 k^2).
  let rate = 0;
  for (let i = 1; i < 256; i++) {
    const k1 = (Math.floor(i / 16) + 8) % 16 - 8;
    const k2 = (i + 8) % 16 - 8;
    rate += 2 * options.viscosity * (k1 * k1 + k2 * k2) * power[i]! / (2 * 16 ** 4);
  }
  assertAlmostEquals((start.energy - end.energy) / options.time / rate, 1, 0.02);
});

Deno.test("zeldovichDensity() keeps every particle, and is empty nowhere below -1", () => {
  const field = zeldovichDensity({ N: 32, n: 1, cutoff: 4, displacement: 2 }, randomStream("web", 0));
  assertAlmostEquals(mean(field), 0, 1e-12);
  assert(field.every((value) => value >= -1));
  assert(mean(field.map((value) => value ** 3)) > 0, "it is skewed to dense places");
});

Deno.test("zeldovichDensity() is uniform where nothing moves, and to first order minus the divergence", () => {
  const still = zeldovichDensity({ N: 16, n: 1, cutoff: 2, displacement: 1e-9 }, randomStream("web", 1));
  assert(still.every((value) => Math.abs(value) < 1e-6));
  const small = (displacement: number) =>
    zeldovichDensity({ N: 16, n: 1, cutoff: 2, displacement }, randomStream("web", 1));
  const one = small(1e-3);
  const two = small(2e-3);
  assert(one.every((value, i) => Math.abs(two[i]! - 2 * value) < 1e-2 * Math.abs(value) + 1e-5));
});

Deno.test("gaussianField() has the spectrum that it is asked for", () => {
  const N = 16;
  const power = new Float64Array(N * N);
  const count = 400;
  for (let seed = 0; seed < count; seed++) {
    const field = gaussianField(N, (k) => 1 / (1 + k), randomStream("gauss", seed));
    powerSpectrum(field, N).forEach((value, i) => power[i]! += value / count);
  }
  for (const [at, k] of [[1, 1], [3 * N + 4, 5], [2 * N, 2]] as const) {
    assertAlmostEquals(power[at]! / (N * N) * (1 + k) ** 2, 1, 0.2);
  }
  assertAlmostEquals(power[0]!, 0, 1e-20);
});

Deno.test("randomPhases() keeps the spectrum and the mean, and nothing else", () => {
  const field = logNormalField({ N: 16, cutoff: 2, deviation: 1 }, randomStream("log", 0));
  const found = randomPhases(field, 16, randomStream("phases", 0));
  const power = powerSpectrum(field, 16);
  powerSpectrum(found, 16).forEach((value, i) => assertAlmostEquals(value / power[i]!, 1, 1e-6));
  assertAlmostEquals(mean(found), mean(field), 1e-12);
  assert(found.some((value) => value < 0), "the log-normal field is positive");
});

Deno.test("logNormalField() has the mean of a log-normal variable", () => {
  const means = Array.from(
    { length: 200 },
    (_, seed) => mean(logNormalField({ N: 16, cutoff: 4, deviation: 0.5 }, randomStream("log", seed))),
  );
  assertAlmostEquals(mean(means), Math.exp(1 / 8), 0.03);
});
