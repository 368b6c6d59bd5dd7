import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { symmetricEigen } from "../numeric/linalg/symmetric_eigen.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { classifyAffinePca, countAffinePcaErrors, fitAffinePca } from "./affine_pca.ts";
import { chooseDirections } from "./choose_directions.ts";
import type { AffineSpace } from "./class_products.ts";
import type { LabelledFeatures } from "./labelled_features.ts";

/** Classes along a few directions of their own, in decreasing lengths, around means of their own; some noise. */
function bundles(count: number, classes: number, dimension: number, axes: number): LabelledFeatures {
  const stream = randomStream("bundles", 1);
  const normals = (length: number) => Float64Array.from({ length }, () => stream.normal());
  const means = normals(classes * dimension);
  const directions = normals(classes * axes * dimension);
  const features = new Float32Array(count * dimension);
  const labels = Uint8Array.from({ length: count }, (_, row) => row % classes);
  for (const [row, label] of labels.entries()) {
    const lengths = normals(axes).map((length, i) => length / (1 + i));
    for (let k = 0; k < dimension; k++) {
      let value = means[label * dimension + k]! + 0.1 * stream.normal();
      for (let i = 0; i < axes; i++) {
        value += lengths[i]! * directions[(label * axes + i) * dimension + k]!;
      }
      features[row * dimension + k] = value;
    }
  }
  return { features, dimension, labels, classes };
}

/** Mean and eigenvectors of the covariance of a class in float64, in the plain order. */
function referenceSpace({ features, dimension, labels }: LabelledFeatures, label: number) {
  const rows = Array.from(labels.keys()).filter((row) => labels[row] === label)
    .map((row) => Float64Array.from(features.subarray(row * dimension, (row + 1) * dimension)));
  const mean = new Float64Array(dimension);
  for (const row of rows) for (let k = 0; k < dimension; k++) mean[k]! += row[k]! / rows.length;
  const covariance = new Float64Array(dimension * dimension);
  for (const row of rows) {
    for (let i = 0; i < dimension; i++) {
      for (let j = 0; j < dimension; j++) {
        covariance[i * dimension + j]! += (row[i]! - mean[i]!) * (row[j]! - mean[j]!);
      }
    }
  }
  return { mean, ...symmetricEigen(covariance, dimension) };
}

/** Sine of the largest angle between the spans of the first d rows of a and b, at most; Frobenius norm. */
function sine(a: ArrayLike<number>, b: ArrayLike<number>, d: number, dimension: number): number {
  let squares = 0;
  for (let i = 0; i < d; i++) {
    const rest = Array.from({ length: dimension }, (_, k) => a[i * dimension + k]!);
    for (let j = 0; j < d; j++) {
      let product = 0;
      for (let k = 0; k < dimension; k++) product += a[i * dimension + k]! * b[j * dimension + k]!;
      for (let k = 0; k < dimension; k++) rest[k]! -= product * b[j * dimension + k]!;
    }
    squares += rest.reduce((sum, value) => sum + value * value, 0);
  }
  return Math.sqrt(squares);
}

Deno.test("fitAffinePca() says that no backend runs, and what to do", () => {
  const data = { features: new Float32Array(4), dimension: 1, labels: Uint8Array.of(0, 0, 1, 1), classes: 2 };
  assertThrows(() => fitAffinePca(data, 1), Error, "none runs; call startBackend() first");
});

Deno.test("affine PCA", async (t) => {
  const backend = await startBackend({ threads: 2 });
  // By products of rows, by products of features, and with a Krylov basis smaller than either.
  for (const [count, dimension, directions] of [[60, 90, 12], [400, 40, 12], [600, 320, 20]] as const) {
    const data = bundles(count, 2, dimension, 6);
    const spaces = fitAffinePca(data, directions);

    await t.step(`fitAffinePca() of ${count} rows of ${dimension} agrees with a dense solver`, () => {
      for (const [label, space] of spaces.entries()) {
        const { mean, values, vectors } = referenceSpace(data, label);
        // Float32 rounding of the rows around their mean.
        for (let k = 0; k < dimension; k++) assertAlmostEquals(space.mean[k]!, mean[k]!, 1e-6);
        let compared = 0;
        for (let d = 1; d <= directions; d++) {
          assertAlmostEquals(space.variances[d - 1]! / values[0]!, values[d - 1]! / values[0]!, 1e-3);
          if (values[d - 1]! - values[d]! < 1e-2 * values[0]!) continue;
          // Rounding of the float32 rows, some 1e-7 of the largest eigenvalue, over a gap of a hundredth of it.
          assertLess(sine(space.directions, vectors, d, dimension), 1e-5);
          compared++;
        }
        assert(compared >= 3);
      }
    });

    await t.step(`distances of ${count} rows of ${dimension} are those of the projection`, () => {
      const d = 3;
      const labels = classifyAffinePca(spaces, data.features, d);
      for (let row = 0; row < 20; row++) {
        const own = data.features.subarray(row * dimension, (row + 1) * dimension);
        const [a, b] = spaces.map((space) => distanceTo(space, own, d));
        assertEquals(labels[row], a! <= b! ? 0 : 1);
      }
    });
  }

  await t.step("countAffinePcaErrors() counts what classifyAffinePca() does, for each d", () => {
    const data = bundles(90, 3, 20, 6);
    const spaces = fitAffinePca(data, 5);
    const errors = countAffinePcaErrors(spaces, data, 5);
    for (let d = 0; d <= 5; d++) {
      const labels = classifyAffinePca(spaces, data.features, d);
      assertEquals(errors[d], labels.filter((label, row) => label !== data.labels[row]).length);
    }
  });

  await t.step("chooseDirections() counts the errors of spaces fitted without the fold", () => {
    for (const dimension of [60, 10]) {
      const data = bundles(48, 2, dimension, 4);
      const { errors } = chooseDirections(data, randomStream("folds", 1), {
        folds: 24,
        largest: 3,
        smoothing: 0,
      });
      // 24 folds of 24 rows a class: each leaves one row of each class out, by the same permutations.
      const stream = randomStream("folds", 1);
      const orders = [0, 1].map((label) => Array.from(stream.permutation(24), (k) => 2 * k + label));
      const expected = [0, 0, 0, 0];
      for (let fold = 0; fold < 24; fold++) {
        const out = orders.map((order) => order[fold]!);
        const spaces = fitAffinePca(without(data, out), 3);
        for (const [label, row] of out.entries()) {
          const own = data.features.slice(row * dimension, (row + 1) * dimension);
          for (let d = 0; d <= 3; d++) {
            if (classifyAffinePca(spaces, own, d)[0] !== label) expected[d]!++;
          }
        }
      }
      assertEquals(Array.from(errors), expected);
    }
  });

  await t.step("chooseDirections() finds the number of directions that the classes have", () => {
    const { directions, errors } = chooseDirections(bundles(400, 4, 30, 3), randomStream("folds", 2), {
      largest: 12,
      smoothing: 1,
    });
    assertEquals(errors.length, 13);
    assert(directions >= 2 && directions <= 5, `3 directions a class, but ${directions} chosen`);
  });

  await t.step(
    "chooseDirections() takes the least of the means over as many neighbours on both sides",
    () => {
      for (let seed = 0; seed < 8; seed++) {
        const options = { largest: 12, folds: 4, smoothing: 2 };
        const chosen = chooseDirections(bundles(40, 2, 14, 2), randomStream("folds", seed), options);
        const errors = Array.from(chosen.errors);
        const means = errors.map((_, d) => {
          const near = errors.filter((_, other) => Math.abs(other - d) <= 2);
          return near.reduce((sum, count) => sum + count, 0) / near.length;
        });
        assertEquals(chosen.directions, means.indexOf(Math.min(...means)), `${errors}`);
      }
    },
  );

  await t.step("a class of one row stands for itself; more directions than rows change nothing", () => {
    const features = Float32Array.of(0, 3, 5, 5, 6, 6, 8, 8);
    const data = { features, dimension: 2, labels: Uint8Array.of(0, 1, 1, 1), classes: 2 };
    const spaces = fitAffinePca(data, 2);
    assertEquals(Array.from(spaces[0]!.mean), [0, 3]);
    assert(spaces[0]!.directions.every((value) => value === 0));
    assertEquals(spaces[1]!.variances[1], 0);
    assertEquals(Array.from(classifyAffinePca(spaces, Float32Array.of(0.1, 3, 7, 7), 2)), [0, 1]);
    // The row of the first class is an error: nothing is left of its class.
    const { errors } = chooseDirections(data, randomStream("folds", 0), { folds: 3 });
    assertEquals(Array.from(errors), [1, 1, 1]);
  });

  await t.step("constant features and duplicate rows with different labels: the first class wins", () => {
    const data = {
      features: new Float32Array(12).fill(7),
      dimension: 3,
      labels: Uint8Array.of(1, 0, 1, 0),
      classes: 2,
    };
    const spaces = fitAffinePca(data, 2);
    assertEquals(Array.from(classifyAffinePca(spaces, data.features, 2)), [0, 0, 0, 0]);
  });

  const good = { features: new Float32Array(4), dimension: 1, labels: Uint8Array.of(0, 0, 1, 1), classes: 2 };
  const wrong: [string, Partial<LabelledFeatures>, number, string][] = [
    ["a class without a row", { labels: new Uint8Array(4) }, 1, "class 1 has none"],
    ["more directions than features", {}, 2, "an integer in 0..1: current value is 2"],
    [
      "features that are not finite",
      { features: new Float32Array(4).fill(Infinity) },
      1,
      "row 0 is Infinity",
    ],
    ["a label that is no class", { labels: Uint8Array.of(0, 1, 7, 0) }, 1, "label 2 has the value 7"],
  ];
  for (const [name, change, directions, message] of wrong) {
    await t.step(`fitAffinePca() throws for ${name}`, () => {
      assertThrows(() => fitAffinePca({ ...good, ...change }, directions), RangeError, message);
    });
  }
  await t.step("wrong numbers of directions and folds", () => {
    const spaces = fitAffinePca(good, 1);
    assertThrows(
      () => classifyAffinePca(spaces, good.features, 2),
      RangeError,
      "d must be an integer in 0..1",
    );
    const choose = (options: object) => () => chooseDirections(good, randomStream("folds", 0), options);
    assertThrows(choose({ folds: 1 }), RangeError, "folds must be an integer >= 2: current value is 1");
    assertThrows(choose({ smoothing: -1 }), RangeError, "smoothing must be an integer >= 0");
  });
  backend.dispose();
});

/** Squared distance of a row to a space by explicit projection, in float64. */
function distanceTo(space: AffineSpace, row: Float32Array, d: number): number {
  const rest = Array.from(row, (value, k) => value - space.mean[k]!);
  for (let i = 0; i < d; i++) {
    const direction = space.directions.subarray(i * row.length, (i + 1) * row.length);
    const product = rest.reduce((sum, value, k) => sum + value * direction[k]!, 0);
    for (let k = 0; k < rest.length; k++) rest[k]! -= product * direction[k]!;
  }
  return rest.reduce((sum, value) => sum + value * value, 0);
}

function without(data: LabelledFeatures, out: readonly number[]): LabelledFeatures {
  const rows = Array.from(data.labels.keys()).filter((row) => !out.includes(row));
  const features = rows.flatMap((
    row,
  ) => [...data.features.subarray(row * data.dimension, (row + 1) * data.dimension)]);
  return {
    ...data,
    features: Float32Array.from(features),
    labels: Uint8Array.from(rows, (row) => data.labels[row]!),
  };
}
