import { assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import { countMistakes } from "../../../src/classify/mistakes.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import {
  dot,
  equalDirection,
  extremeDirections,
  randomCovariance,
  randomRotation,
  sampleGaussian,
  varianceAlong,
} from "./covariances.ts";
import { fisherClassifier, momentsOf } from "./fisher_classifier.ts";
import { bestAffine, separateClasses } from "./separate_classes.ts";

const first = randomCovariance(8, randomStream("covariance test", 1));
const second = randomCovariance(8, randomStream("covariance test", 2));

Deno.test("randomRotation() has orthonormal rows", () => {
  const rows = randomRotation(6, randomStream("rotation test", 0));
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 6; j++) {
      assertAlmostEquals(
        dot(rows.subarray(6 * i, 6 * i + 6), rows.subarray(6 * j, 6 * j + 6)),
        i === j ? 1 : 0,
        1e-14,
      );
    }
  }
});

Deno.test("extremeDirections() bounds the ratio of the variances along every vector", () => {
  const { largest, least } = extremeDirections(first, second);
  for (const { w, ratio } of [largest, least]) {
    assertAlmostEquals(varianceAlong(second, w), 1, 1e-12);
    assertAlmostEquals(varianceAlong(first, w), ratio, 1e-11);
  }
  const stream = randomStream("direction test", 0);
  for (let i = 0; i < 200; i++) {
    const w = Float64Array.from({ length: 8 }, () => stream.normal());
    const ratio = varianceAlong(first, w) / varianceAlong(second, w);
    assertLess(ratio, largest.ratio + 1e-9);
    assertLess(least.ratio - 1e-9, ratio);
  }
});

Deno.test("equalDirection() finds unit vectors along which both variances are equal", () => {
  const stream = randomStream("direction test", 1);
  for (let i = 0; i < 20; i++) {
    const w = equalDirection(first, second, stream);
    assertAlmostEquals(dot(w, w), 1, 1e-12);
    assertAlmostEquals(varianceAlong(first, w), varianceAlong(second, w), 1e-10);
  }
});

Deno.test("fisherClassifier() solves for the difference of the means, also of the first values alone", () => {
  const means = [Float64Array.of(1, 2, 9), Float64Array.of(0, 0, 0)] as const;
  const within = Float64Array.of(2, 1, 0, 0, 3, 0, 0, 0, 1);
  const { w, threshold } = fisherClassifier({ dimension: 3, means, within }, 2);
  for (const [k, value] of [0.2, 0.6].entries()) assertAlmostEquals(w[k]!, value, 1e-14);
  assertAlmostEquals(threshold, 0.7, 1e-14);
  const singular = {
    dimension: 1,
    means: [Float64Array.of(1), Float64Array.of(0)] as const,
    within: Float64Array.of(0),
  };
  assertThrows(() => fisherClassifier(singular, 1), RangeError, "positive definite");
});

Deno.test("momentsOf() has the means and the mean covariance of both classes", () => {
  const { means, within } = momentsOf({
    dimension: 2,
    samples: [Float64Array.of(0, 0, 2, 2), Float64Array.of(5, 1, 5, 3)],
  });
  assertAlmostEquals(dot(means[0], means[1]), 7, 1e-12);
  for (const [i, value] of [0.5, 0.5, 0, 1].entries()) assertAlmostEquals(within[i]!, value, 1e-12);
});

Deno.test("sampleGaussian() has the variances of its covariance", () => {
  const count = 20_000;
  const samples = sampleGaussian(first, count, randomStream("sample test", 0));
  const { w } = extremeDirections(first, second).largest;
  let squares = 0;
  for (let at = 0; at < samples.length; at += 8) squares += dot(w, samples.subarray(at, at + 8)) ** 2;
  const variance = varianceAlong(first, w);
  assertLess(Math.abs(squares / count / variance - 1), 4 * Math.sqrt(2 / count));
});

Deno.test("separateClasses() reaches the closed forms of the affine error and of the means", () => {
  const test = 5000;
  const found = separateClasses({ seed: 0, train: 5000, test, rows: [16, 64] }, randomStream);
  const share = countMistakes(found.affine) / (2 * test);
  assertLess(Math.abs(share - found.affineError), 4 * Math.sqrt(0.25 / (2 * test)));
  // The relative deviation of one of 128 means of a rectified normal is (pi - 1)^(1/2) / 5000^(1/2).
  assertLess(found.meanError, 4.5 * Math.sqrt((Math.PI - 1) / 5000));
  assertLess(countMistakes(found.bayes), countMistakes(found.relu[1]!.mistakes));
});

Deno.test("bestAffine() is at chance for equal covariances alone", () => {
  assertAlmostEquals(bestAffine(first, second).error, 0.4, 0.06);
  const nearlyFirst = { ...first, variances: first.variances.map((v, i) => v * (i === 0 ? 1.001 : 1)) };
  assertAlmostEquals(bestAffine(nearlyFirst, first).error, 0.5, 1e-3);
});
