import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { gaussLegendre } from "./gauss_legendre.ts";
import { identityError, rectifiedMean, varianceAlong } from "./mean_identity.ts";
import { normalDensity, normalTail } from "./normal_distribution.ts";
import { boundRatio, worstMean } from "./oracle_bound.ts";
import { classMoments, softMoments, universalThreshold } from "./soft_threshold.ts";

Deno.test("normalTail() has the tabulated values, and no step where series and fraction meet", () => {
  // Abramowitz & Stegun, Table 26.1 and 26.2.
  assertAlmostEquals(normalTail(1), 0.15865525393145707, 1e-15);
  assertAlmostEquals(normalTail(5) / 2.866515718791939e-7, 1, 1e-13);
  assertAlmostEquals(normalTail(10) / 7.61985302416052e-24, 1, 1e-13);
  assertAlmostEquals(normalTail(-2), 0.9772498680518208, 1e-15);
  assertAlmostEquals(normalTail(3 - 1e-13) / normalTail(3), 1, 1e-12);
});

Deno.test("gaussLegendre() integrates polynomials up to its degree, and a Gaussian", () => {
  const integral = (count: number, f: (x: number) => number) => {
    const { nodes, weights } = gaussLegendre(count);
    return nodes.reduce((sum, node, i) => sum + weights[i]! * f(node), 0);
  };
  for (let degree = 0; degree < 10; degree++) {
    assertAlmostEquals(integral(5, (x) => x ** degree), degree % 2 === 0 ? 2 / (degree + 1) : 0, 1e-14);
  }
  assertAlmostEquals(integral(64, (x) => 6 * normalDensity(6 * x)), 1 - 2 * normalTail(6), 1e-14);
});

Deno.test("softMoments() are the integrals that define them", () => {
  fc.assert(fc.property(
    fc.double({ min: -6, max: 6, noNaN: true }),
    fc.double({ min: 0, max: 4, noNaN: true }),
    (mu, threshold) => {
      const soft = (z: number) => Math.sign(z) * Math.max(Math.abs(z) - threshold, 0);
      // Both kinks are ends of a piece.
      const ends = [mu - 12, -threshold, threshold, mu + 12].sort((a, b) => a - b);
      const { nodes, weights } = gaussLegendre(80);
      const expectation = (f: (z: number) => number) =>
        ends.slice(1).reduce((sum, to, i) => {
          const half = (to - ends[i]!) / 2;
          return sum +
            nodes.reduce((piece, node, k) => {
              const z = ends[i]! + half * (1 + node);
              return piece + half * weights[k]! * f(z) * normalDensity(z - mu);
            }, 0);
        }, 0);
      const { mean, variance, risk } = softMoments(mu, threshold);
      assertAlmostEquals(mean, expectation(soft), 1e-11);
      assertAlmostEquals(variance, expectation((z) => (soft(z) - mean) ** 2), 1e-10);
      assertAlmostEquals(risk, expectation((z) => (soft(z) - mu) ** 2), 1e-10);
    },
  ));
});

Deno.test("softMoments() are those of samples", () => {
  const stream = randomStream("soft test", 0);
  const samples = Array.from({ length: 20_000 }, () => {
    const z = 2 + stream.normal();
    return Math.sign(z) * Math.max(Math.abs(z) - 1.5, 0);
  });
  const average = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const { mean, variance } = softMoments(2, 1.5);
  assertLess(Math.abs(average - mean), 4 * Math.sqrt(variance / samples.length));
});

Deno.test("classMoments() weighs the coordinates of a class", () => {
  const { kept, variance } = classMoments(Float64Array.of(50, 0, 0, 0), 5);
  assertAlmostEquals(kept, 0.9, 1e-12);
  assertAlmostEquals(variance, (1 + 3 * softMoments(0, 5).variance) / 4, 1e-12);
});

Deno.test("worstMean() finds d / (d + 1), and nothing worse among means that differ from coordinate to coordinate", () => {
  for (const d of [1, 2, 7, 100]) {
    assertAlmostEquals(worstMean(d, universalThreshold(d)).ratio, d === 1 ? 1 : d / (d + 1), 1e-9);
  }
  const mu = fc.double({ min: -8, max: 8, noNaN: true });
  fc.assert(fc.property(fc.array(mu, { minLength: 2, maxLength: 12 }), (means) => {
    const d = means.length;
    const threshold = universalThreshold(d);
    const risk = means.reduce((sum, value) => sum + softMoments(value, threshold).risk, 0);
    const oracle = 1 + means.reduce((sum, value) => sum + Math.min(value * value, 1), 0);
    assert(risk / ((2 * Math.log(d) + 1) * oracle) <= worstMean(d, threshold).ratio + 1e-9);
  }));
  assertEquals(boundRatio(1, 0, 0), 1);
});

Deno.test("rectifiedMean() is right for every covariance and direction, and wrong of another covariance", () => {
  const deviation = fc.double({ min: 0.1, max: 10, noNaN: true });
  const part = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      deviation,
      deviation,
      fc.double({ min: -0.99, max: 0.99, noNaN: true }),
      part,
      part,
      (a, b, correlation, v, w) => {
        fc.pre(Math.hypot(v, w) > 0.01);
        const covariance = { deviations: [a, b] as const, correlation };
        const variance = varianceAlong(covariance, [v, w]);
        assertLess(identityError(rectifiedMean(covariance, [v, w]), variance), 1e-11);
        assert(identityError(rectifiedMean(covariance, [v, w]), 1.01 * variance) > 0.004);
      },
    ),
    { numRuns: 30 },
  );
});
