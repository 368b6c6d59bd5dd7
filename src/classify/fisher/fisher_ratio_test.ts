import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { LabelledFeatures } from "../labelled_features.ts";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { classFeatures } from "./class_features.ts";
import { fisherRatio } from "./fisher_ratio.ts";
import { shuffledLabels } from "./shuffled_labels.ts";

/** Normal rows around class means that are a class apart along the first feature. */
function blobs(counts: readonly number[], dimension: number, seed: number): LabelledFeatures {
  const stream = randomStream("blobs", seed);
  const labels = Uint8Array.from(counts.flatMap((count, label) => new Array<number>(count).fill(label)));
  const features = Float32Array.from({ length: labels.length * dimension }, (_, i) => {
    const shift = i % dimension === 0 ? labels[Math.floor(i / dimension)]! : 0;
    return shift + stream.normal() * (1 + i % dimension);
  });
  return { features, dimension, labels, classes: counts.length };
}

/** The same ratio by the definition: sums in plain order, Gaussian elimination with partial pivoting. */
function byDefinition({ features, dimension: d, labels, classes }: LabelledFeatures): number {
  const rows = Array.from(labels.keys(), (row) => Array.from(features.subarray(row * d, (row + 1) * d)));
  const meanOf = (of: number[][]) =>
    Array.from({ length: d }, (_, k) => of.reduce((sum, row) => sum + row[k]!, 0) / of.length);
  const groups = Array.from({ length: classes }, (_, label) => rows.filter((_, i) => labels[i] === label));
  const means = groups.map(meanOf);
  const mean = meanOf(means);
  const deviations = means.map((own) => own.map((value, k) => value - mean[k]!));
  // [Sigma_W | deviations]
  const matrix = Array.from({ length: d }, (_, i) => [
    ...Array.from({ length: d }, (_, j) =>
      groups.reduce((sum, group, label) => {
        const m = means[label]!;
        const products = group.reduce((s, row) => s + (row[i]! - m[i]!) * (row[j]! - m[j]!), 0);
        return sum + products / group.length / classes;
      }, 0)),
    ...deviations.map((deviation) => deviation[i]!),
  ]);
  for (let i = 0; i < d; i++) {
    const pivot = matrix.slice(i).reduce(
      (best, row, k) => Math.abs(row[i]!) > Math.abs(matrix[best]![i]!) ? i + k : best,
      i,
    );
    [matrix[i], matrix[pivot]] = [matrix[pivot]!, matrix[i]!];
    for (let j = 0; j < d; j++) {
      if (j === i) continue;
      const factor = matrix[j]![i]! / matrix[i]![i]!;
      matrix[j] = matrix[j]!.map((value, k) => value - factor * matrix[i]![k]!);
    }
  }
  return deviations.reduce(
    (sum, deviation, label) =>
      sum + deviation.reduce((s, value, i) => s + value * matrix[i]![d + label]! / matrix[i]![i]!, 0),
    0,
  ) / classes;
}

Deno.test("fisherRatio()", async (t) => {
  const bits: number[][] = [];
  for (const threads of [1, 2]) {
    const backend = await startBackend({ threads });

    await t.step(`of two Gaussians is m' Sigma^-1 m, their means +-m: ${threads} threads`, () => {
      // Points +-sqrt(d) sigma_k e_k around the mean have exactly the covariance diag(sigma^2).
      const [sigma, m] = [[1, 2, 4], [3, 1, -2]];
      const points = [0, 1, 2].flatMap((k) =>
        [-1, 1].map((sign) => [0, 1, 2].map((i) => i === k ? sign * Math.sqrt(3) * sigma[k]! : 0))
      );
      const rows = [-1, 1].flatMap((side) =>
        points.map((point) => point.map((value, k) => value + side * m[k]!))
      );
      const data = {
        features: Float32Array.from(rows.flat()),
        dimension: 3,
        labels: Uint8Array.from(rows.keys(), (row) => row < 6 ? 0 : 1),
        classes: 2,
      };
      const { ratio, unbiased, rank, n, d } = fisherRatio(classFeatures(data));
      assertAlmostEquals(ratio, 9 / 1 + 1 / 4 + 4 / 16, 1e-5); // float32 points
      assertAlmostEquals(unbiased, 2 * ratio, 1e-12);
      assertEquals([rank, n, d], [3, 12, 3]);
    });

    await t.step(`is that of the definition, classes of different sizes included: ${threads} threads`, () => {
      const data = blobs([30, 7, 55], 6, 1);
      const { ratio, discriminants: _, ...rest } = fisherRatio(classFeatures(data));
      assertAlmostEquals(ratio, byDefinition(data), 1e-12 * ratio);
      bits.push([ratio, ...Object.values(rest)]);
    });
    backend.dispose();
  }
  assertEquals(bits[0], bits[1]);
});

Deno.test("fisherRatio() on features that depend on each other", async (t) => {
  const backend = await startBackend({ threads: 2 });
  const data = blobs([40, 40], 4, 2);
  const { ratio } = fisherRatio(classFeatures(data));
  const extended = (more: (row: Float32Array, label: number) => number[]): LabelledFeatures => {
    const rows = Array.from(data.labels, (label, i) => {
      const row = data.features.subarray(4 * i, 4 * i + 4);
      return [...row, ...more(row, label)];
    });
    return { ...data, features: Float32Array.from(rows.flat()), dimension: rows[0]!.length };
  };

  await t.step("leaves out constant and repeated ones, and says the rank", () => {
    const found = fisherRatio(classFeatures(extended((row) => [-0.42, row[1]!, 0])));
    assertEquals(found.rank, 4);
    assertAlmostEquals(found.ratio, ratio, 1e-9);
    assertLess(found.outside, 1e-12);
  });

  await t.step(
    "gives no infinite number where a constant of each class tells them apart, but says so",
    () => {
      const found = fisherRatio(classFeatures(extended((_, label) => [label])));
      assertEquals(found.rank, 4);
      assertAlmostEquals(found.ratio, ratio, 1e-9);
      assert(found.outside > 0.1, `${found.outside}`);
    },
  );

  await t.step("does not depend on the coordinates", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 6, maxLength: 6 }), (shear) => {
        // A triangular map with ones on the diagonal.
        const mapped = data.features.map((_, i) => {
          const [row, k] = [i - i % 4, i % 4];
          let value = data.features[i]!;
          for (let j = 0; j < k; j++) value += shear[k * (k - 1) / 2 + j]! * data.features[row + j]!;
          return value;
        });
        assertAlmostEquals(
          fisherRatio(classFeatures({ ...data, features: mapped })).ratio,
          ratio,
          1e-3 * ratio,
        );
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  await t.step("throws where a class is missing, or rows of a class do not differ", () => {
    const wrong = (change: Partial<LabelledFeatures>) => () =>
      fisherRatio(classFeatures({ ...data, ...change }));
    assertThrows(wrong({ classes: 3 }), RangeError, "class 2 has none");
    assertThrows(wrong({ features: new Float32Array(4 * 80) }), RangeError, "its rank is 0");
    assertThrows(wrong({ features: new Float32Array(4 * 80).fill(NaN) }), RangeError, "not finite");
  });
  backend.dispose();
});

Deno.test("fisherRatio() of shuffled labels is what finite samples give", async () => {
  const backend = await startBackend({ threads: 2 });
  const [n, d, classes] = [2000, 500, 10];
  const stream = randomStream("noise", 1);
  const data = {
    features: Float32Array.from({ length: n * d }, () => stream.normal()),
    dimension: d,
    labels: Uint8Array.from({ length: n }, (_, i) => i % classes),
    classes,
  };
  const { ratio } = fisherRatio(classFeatures(shuffledLabels(data, randomStream("shuffle", 1))));
  // (C - 1) d / n of the means, and the inverse of a sample covariance is 1 / (1 - d / n) too large; CIFAR-10: 3.99.
  assertAlmostEquals(ratio, (classes - 1) * (d / n) / (1 - d / n), 0.1);
  backend.dispose();
});

Deno.test("discriminants have within-class variance 1, no correlation, and the whole ratio between them", async () => {
  const backend = await startBackend({ threads: 1 });
  const data = blobs([50, 50, 50], 5, 3);
  const { ratio, discriminants } = fisherRatio(classFeatures(data));
  const along = discriminants.directions(2).map((direction) =>
    Array.from(
      data.labels.keys(),
      (row) => direction.reduce((sum, weight, k) => sum + weight * data.features[row * 5 + k]!, 0),
    )
  );
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = along.map((values) =>
    [0, 1, 2].map((label) => meanOf(values.slice(50 * label, 50 * (label + 1))))
  );
  const within = (a: number, b: number) =>
    meanOf(Array.from(data.labels, (label, row) => {
      return (along[a]![row]! - means[a]![label]!) * (along[b]![row]! - means[b]![label]!);
    }));
  assertAlmostEquals(within(0, 0), 1, 1e-9);
  assertAlmostEquals(within(1, 1), 1, 1e-9);
  assertAlmostEquals(within(0, 1), 0, 1e-9);
  const between = means.map((own) => meanOf(own.map((value) => (value - meanOf(own)) ** 2)));
  assertAlmostEquals(between[0]! + between[1]!, ratio, 1e-9);
  assert(between[0]! > between[1]!);
  backend.dispose();
});
