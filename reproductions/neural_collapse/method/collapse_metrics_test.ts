import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { classFeatures } from "../../../src/classify/fisher/class_features.ts";
import { fisherRatio } from "../../../src/classify/fisher/fisher_ratio.ts";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { classMeans, geometry, variability } from "./collapse_metrics.ts";

/** Rows of features, each class about its own mean. */
function featuresAbout(
  means: readonly (readonly number[])[],
  { perClass, deviation }: { readonly perClass: number; readonly deviation: number },
): LabelledFeatures {
  const stream = randomStream("features", 1);
  const dimension = means[0]!.length;
  const rows = means.flatMap((mean, label) =>
    Array.from({ length: perClass }, () => ({
      label,
      values: mean.map((value) => value + deviation * stream.normal()),
    }))
  );
  return {
    features: Float32Array.from(rows.flatMap(({ values }) => values)),
    dimension,
    labels: Uint8Array.from(rows, ({ label }) => label),
    classes: means.length,
  };
}

/** Corners of a simplex, as unit vectors less their mean. */
function simplex(classes: number, dimension: number): number[][] {
  return Array.from(
    { length: classes },
    (_, c) =>
      Array.from({ length: dimension }, (_, k) => (k === c ? 1 : 0) - (k < classes ? 1 / classes : 0)),
  );
}

Deno.test("variability() has a closed form on two classes of two rows", () => {
  // Means -3 and 3, variances 1: Sigma_B = 9, Sigma_W = 1.
  const data = {
    features: Float32Array.of(-4, -2, 2, 4),
    dimension: 1,
    labels: Uint8Array.of(0, 0, 1, 1),
    classes: 2,
  };
  const { nc1, fisher } = variability(data, classMeans(data));
  assertAlmostEquals(nc1, 1 / 9, 1e-14);
  assertAlmostEquals(fisher, 9, 1e-13);
});

Deno.test("variability() does not depend on classes of other sizes, nor on directions that class means do not have", () => {
  const data = {
    // The second class has its two rows twice; the second feature is the same for all means.
    features: Float32Array.of(-4, 7, -2, -7, 2, 9, 4, -9, 2, 9, 4, -9),
    dimension: 2,
    labels: Uint8Array.of(0, 0, 1, 1, 1, 1),
    classes: 2,
  };
  const { nc1, fisher } = variability(data, classMeans(data));
  assertAlmostEquals(nc1, 1 / 9, 1e-14);
  assertAlmostEquals(fisher, 9, 1e-13);
});

Deno.test("variability() is the ratio over all directions where there are no others, and obeys Cauchy and Schwarz", async () => {
  const backend = await startBackend({ threads: 1 });
  try {
    // Three classes in a plane: both directions are those of the class means.
    const plane = featuresAbout([[0, 1], [2, -1], [-1, -2]], { perClass: 40, deviation: 0.5 });
    const { nc1, fisher } = variability(plane, classMeans(plane));
    const whole = fisherRatio(classFeatures(plane)).ratio;
    assertAlmostEquals(fisher / whole, 1, 1e-10);
    assert(nc1 * fisher >= 4);
    const space = featuresAbout([[0, 1, 0, 0], [2, -1, 0, 0], [-1, -2, 0, 0]], {
      perClass: 40,
      deviation: 0.5,
    });
    const inSpace = variability(space, classMeans(space)).fisher;
    assert(inSpace < fisherRatio(classFeatures(space)).ratio);
  } finally {
    backend.dispose();
  }
});

Deno.test("variability() scales as the square of deviations", () => {
  const means = simplex(10, 12);
  const [near, far] = [1e-3, 1e-2].map((deviation) => {
    const data = featuresAbout(means, { perClass: 30, deviation });
    return variability(data, classMeans(data));
  });
  assertAlmostEquals(far!.nc1 / near!.nc1, 100, 0.1);
  assertAlmostEquals(near!.fisher / far!.fisher, 100, 0.1);
});

Deno.test("variability() refuses classes without rows, means on a line and features without scatter", () => {
  const data = (features: number[], labels: number[], classes: number) => ({
    features: Float32Array.from(features),
    dimension: 2,
    labels: Uint8Array.from(labels),
    classes,
  });
  const measure = (given: LabelledFeatures) => variability(given, classMeans(given));
  assertThrows(() => measure(data([1, 2], [0], 2)), RangeError, "class 1 has none");
  const onLine = data([0, 0, 1, 1, 2, 2], [0, 1, 2], 3);
  assertThrows(() => measure(onLine), RangeError, "they span 1");
  assertThrows(() => measure(data([0, 0, 1, 2], [0, 1], 2)), RangeError, "the least variance is 0");
});

Deno.test("geometry() is 0 on a simplex whose classifiers are its class means", () => {
  const deviations = simplex(4, 6).map((row) => Float64Array.from(row));
  const weights = new Float64Array(6 * 4);
  for (const [c, deviation] of deviations.entries()) {
    for (const [k, value] of deviation.entries()) weights[k * 4 + c] = 5 * value;
  }
  for (const value of Object.values(geometry({ deviations }, { weights, bias: [] }))) {
    assertAlmostEquals(value, 0, 1e-14);
  }
});

Deno.test("geometry() tells lengths, angles and classifiers apart", () => {
  const deviations = [[2, 0], [-1, 0], [-1, 0]].map((row) => Float64Array.from(row));
  // Classifiers (0, 1), (0, 1), (0, 1).
  const found = geometry({ deviations }, { weights: [0, 0, 0, 1, 1, 1], bias: [] });
  // Lengths 2, 1, 1: mean 4/3, standard deviation sqrt(2)/3.
  assertAlmostEquals(found.covMeans, Math.SQRT2 / 4, 1e-14);
  assertAlmostEquals(found.covClassifiers, 0, 1e-14);
  // Cosines -1, -1, 1 against -1/2; of classifiers 1 three times.
  assertAlmostEquals(found.coherenceMeans, (0.5 + 0.5 + 1.5) / 3, 1e-14);
  assertAlmostEquals(found.coherenceClassifiers, 1.5, 1e-14);
  // Two orthogonal matrices of norm 1.
  assertAlmostEquals(found.nc3, 2, 1e-14);
});
