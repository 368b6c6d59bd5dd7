import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { errorSlope, termCounts, windows } from "./rates.ts";
import { squaredFourierCoefficients } from "./real_fourier.ts";
import { countForShare, tailEnergies } from "./sorted_energy.ts";
import { squaredWaveletCoefficients } from "./wavelet_scales.ts";

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

const noise = (() => {
  const stream = randomStream("bases test", 0);
  return Float64Array.from({ length: 256 }, () => stream.normal());
})();

Deno.test("squaredFourierCoefficients() keeps the energy, and takes one coefficient for a cosine at a frequency of its own", () => {
  assertAlmostEquals(sum(squaredFourierCoefficients(noise, 16)), sum(noise.map((x) => x * x)), 1e-11);
  const wave = Float64Array.from(
    { length: 256 },
    (_, i) => Math.cos(2 * Math.PI * (3 * Math.floor(i / 16) + 5 * i) / 16),
  );
  const squares = squaredFourierCoefficients(wave, 16).sort();
  assertAlmostEquals(squares[255]!, 128, 1e-10);
  assertAlmostEquals(squares[254]!, 0, 1e-20);
});

Deno.test("squaredWaveletCoefficients() divides the energy among the scales and 4 x 4 coarse coefficients", () => {
  const { squares, ofScale } = squaredWaveletCoefficients(noise, 16, "db2");
  assertEquals([2, 3].map((j) => ofScale(j).length), [48, 192]);
  const coarse = squares.filter((_, i) => i % 16 < 4 && i < 4 * 16);
  assertAlmostEquals(sum(ofScale(2)) + sum(ofScale(3)) + sum(coarse), sum(noise.map((x) => x * x)), 1e-11);
});

Deno.test("tailEnergies() sums what the n largest leave, and countForShare() says how many hold a share", () => {
  assertEquals(tailEnergies(Float64Array.of(4, 1, 8, 2), [0, 1, 3, 4]), [15, 7, 1, 0]);
  assertEquals([0.5, 0.54, 0.9].map((share) => countForShare(Float64Array.of(4, 1, 8, 2), share)), [1, 2, 3]);
});

Deno.test("errorSlope() finds the exponent of a power law inside its window alone", () => {
  const counts = termCounts(256);
  assertEquals([counts[0], counts.at(-1), counts.includes(256), new Set(counts).size], [
    8,
    1024,
    true,
    counts.length,
  ]);
  const errors = counts.map((n) => ({ n, error: n <= 256 ? 3 / n : 1e-9 }));
  assertAlmostEquals(errorSlope(errors, windows.wavelets(256)), -1, 1e-12);
});
