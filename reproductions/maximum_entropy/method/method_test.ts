import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { CovarianceKernel } from "../../../src/maximum_entropy/covariance_kernel.ts";
import { rectifiedFilters } from "../../../src/maximum_entropy/rectified_filters.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { randomPhases } from "../../../src/physics/gaussian_field.ts";
import { channelCorrelations } from "./channel_correlations.ts";
import { relativeDeviations } from "./concentration.ts";
import { rotationAverages, spectrumBands } from "./features.ts";
import { crop, halved, simulate, standardised, textureField } from "./fields.ts";
import {
  kurtosis,
  largestCorrelation,
  structureErrors,
  structureFunctions,
  waveletKurtoses,
} from "./moments.ts";
import { families, parametersOf, sampleFamily } from "./parameter_families.ts";
import { ridgeScores } from "./ridge.ts";

function white(N: number, seed: number): Float64Array {
  const stream = randomStream("white", seed);
  return Float64Array.from({ length: N * N }, () => stream.normal());
}

Deno.test("kurtosis() of two values is 1, of a Gaussian 3", () => {
  assertAlmostEquals(kurtosis(Float64Array.of(1, 3, 1, 3)), 1, 1e-12);
  assertAlmostEquals(kurtosis(white(128, 0)), 3, 0.15);
});

Deno.test("waveletKurtoses() is 3 for noise, and large for one spike", () => {
  const { psi } = rectifiedFilters({ N: 64, J: 3, L: 4 });
  for (const value of waveletKurtoses(white(64, 1), 64, psi, 4)) assertAlmostEquals(value, 3, 0.4);
  const spike = new Float64Array(64 * 64);
  spike[5] = 1;
  for (const value of waveletKurtoses(spike, 64, psi, 4)) assert(value > 50);
});

Deno.test("structureFunctions() of a wave follow from its amplitude, and errors scale with it", () => {
  const N = 64;
  const steps = Float64Array.from({ length: N * N }, (_, i) => i % 2);
  // Neighbours in a row differ by 1, all others are equal: half of the differences of lag 1.
  assertEquals(structureFunctions(steps, N).map((row) => row[0]), [0.5, 0.5, 0.5]);
  assertEquals(structureFunctions(steps, N).map((row) => row[1]), [0, 0, 0]);
  const field = structureFunctions(white(N, 2), N);
  const doubled = structureFunctions(white(N, 2).map((value) => 2 * value), N);
  const errors = structureErrors(doubled, field);
  [7, 15, 31].forEach((expected, i) => assertAlmostEquals(errors[i]!, expected, 1e-9));
});

Deno.test("largestCorrelation() finds a shift, and little between independent fields", () => {
  const field = white(32, 3);
  const shifted = field.map((_, i) => 5 - 2 * field[((Math.floor(i / 32) + 3) % 32) * 32 + (i + 9) % 32]!);
  assertAlmostEquals(largestCorrelation(shifted, field, 32), 1, 1e-9);
  assertLess(largestCorrelation(white(32, 4), field, 32), 0.2);
});

Deno.test("channelCorrelations() sees the dependence that correlations of coefficients do not", async () => {
  const web = simulate("zeldovich", 64, randomStream("web", 0));
  using kernel = await CovarianceKernel.start(web, { N: 64, J: 3 }, 1);
  const original = channelCorrelations(kernel.target, kernel);
  const gauss = channelCorrelations(
    kernel.statistics(randomPhases(web, 64, randomStream("phases", 0))),
    kernel,
  );
  assertAlmostEquals(gauss.linear, original.linear, 0.02);
  assertLess(1.5 * gauss.rectified, original.rectified);
});

Deno.test("relativeDeviations() of samples of one field is 0, and its odd part that of its signs", async () => {
  const field = white(32, 5);
  const minus = field.map((value) => -value);
  using kernel = await CovarianceKernel.start(field, { N: 32, J: 2 }, 1);
  const same = relativeDeviations([kernel.target, kernel.target], kernel);
  assertEquals([same.all, same.even, same.odd], [0, 0, 0]);
  const signs = relativeDeviations([kernel.target, kernel.statistics(minus)], kernel);
  assertLess(signs.even, 1e-6);
  assert(signs.odd > 1e-3);
  assertAlmostEquals(signs.all, signs.odd, 1e-3 * signs.odd);
});

Deno.test("rotationAverages() does not see a turn by a quarter", async () => {
  const N = 32;
  // (u, v) -> (-v, u)
  const turned = (field: Float64Array) =>
    field.map((_, i) => field[((N - i % N) % N) * N + Math.floor(i / N)]!);
  const field = simulate("log-normal", N, randomStream("turn", 0));
  // Channels are divided by the deviations of a field whose spectrum does not see the turn either.
  const start = white(N, 8);
  const quarter = turned(start);
  const half = turned(quarter);
  const even = start.map((value, i) => value + quarter[i]! + half[i]! + turned(half)[i]!);
  using kernel = await CovarianceKernel.start(even, { N, J: 2 }, 1);
  const averages = rotationAverages(kernel);
  const here = averages(kernel.statistics(field));
  const there = averages(kernel.statistics(turned(field)));
  assertLess(here.length, kernel.counts.total / 4);
  // Nyquist frequencies, where filters are means over aliases, do not turn with the others.
  here.forEach((value, i) =>
    assertAlmostEquals(Math.exp(there[i]!), Math.exp(value), 1e-3 * Math.exp(value) + 2e-5)
  );
});

Deno.test("spectrumBands() is flat for noise and does not see phases", () => {
  const field = white(64, 6);
  const bands = spectrumBands(field, 64);
  // White noise of variance 1 has the power N N.
  bands.slice(4).forEach((value) => assertAlmostEquals(value, Math.log(64 * 64), 0.7));
  const other = spectrumBands(randomPhases(field, 64, randomStream("phases", 1)), 64);
  bands.forEach((value, i) => assertAlmostEquals(other[i]!, value, 1e-9));
});

Deno.test("ridgeScores() is 1 where a target is linear, and not above 0 where it is noise", () => {
  const stream = randomStream("ridge", 0);
  const rows = Array.from({ length: 150 }, () => Float64Array.from({ length: 200 }, () => stream.normal()));
  const low = rows.map((row) => Float64Array.of(row[0]!, row[1]!, row[2]!));
  const targets = rows.map((row) => [2 * row[0]! - row[1]! + 5, stream.normal()]);
  const [linear, noise] = ridgeScores(low, targets, 100);
  assertAlmostEquals(linear!, 1, 1e-4);
  assertLess(noise!, 0.1);
  assertLess(ridgeScores(rows, targets, 100)[1]!, 0.2);
});

Deno.test("sampleFamily() gives as many parameters as it names, and the same ones again", () => {
  for (const name of families) {
    const { field, parameters } = sampleFamily(name, 16, randomStream("family", 3));
    assertEquals(parameters.length, parametersOf[name].length);
    assertEquals(sampleFamily(name, 16, randomStream("family", 3)).field, field);
    assert(field.every(Number.isFinite));
  }
});

Deno.test("fields are cut, halved and standardised", () => {
  const field = Float64Array.from({ length: 16 }, (_, i) => i);
  assertEquals([...crop(field, 4, 1, 2, 2)], [6, 7, 10, 11]);
  assertEquals([...halved(field, 4)], [2.5, 4.5, 10.5, 12.5]);
  const found = standardised(field);
  assertAlmostEquals(found.reduce((sum, value) => sum + value * value, 0) / 16, 1, 1e-12);
  assertEquals(textureField(white(32, 7), 32).length, 256);
});
