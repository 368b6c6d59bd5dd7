import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { countMistakes } from "../../../src/classify/mistakes.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { attackLogisticRegression, threesAndSevens } from "./attack_logistic_regression.ts";
import { closedFormErrors, logitsOf, lossGradient } from "./closed_form.ts";
import { side } from "./digit_networks.ts";

const stream = randomStream("adversarial/closed_form_test", 1);
const normal = (count: number) => Float64Array.from({ length: count }, () => stream.normal());

Deno.test("lossGradient() is the derivative of the cross-entropy: finite differences", () => {
  const classifier = { weights: normal(12), bias: normal(3) };
  const x = normal(4);
  const loss = (x: Float64Array) => {
    const z = logitsOf(x, classifier);
    return Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[2]!;
  };
  const { gradient } = lossGradient(x, 2, classifier);
  gradient.forEach((derivative, i) => {
    const moved = (by: number) => loss(x.map((value, j) => value + (i === j ? by : 0)));
    assertAlmostEquals(derivative, (moved(1e-5) - moved(-1e-5)) / 2e-5, 1e-8);
  });
});

Deno.test("closedFormErrors() is round-off for the step, and far less than a step for random signs", () => {
  const count = 20;
  const classifier = { weights: normal(10 * 300), bias: normal(10) };
  const labels = Array.from({ length: count }, (_, i) => i % 10);
  const { step, random } = closedFormErrors(normal(count * 300), labels, classifier, 0.25, stream);
  assertLess(step, 1e-12);
  // Of n normal entries |g|_2 / |g|_1 is sqrt(pi / 2 / n), and the mean of |N| sqrt(2 / pi): 1 / sqrt(n) in all.
  assertAlmostEquals(random, 1 / Math.sqrt(300), 0.03);
});

Deno.test("attackLogisticRegression() moves every margin by eps |w|_1, away from the digit", () => {
  const pixels = side * side;
  // Class 1 is bright and class 0 dark: w = 1 everywhere, and the border lies at a mean of a half.
  const weights = Float64Array.from({ length: 2 * pixels }, (_, i) => i % 2);
  const classifier = { weights, bias: Float64Array.of(0, -pixels / 2) };
  const levels = [0.1, 0.4, 0.6, 0.9];
  const inputs = Float32Array.from({ length: 4 * pixels }, (_, i) => levels[Math.floor(i / pixels)]!);
  const test = { shape: [side, side, 1], inputs, labels: Uint8Array.of(0, 0, 1, 1) };
  const { mistakes, margin, examples } = attackLogisticRegression(classifier, test, 0.25);
  assertLess(margin, 1e-12);
  assertEquals([countMistakes(mistakes.clean), countMistakes(mistakes.fgsm)], [0, 2]);
  assertEquals(examples.map(({ digit, right }) => [digit, ...right]), [[3, true, true], [3, true, false], [
    7,
    true,
    false,
  ], [
    7,
    true,
    true,
  ]]);
});

Deno.test("threesAndSevens() takes these digits alone", () => {
  const pixels = side * side;
  const inputs = Float32Array.from({ length: 3 * pixels }, (_, i) => Math.floor(i / pixels));
  const { inputs: taken, labels } = threesAndSevens({
    shape: [side, side, 1],
    inputs,
    labels: Uint8Array.of(3, 5, 7),
  });
  assertEquals([...labels], [0, 1]);
  assert(taken.every((value, i) => value === (i < pixels ? 0 : 2)));
});
