import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { LabelledFeatures } from "../labelled_features.ts";
import { ConvergenceError } from "./convergence_error.ts";
import { predictSvm } from "./predict_svm.ts";
import { SvmWorkspace } from "./svm_workspace.ts";
import type { SvmModel } from "./svm_model.ts";
import { type SvmOptions, SvmTrainer } from "./svm_trainer.ts";
import { someRows, testBlobs } from "./test_blobs.ts";
import reference from "./testdata/reference.json" with { type: "json" };

function train(workspace: SvmWorkspace, data: LabelledFeatures, C: number, options: SvmOptions): SvmModel {
  using trainer = new SvmTrainer(workspace, data, options);
  return trainer.fit(C);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

Deno.test("SvmTrainer agrees with scikit-learn", async (t) => {
  using workspace = await SvmWorkspace.start({ threads: 2 });
  for (const expected of reference.cases) {
    const { classes, train: count, test, dimension, C, gamma } = expected;
    const data = testBlobs(count + test, classes, dimension, 1);
    const rows = someRows(data, count).features;

    await t.step(`${classes} classes, C = ${C}, gamma = ${gamma}, tolerance 1e-5`, () => {
      const model = train(workspace, someRows(data, 0, count), C, { gamma, tolerance: 1e-5 });
      const { labels, decisions } = predictSvm(workspace, model, rows);
      // The tolerance, and sums of some 50 coefficients up to C times kernel values with errors of 2 EPS of float32.
      assertLess(largestDifference(decisions, expected.decisions), 5e-5 + 1e-6 * C);
      assertEquals(Array.from(labels), expected.labels);
      assertEquals(Array.from(model.supportVectors).sort((a, b) => a - b), expected.supportVectors);
    });

    await t.step(`${classes} classes, C = ${C}, gamma = ${gamma}, LIBSVM's tolerance`, () => {
      const model = train(workspace, someRows(data, 0, count), C, { gamma });
      // Each problem stops at a violation of 1e-3 here, where the reference stops at 1e-8: ten times that is allowed.
      assertLess(largestDifference(predictSvm(workspace, model, rows).decisions, expected.decisions), 1e-2);
    });
  }
});

Deno.test("SvmTrainer on two points is the closed form", async () => {
  using workspace = await SvmWorkspace.start({ threads: 1 });
  const data = {
    features: Float32Array.of(0, 0, 1, 2),
    dimension: 2,
    labels: Uint8Array.of(0, 1),
    classes: 2,
  };
  const gamma = 0.3;
  const kernel = (a: number, b: number) => Math.exp(-gamma * (a ** 2 + b ** 2));
  // The dual function 2 alpha - (1 - K) alpha^2 of alpha = alpha_1 = alpha_2 is largest at 1 / (1 - K), or at C.
  for (const C of [0.5, 10]) {
    const alpha = Math.min(C, 1 / (1 - kernel(1, 2)));
    const points = Float32Array.of(0, 0, 0.5, 1, 1, 2, -3, 1);
    const { decisions } = predictSvm(workspace, train(workspace, data, C, { gamma }), points);
    for (const [i, decision] of decisions.entries()) {
      const [x, y] = points.subarray(2 * i);
      // Some EPS of float32 of each kernel value.
      assertAlmostEquals(decision, alpha * (kernel(x!, y!) - kernel(x! - 1, y! - 2)), 1e-6);
    }
  }
});

Deno.test("SvmTrainer meets the optimality conditions", async () => {
  using workspace = await SvmWorkspace.start({ threads: 1 });
  const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const property = fc.property(
    seeds,
    fc.integer({ min: 20, max: 90 }),
    fc.constantFrom(0.1, 1, 30, 1000),
    fc.constantFrom(0.01, 0.3, 3),
    (seed, rows, C, gamma) => {
      const data = testBlobs(rows, 2, 3, seed);
      if (new Set(data.labels).size < 2) return;
      const model = train(workspace, data, C, { gamma });
      const { decisions } = predictSvm(workspace, model, data.features);
      const alphas = alphasOfTwoClasses(model, rows);
      for (let row = 0; row < rows; row++) {
        const margin = data.labels[row] === 0 ? decisions[row]! : -decisions[row]!;
        // The tolerance for the residuals and again for b; the rest for rounding, at the largest C.
        if (alphas[row]! < C) {
          assert(margin >= 1 - 3e-3, `row ${row} must have a margin >= 1: it is ${margin}`);
        }
        if (alphas[row]! > 0) {
          assert(margin <= 1 + 3e-3, `row ${row} must have a margin <= 1: it is ${margin}`);
        }
      }
    },
  );
  fc.assert(property, { numRuns: 60, seed: 1 });
});

/** The alpha of each row of the training set, from the coefficients of a model of two classes. */
function alphasOfTwoClasses(model: SvmModel, rows: number): Float64Array {
  const alphas = new Float64Array(rows);
  let next = 0;
  for (let at = 0; at < model.coefficients.length; at += 8) {
    const coefficient = model.coefficients[at]! + model.coefficients[at + 1]!;
    if (coefficient !== 0) alphas[model.supportVectors[next++]!] = Math.abs(coefficient);
  }
  assertEquals(next, model.supportVectors.length);
  return alphas;
}

Deno.test("SvmTrainer gives the same bits with any threads and any cache", async () => {
  const data = testBlobs(700, 4, 6, 3);
  const predictions = [];
  for (const [threads, cacheBytes] of [[1, 2 ** 30], [2, 2 ** 30], [2, 1]] as const) {
    using workspace = await SvmWorkspace.start({ threads });
    const model = train(workspace, data, 10, { gamma: 0.2, cacheBytes });
    predictions.push(predictSvm(workspace, model, data.features));
  }
  assertEquals(predictions[1], predictions[0]);
  assertEquals(predictions[2], predictions[0]);
});

Deno.test("SvmTrainer goes on from the last C", async (t) => {
  using workspace = await SvmWorkspace.start({ threads: 2 });
  const data = testBlobs(400, 3, 4, 5);
  using trainer = new SvmTrainer(workspace, data, { gamma: 0.5 });
  trainer.fit(4);
  for (const C of [16, 16, 2]) {
    await t.step(`to C = ${C}`, () => {
      const warm = trainer.fit(C);
      const cold = train(workspace, data, C, { gamma: 0.5 });
      assertLess(warm.steps, cold.steps);
      const [a, b] = [warm, cold].map((model) => predictSvm(workspace, model, data.features).decisions);
      // Each is within its tolerance of the optimum.
      assertLess(largestDifference(a!, b!), 1e-2);
    });
  }
});

Deno.test("predictSvm() of many rows is that of each", async () => {
  using workspace = await SvmWorkspace.start({ threads: 2 });
  const data = testBlobs(1600, 3, 4, 6);
  const model = train(workspace, someRows(data, 0, 100), 1, { gamma: 0.5 });
  const { decisions } = predictSvm(workspace, model, data.features);
  for (const row of [0, 25, 1535, 1536, 1599]) {
    const alone = predictSvm(workspace, model, someRows(data, row, row + 1).features).decisions;
    assertEquals(alone, decisions.slice(row * 3, (row + 1) * 3));
  }
  assertEquals(predictSvm(workspace, model, new Float32Array(0)).labels.length, 0);
});

Deno.test("SvmTrainer of features far from zero loses no accuracy", async () => {
  using workspace = await SvmWorkspace.start({ threads: 1 });
  const data = testBlobs(200, 2, 3, 7);
  // Multiples of 2^-10 that stay exact after the shift.
  const features = data.features.map((value) => Math.round(value * 1024) / 1024);
  const shifted = features.map((value) => value + 4096);
  const [a, b] = [features, shifted].map((x) =>
    predictSvm(workspace, train(workspace, { ...data, features: x }, 1, { gamma: 0.5 }), x).decisions
  );
  assertLess(largestDifference(a!, b!), 3e-3);
});

Deno.test("SvmTrainer at its limits", async (t) => {
  using workspace = await SvmWorkspace.start({ threads: 1 });
  const pair = {
    features: Float32Array.of(1, 2, 3, 4),
    dimension: 1,
    labels: Uint8Array.of(0, 0, 1, 1),
    classes: 2,
  };

  await t.step("constant features: one class for all", () => {
    const features = new Float32Array(6).fill(0.1);
    const data = { ...pair, features, labels: Uint8Array.of(0, 0, 0, 1, 1, 0) };
    const { labels, decisions } = predictSvm(workspace, train(workspace, data, 1, { gamma: 1 }), features);
    assertEquals(new Set(labels).size, 1);
    assert(decisions.every(Number.isFinite));
  });

  await t.step("a feature constant in training counts in prediction", () => {
    const features = Float32Array.of(0, 5, 1, 5);
    const model = train(workspace, { ...pair, features, dimension: 2, labels: Uint8Array.of(0, 1) }, 1, {
      gamma: 1,
    });
    const { decisions } = predictSvm(workspace, model, Float32Array.of(0, 5, 0, 6));
    assertAlmostEquals(decisions[1]! / decisions[0]!, Math.exp(-1), 1e-6);
  });

  await t.step("duplicate rows with different labels: their coefficients stand at C", () => {
    const data = { ...pair, features: Float32Array.of(1, 2, 1, 5), labels: Uint8Array.of(0, 0, 1, 1) };
    const model = train(workspace, data, 3, { gamma: 1 });
    const alphas = alphasOfTwoClasses(model, 4);
    assertEquals([alphas[0], alphas[2]], [3, 3]);
  });

  await t.step("a class of one row, and one of none, which is never predicted", () => {
    const features = Float32Array.of(1, 2, 9, 9.5);
    const data = { ...pair, features, labels: Uint8Array.of(0, 1, 3, 3), classes: 5 };
    const model = train(workspace, data, 10, { gamma: 1 });
    assertEquals(Array.from(model.labels), [0, 1, 3]);
    assertEquals(Array.from(predictSvm(workspace, model, data.features).labels), [0, 1, 3, 3]);
  });

  await t.step("a pair that does not converge says so", () => {
    const error = assertThrows(
      () => train(workspace, testBlobs(200, 2, 2, 8), 1000, { gamma: 1, maxSteps: 5 }),
      ConvergenceError,
      "classes 0 and 1",
    );
    assert((error as ConvergenceError).gap > 1e-3);
  });

  await t.step("the memory of a trainer is given back, after an error too", () => {
    const mark = workspace.mark();
    train(workspace, pair, 1, { gamma: 1 });
    assertEquals(workspace.mark(), mark);
    const data = { ...pair, features: Float32Array.of(0, 0, 0, 1e30) };
    assertThrows(() => new SvmTrainer(workspace, data, { gamma: 1 }), RangeError, "scale the features");
    assertEquals(workspace.mark(), mark);
  });

  await t.step("more memory than WebAssembly addresses is refused", () => {
    assertThrows(() => workspace.allocate(2 ** 32), RangeError, "use fewer rows or a smaller cache");
  });

  await t.step("a trainer that is disposed of, or under another one, does not train", () => {
    const first = new SvmTrainer(workspace, pair, { gamma: 1 });
    const second = new SvmTrainer(workspace, pair, { gamma: 1 });
    assertThrows(() => first.fit(1), Error, "later one");
    second[Symbol.dispose]();
    first.fit(1);
    first[Symbol.dispose]();
    assertThrows(() => first.fit(1), Error, "disposed of");
  });

  const wrong: [string, Partial<LabelledFeatures>, Partial<SvmOptions>, string][] = [
    ["gamma = 0", {}, { gamma: 0 }, "gamma must be a finite number > 0: current value is 0"],
    ["gamma = NaN", {}, { gamma: NaN }, "current value is NaN"],
    ["a negative tolerance", {}, { tolerance: -1 }, "tolerance must be"],
    [
      "a feature that is not finite",
      { features: Float32Array.of(1, 2, NaN, 4) },
      {},
      "feature 0 of row 2 is NaN",
    ],
    ["a label beyond the classes", { labels: Uint8Array.of(0, 1, 2, 0) }, {}, "label 2 has the value 2"],
    ["too few labels", { labels: Uint8Array.of(0, 1) }, {}, "4 rows have 2 labels"],
    ["half a row", { dimension: 3 }, {}, "4 values are no whole number of rows of 3"],
    ["one class", { labels: new Uint8Array(4) }, {}, "at least 2 classes: current number is 1"],
    ["no row", { features: new Float32Array(0), labels: new Uint8Array(0) }, {}, "current number is 0"],
  ];
  for (const [name, change, options, message] of wrong) {
    await t.step(`throws for ${name}`, () => {
      const make = () => new SvmTrainer(workspace, { ...pair, ...change }, { gamma: 1, ...options });
      assertThrows(make, RangeError, message);
    });
  }

  await t.step("throws for C = 0 and for features of another dimension", () => {
    using trainer = new SvmTrainer(workspace, pair, { gamma: 1 });
    assertThrows(() => trainer.fit(0), RangeError, "C must be a finite number > 0: current value is 0");
    const data = { ...pair, features: new Float32Array(8).map((_, i) => i % 3), dimension: 2 };
    const model = train(workspace, data, 1, { gamma: 1 });
    assertThrows(() => predictSvm(workspace, model, new Float32Array(3)), RangeError, "rows of 2");
  });
});
