import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import fc from "fast-check";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { ascend, plain, startImage } from "./ascend.ts";
import { answer, dream } from "./dream.ts";
import { asImage, asInput, asPicture, judge } from "./networks.ts";
import { rolled, wrappedBlur } from "./wrapped_blur.ts";

await tf.setBackend("cpu");

const bgr = { side: 6, channels: [2, 1, 0], mean: [104, 117, 123], scale: 1 } as const;

Deno.test("rolled() back is the image, and moves a pixel round the border", () => {
  const side = 5;
  const image = startImage(side, randomStream("test/roll", 0));
  fc.assert(fc.property(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }), (dy, dx) => {
    assertEquals(rolled(rolled(image, side, dy, dx), side, -dy, -dx), image);
  }));
  const moved = rolled(image, side, 1, -1);
  // Row 4, column 0 goes to row 0, column 4.
  assertEquals(moved.slice(3 * 4, 3 * 5), image.slice(3 * 20, 3 * 21));
});

Deno.test("wrappedBlur() keeps each colour's sum and constants, and knows no border", () => {
  const side = 9;
  const image = startImage(side, randomStream("test/blur", 0));
  const sum = (values: Float32Array, channel: number) =>
    values.reduce((total, value, i) => i % 3 === channel ? total + value : total, 0);
  const blurred = wrappedBlur(image, side, 1.2);
  for (const channel of [0, 1, 2]) assertAlmostEquals(sum(blurred, channel), sum(image, channel), 1e-2);
  wrappedBlur(new Float32Array(image.length).fill(7), side, 1).forEach((value) =>
    assertAlmostEquals(value, 7, 1e-5)
  );
  wrappedBlur(rolled(image, side, 3, 2), side, 1.2).forEach((value, i) => {
    assertAlmostEquals(value, rolled(blurred, side, 3, 2)[i]!, 1e-4);
  });
});

Deno.test("asInput() has the network's colours, and asImage() is its transpose", () => {
  const image = startImage(bgr.side, randomStream("test/input", 0));
  const x = asInput(image, bgr.side, bgr).dataSync();
  assertAlmostEquals(x[0]!, image[2]! - 104, 1e-4);
  // <g, A x> = <A^T g, x> for the linear part A.
  const zero = asInput(new Float32Array(image.length), bgr.side, bgr).dataSync();
  const g = startImage(bgr.side, randomStream("test/input", 1));
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
  const linear = Array.from(x, (value, i) => value - zero[i]!);
  assertAlmostEquals(dot(g, linear) / dot(asImage(g, bgr), image), 1, 1e-5);
});

Deno.test("ascend() raises a linear score at every colour's cost alike, and stays within the grey levels", () => {
  const side = 8;
  const weights = Float32Array.from({ length: 3 * side * side }, (_, i) => i % 2 === 0 ? 1 : -1);
  const image = ascend(
    side,
    { steps: 60, size: 8, decay: 0.7, prior: plain },
    () => weights,
    randomStream("test/ascend", 0),
  );
  image.forEach((value, i) => assertEquals(value, i % 2 === 0 ? 255 : 0));
  // Without differences of colour a gradient that is one of colour alone has nothing left.
  const colour = Float32Array.from({ length: 3 * side * side }, (_, i) => [1, -1, 0][i % 3]!);
  const prior = { roll: 0, blur: [0, 0], chroma: 0, contrast: 1 } as const;
  const start = startImage(side, randomStream("test/ascend", 1));
  const kept = ascend(
    side,
    { steps: 5, size: 8, decay: 0, prior },
    () => colour,
    randomStream("test/ascend", 1),
  );
  kept.forEach((value, i) => assertAlmostEquals(value, Math.min(255, Math.max(0, start[i]!)), 1e-4));
});

/** A network of one linear layer: the answer is twice the input. */
function doubling() {
  const image = input({ shape: [6, 6, 3] });
  const convolution = layers.conv2d({ filters: 3, kernelSize: 1, useBias: false });
  const network = model({ inputs: image, outputs: convolution.apply(image) as SymbolicTensor });
  network.setWeights([tf.tensor4d([2, 0, 0, 0, 2, 0, 0, 0, 2], [1, 1, 3, 3])]);
  return network;
}

Deno.test("answer() has the gradient 4 x of half the squared norm of 2 x", () => {
  const image = startImage(6, randomStream("test/answer", 0));
  const { norm, gradient } = answer(doubling(), bgr, image, 6);
  const centred = image.map((value, i) => value - [123, 117, 104][i % 3]!);
  assertAlmostEquals(norm, 2 * Math.hypot(...centred), 1e-3);
  gradient.forEach((value, i) => assertAlmostEquals(value, 4 * centred[i]!, 1e-3));
});

Deno.test("dream() grows the answer in every step", () => {
  const { norms } = dream(doubling(), bgr, startImage(6, randomStream("test/dream", 0)), 6, {
    steps: 5,
    size: 1,
  });
  assertEquals(norms.length, 6);
  assert(norms.slice(1).every((norm, step) => norm > norms[step]!));
});

Deno.test("judge() counts the classes that are ahead", () => {
  const image = input({ shape: [6, 6, 3] });
  const pooled = layers.globalAveragePooling2d({}).apply(image) as SymbolicTensor;
  const format = { ...bgr, channels: [0, 1, 2], mean: [0, 0, 0] } as const;
  // Logits are the mean colours: 3, 1 and 2.
  const picture = asPicture(Float32Array.from({ length: 108 }, (_, i) => [3, 1, 2][i % 3]!), 6);
  const network = model({ inputs: image, outputs: pooled });
  assertEquals([0, 1, 2].map((label) => judge(network, format, picture, label).rank), [1, 3, 2]);
  const total = Math.exp(3) + Math.exp(1) + Math.exp(2);
  assertAlmostEquals(judge(network, format, picture, 2).probability, Math.exp(2) / total, 1e-6);
});
