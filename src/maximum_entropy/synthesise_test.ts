import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { randomStream } from "../numeric/random/random_stream.ts";
import { BandPreconditioner, bandSpectrum } from "./band_preconditioner.ts";
import { autocorrelationsAlone } from "./covariance_options.ts";
import { rectifiedCovariances } from "./rectified_covariances.ts";
import { rectifiedFilters } from "./rectified_filters.ts";
import { synthesise } from "./synthesise.ts";
import { wavesAndDisc } from "./test_fields.ts";

const N = 16;
const original = wavesAndDisc(N);
const covariances = rectifiedCovariances(original, { N, J: 2 });

Deno.test("synthesise() lowers the loss at every step, and keeps the mean", () => {
  const steps = [...synthesise(original, covariances, randomStream("noise", 0), { iterations: 60 })];
  for (const [i, step] of steps.entries()) {
    assertEquals(step.iterations, i);
    if (i > 0) assertLess(step.relativeLoss, steps[i - 1]!.relativeLoss);
  }
  const last = steps.at(-1)!;
  assertLess(last.relativeLoss, 1e-2 * steps[0]!.relativeLoss);
  const field = last.field();
  assertAlmostEquals(field.reduce((sum, value) => sum + value, 0) / field.length, 0, 1e-12);
  assertAlmostEquals(covariances.loss(field) / covariances.targetNorm, last.relativeLoss, 1e-12);
});

Deno.test("synthesise() gives another sample for another stream, and the same one again", () => {
  const sample = (seed: number) =>
    [...synthesise(original, covariances, randomStream("noise", seed), { iterations: 5 })].at(-1)!.field();
  assertEquals(sample(1), sample(1));
  assert(sample(1)[0] !== sample(2)[0]);
});

Deno.test("synthesise() imposes autocorrelations alone where it is told so", () => {
  const options = { iterations: 40, weights: autocorrelationsAlone };
  const last = [...synthesise(original, covariances, randomStream("noise", 0), options)].at(-1)!;
  const field = last.field();
  assertLess(covariances.loss(field, undefined, autocorrelationsAlone) / covariances.targetNorm, 1e-3);
  assert(covariances.loss(field) / covariances.targetNorm > 10 * last.relativeLoss);
});

Deno.test("bandSpectrum() is flat for white noise, even, and without a mean", () => {
  const stream = randomStream("white", 0);
  const white = Float64Array.from({ length: 64 * 64 }, () => stream.normal());
  const spectrum = bandSpectrum(white, 64, rectifiedFilters({ N: 64, J: 3, L: 4 }));
  assertEquals(spectrum[0], 0);
  assertAlmostEquals(spectrum[5 * 64 + 3]!, spectrum[59 * 64 + 61]!, 1e-12);
  // Over a tight frame levels of 1 add up to 1.
  for (const at of [20 * 64 + 7, 30 * 64 + 30, 12]) assertAlmostEquals(spectrum[at]!, 1, 0.25);
});

Deno.test("BandPreconditioner pulls gradients back by the adjoint", () => {
  const preconditioner = new BandPreconditioner(original, N, rectifiedFilters({ N, J: 2, L: 4 }));
  const stream = randomStream("adjoint", 0);
  const a = original.map(() => stream.normal());
  const b = original.map(() => stream.normal());
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const zero = preconditioner.field(new Float64Array(N * N));
  const forward = preconditioner.field(a).map((value, i) => value - zero[i]!);
  assertAlmostEquals(dot(forward, b), dot(a, preconditioner.pullBack(b)), 1e-10);
});
