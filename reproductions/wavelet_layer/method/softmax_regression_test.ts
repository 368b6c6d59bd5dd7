import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { classify, learnSoftmaxRegression, type SoftmaxRegression } from "./softmax_regression.ts";

const dimension = 6;
const n = 300;

/** Noisy features of ten classes. */
function synthesise(): { readonly features: Float32Array; readonly labels: Uint8Array } {
  const stream = randomStream("softmax regression", 1);
  const centres = Array.from({ length: 10 * dimension }, () => stream.normal());
  const labels = Uint8Array.from({ length: n }, (_, i) => i % 10);
  const features = Float32Array.from(
    { length: n * dimension },
    (_, i) =>
      3 + 2 * centres[labels[Math.floor(i / dimension)]! * dimension + i % dimension]! + stream.normal(),
  );
  return { features, labels };
}

function learn(
  features: Float32Array,
  labels: Uint8Array,
  lambda: number,
  rowsOfBlock = n,
): SoftmaxRegression {
  const blocks = function* () {
    for (let at = 0; at < features.length; at += rowsOfBlock * dimension) {
      yield features.subarray(at, at + rowsOfBlock * dimension);
    }
  };
  return learnSoftmaxRegression({ blocks, dimension, labels }, { lambda, iterations: 300 });
}

/** The gradient of the penalised cross-entropy, one row after the other in float64. */
function gradientAt(
  found: SoftmaxRegression,
  features: Float32Array,
  labels: Uint8Array,
  lambda: number,
): number {
  const { parameters, mean, scale } = found;
  const gradient = parameters.map((value, i) => i < dimension * 10 ? lambda * value : 0);
  for (let row = 0; row < n; row++) {
    const x = Array.from(
      features.subarray(row * dimension, (row + 1) * dimension),
      (value, i) => (value - mean[i]!) / scale,
    );
    const exponentials = Array.from({ length: 10 }, (_, k) =>
      Math.exp(
        parameters[dimension * 10 + k]! +
          x.reduce((sum, value, i) => sum + value * parameters[i * 10 + k]!, 0),
      ));
    const total = exponentials.reduce((a, b) => a + b);
    for (let k = 0; k < 10; k++) {
      const residual = (exponentials[k]! / total - (labels[row] === k ? 1 : 0)) / n;
      gradient[dimension * 10 + k]! += residual;
      for (let i = 0; i < dimension; i++) gradient[i * 10 + k]! += residual * x[i]!;
    }
  }
  return Math.hypot(...gradient);
}

Deno.test("learnSoftmaxRegression() ends where the penalised cross-entropy has no slope", async () => {
  const backend = await startBackend({ threads: 1 });
  const { features, labels } = synthesise();
  const found = learn(features, labels, 0.01);
  assertLess(gradientAt(found, features, labels, 0.01), 1e-4);
  assertLess(found.gradientLeft, 1e-3);
  const right = classify(found, features).filter((label, i) => label === labels[i]).length;
  assertLess(0.8 * n, right);
  backend.dispose();
});

Deno.test("learnSoftmaxRegression() has one scale for all features, and their means", async () => {
  const backend = await startBackend({ threads: 1 });
  const { features, labels } = synthesise();
  const { mean, scale } = learn(features, labels, 0.01);
  let variance = 0;
  for (let i = 0; i < dimension; i++) {
    const values = Array.from({ length: n }, (_, row) => features[row * dimension + i]!);
    const own = values.reduce((a, b) => a + b) / n;
    assertAlmostEquals(mean[i]!, own, 1e-9);
    variance += values.reduce((sum, value) => sum + (value - own) ** 2, 0) / n;
  }
  assertAlmostEquals(scale, Math.sqrt(variance / dimension), 1e-9);
  backend.dispose();
});

Deno.test("learnSoftmaxRegression() learns the same from pieces, and from rotated features", async () => {
  const backend = await startBackend({ threads: 1 });
  const { features, labels } = synthesise();
  const whole = learn(features, labels, 0.1);
  const inPieces = learn(features, labels, 0.1, 7);
  whole.parameters.forEach((value, i) => assertAlmostEquals(inPieces.parameters[i]!, value, 1e-3));
  // Neighbouring features as sums and differences over the root of 2.
  const rotated = features.map((_, i) => {
    const even = i - i % 2;
    const [a, b] = [features[even]!, features[even + 1]!];
    return (i % 2 === 0 ? a + b : a - b) * Math.SQRT1_2;
  });
  const turned = learn(rotated, labels, 0.1);
  assertAlmostEquals(turned.scale, whole.scale, 1e-5);
  assertEquals(classify(turned, rotated), classify(whole, features));
  backend.dispose();
});

Deno.test("learnSoftmaxRegression() of features that are all the same learns how often each class comes", async () => {
  const backend = await startBackend({ threads: 1 });
  const labels = Uint8Array.from({ length: n }, (_, i) => i % 3 === 0 ? 1 : 4);
  const found = learn(new Float32Array(n * dimension).fill(2), labels, 0.1);
  const [one, four] = [1, 4].map((k) => found.parameters[dimension * 10 + k]!);
  assertAlmostEquals(four! - one!, Math.log(2), 1e-3);
  backend.dispose();
});
