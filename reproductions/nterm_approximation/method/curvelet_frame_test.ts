import { assert, assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { paintCartoon } from "./cartoons.ts";
import { checkFrame } from "./check_frame.ts";
import { CurveletFrame, firstRing, lastRing, type Wedge, wedgesOf } from "./curvelet_frame.ts";
import { LargestTerms } from "./largest_terms.ts";
import { measureCurvelets } from "./measure_curvelets.ts";

const frame = new CurveletFrame(64);
const cartoon = paintCartoon("ellipse", 64, { angle: 0.3, x: 0.5, y: 0.5 });

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

Deno.test("CurveletFrame is tight on noise, deltas and waves at Nyquist frequencies", () => {
  const { energy, reconstruction } = checkFrame(frame, cartoon, randomStream("frame test", 0));
  assertLess(energy, 1e-12);
  assertLess(reconstruction, 1e-24);
});

Deno.test("CurveletFrame.synthesise() is the transpose of the analysis", () => {
  const stream = randomStream("frame test", 1);
  const image = Float64Array.from({ length: 64 * 64 }, () => stream.normal());
  const coefficients = new Map<Wedge, Float64Array>();
  for (const wedge of frame.wedges) {
    coefficients.set(wedge, Float64Array.from({ length: wedge.count }, () => stream.normal()));
  }
  let product = 0;
  frame.analyse(
    image,
    (wedge, its) => product += sum(its.map((value, i) => value * coefficients.get(wedge)![i]!)),
  );
  const synthesised = frame.synthesise((wedge) => coefficients.get(wedge)!);
  assertAlmostEquals(product, sum(synthesised.map((value, i) => value * image[i]!)), 1e-9);
});

Deno.test("wedgesOf() doubles at every second ring", () => {
  const found = Array.from({ length: 5 }, (_, i) => wedgesOf(firstRing + i));
  assert(found.every((wedges, i) => wedges === 8 * 2 ** Math.floor(i / 2)));
});

Deno.test("CurveletFrame answers a wave in the wedge that points along its frequency", () => {
  const ring = 3;
  const wedges = wedgesOf(ring);
  for (const number of [0, 1, 3, 4, 6]) {
    const angle = Math.PI * number / wedges;
    const row = Math.round(2.05 * 2 ** ring * Math.sin(angle));
    const column = Math.round(2.05 * 2 ** ring * Math.cos(angle));
    const wave = Float64Array.from(
      { length: 64 * 64 },
      (_, i) => Math.cos(2 * Math.PI * (row * Math.floor(i / 64) + column * (i % 64)) / 64),
    );
    const energies: { wedge: Wedge; energy: number }[] = [];
    frame.analyse(wave, (wedge, its) => energies.push({ wedge, energy: sum(its.map((c) => c * c)) }));
    const strongest = energies.reduce((a, b) => a.energy > b.energy ? a : b).wedge;
    assert(
      strongest.ring === ring && strongest.number === number,
      `${number}: ${strongest.ring} ${strongest.number}`,
    );
  }
});

Deno.test("measureCurvelets() never has a larger error than what was left out, and less of it with more terms", () => {
  const { errors, bounds, counts } = measureCurvelets(frame, cartoon, [16, 64, 256, 1024], 0.9);
  assert(errors.every(({ error }, i) => error <= bounds[i]!.error + 1e-12));
  assert(errors.every(({ error }, i) => i === 0 || error < errors[i - 1]!.error));
  assert(counts.length === lastRing(64) - firstRing && counts.every((count) => count > 0));
});

Deno.test("CurveletFrame needs a power of two of at least 64", () => {
  assertThrows(() => new CurveletFrame(96), RangeError, "power of two");
  assertThrows(() => new CurveletFrame(32), RangeError, "at least 64");
});

Deno.test("LargestTerms keeps the largest of many, part by part", () => {
  const stream = randomStream("terms test", 0);
  const parts = [0, 1, 2].map(() => Float64Array.from({ length: 500 }, () => stream.normal()));
  const largest = new LargestTerms(20);
  parts.forEach((part, i) => largest.add(i, part));
  const right = parts.flatMap((part) => [...part]).map(Math.abs).sort((a, b) => b - a).slice(0, 20);
  const found = largest.take();
  assert(
    found.every(({ part, index, value }, i) => parts[part]![index] === value && Math.abs(value) === right[i]),
  );
});

Deno.test("CurveletFrame counts no coefficient that is 0 whatever the image: the low-pass is real", () => {
  const stream = randomStream("test", 3);
  const noise = Float64Array.from({ length: 64 * 64 }, () => stream.normal());
  frame.analyse(noise, ({ count }, coefficients) => {
    assert(coefficients.length === count && coefficients.every((value) => value !== 0));
  });
});
