import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { readNpy } from "../data/readers/npy/read_npy.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { autocorrelationsAlone } from "./covariance_options.ts";
import { countStatistics, covariancePairs } from "./covariance_pairs.ts";
import { rectifiedCovariances } from "./rectified_covariances.ts";
import { largestDifference, waveAndResidues, wavesAndDisc } from "./test_fields.ts";

const options = { N: 32, J: 3, L: 4, dj: 2 };
const covariances = rectifiedCovariances(wavesAndDisc(32), options);

function reference(name: string): Float64Array {
  const bytes = Deno.readFileSync(new URL(`testdata/${name}.npy`, import.meta.url));
  return readNpy(bytes).data as Float64Array;
}

Deno.test("rectifiedCovariances() gives the statistics of independent code", () => {
  assertLess(largestDifference(covariances.target, reference("S_x0_32")), 1e-13);
  assertLess(largestDifference(covariances.statistics(waveAndResidues(32)), reference("S_x_32")), 1e-12);
  assertAlmostEquals(covariances.targetNorm, 56.581723023635135, 1e-12);
  assertAlmostEquals(covariances.loss(waveAndResidues(32)), 2338.257445912553, 1e-9);
});

Deno.test("rectifiedCovariances() counts as the pilot does, and as it says", () => {
  assertEquals(countStatistics({ J: 3, L: 4, dj: 2 }), { C: 1352, M: 26, Q: 113, total: 1491 });
  assertEquals(countStatistics({ J: 5, L: 4, dj: 1 }).total, 2219);
  assertEquals(countStatistics({ J: 5, L: 4, dj: 2 }).total, 2987);
  assertEquals(covariances.target.length, covariances.counts.total);
  assertEquals(covariances.pairs, covariancePairs({ J: 3, L: 4, dj: 2 }));
});

Deno.test("loss() gives the gradient of independent code, but for its mean", () => {
  const gradient = new Float64Array(1024);
  covariances.loss(waveAndResidues(32), gradient);
  const expected = reference("grad_x_32");
  const withoutMean = (values: Float64Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  assertLess(largestDifference(withoutMean(gradient), withoutMean(expected)), 1e-11);
});

for (
  const [name, weights] of [["all statistics", undefined], [
    "autocorrelations",
    autocorrelationsAlone,
  ]] as const
) {
  Deno.test(`loss() gives the gradient that differences tell: ${name}`, () => {
    const field = waveAndResidues(32);
    const gradient = new Float64Array(1024);
    covariances.loss(field, gradient, weights);
    const stream = randomStream("directions", 0);
    const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
    // Also along a constant, which only the rectified field itself sees.
    const directions = [
      field.map(() => 1),
      ...[1, 2, 3].map(() => field.map(() => stream.normal())),
    ];
    for (const direction of directions) {
      const at = (step: number) =>
        covariances.loss(field.map((value, i) => value + step * direction[i]!), undefined, weights);
      const h = 1e-5;
      const difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      const product = gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0);
      assertLess(Math.abs(difference - product) / (norm * Math.sqrt(1024)), 1e-7);
    }
  });
}

Deno.test("statistics() does not see where a field begins", () => {
  const field = waveAndResidues(32);
  const shifted = field.map((_, i) => field[((Math.floor(i / 32) + 5) % 32) * 32 + (i + 11) % 32]!);
  assertLess(largestDifference(covariances.statistics(field), covariances.statistics(shifted)), 1e-12);
});

Deno.test("statistics() of minus a field are those of the opposite phases", () => {
  const field = waveAndResidues(32);
  const there = covariances.statistics(field);
  const opposite = covariances.statistics(field.map((value) => -value));
  const place = (i: number, j: number) => covariances.pairs.findIndex(([a, b]) => a === i && b === j);
  for (const [i, j] of [[0, 5], [3, 12], [1, 1], [2, 17]] as const) {
    const turned = [(i + 24) % 48, (j + 24) % 48].sort((a, b) => a - b);
    assertAlmostEquals(opposite[place(i, j)]!, there[place(turned[0]!, turned[1]!)]!, 1e-12);
  }
  assert(there[place(0, 5)] !== opposite[place(0, 5)]);
});

Deno.test("statistics() holds the variance of every channel in its autocorrelation and in its phases", () => {
  const first = covariances.counts.C + covariances.counts.M;
  for (let lambda = 0; lambda < 12; lambda++) {
    assertAlmostEquals(covariances.target[first + 9 * lambda]!, 1, 1e-12);
  }
  const variance = [0, 12, 24, 36].reduce(
    (sum, channel) =>
      sum + covariances.target[covariances.pairs.findIndex(([i, j]) => i === channel && j === channel)]!,
    0,
  );
  assertAlmostEquals(variance, 1, 1e-12);
});

Deno.test("rectifiedCovariances() refuses what it cannot be divided by, and other sizes", () => {
  const constant = new Float64Array(1024).fill(3);
  assertThrows(() => rectifiedCovariances(constant, options), RangeError, "a field must vary at every scale");
  const wave = constant.map((_, i) => Math.sin(2 * Math.PI * i / 32));
  assertThrows(() => rectifiedCovariances(wave, options), RangeError, "a field must vary at every scale");
  assertThrows(() => rectifiedCovariances(constant.slice(1), options), RangeError, "N N = 1024 values");
  assertThrows(() => rectifiedCovariances(constant.map(() => NaN), options), RangeError, "must vary");
  assertThrows(() => rectifiedCovariances(constant, { N: 32, dj: -1 }), RangeError, "dj must be");
});
