import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Fft2 } from "../fourier/fft2.ts";
import { randomStream } from "../random/random_stream.ts";
import {
  filterAt,
  leadingColour,
  livingFilters,
  mixFilters,
  randomisePhases,
  whiteFilters,
} from "./filters.ts";
import { fitGabor } from "./fit_gabor.ts";
import { evaluateGabor, paintGabor } from "./gabor.ts";

Deno.test("evaluateGabor() has the derivatives of central differences", () => {
  const side = 5;
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(unit, { minLength: 8, maxLength: 8 }), (numbers) => {
      const vector = Float64Array.from(numbers);
      vector[3]! = 3 + vector[3]!;
      const values = new Float64Array(side * side);
      const jacobian = new Float64Array(8 * side * side);
      evaluateGabor(vector, side, values, jacobian);
      for (let k = 0; k < 8; k++) {
        const step = 1e-5;
        const [above, below] = [step, -step].map((shift) => {
          const moved = vector.slice();
          moved[k]! += shift;
          const found = new Float64Array(side * side);
          evaluateGabor(moved, side, found);
          return found;
        });
        for (let i = 0; i < values.length; i++) {
          assertAlmostEquals(jacobian[8 * i + k]!, (above![i]! - below![i]!) / (2 * step), 1e-7);
        }
      }
    }),
    { numRuns: 30 },
  );
});

const gaborOf = (theta: number, phi: number) => ({
  amplitude: 2,
  alpha: 3,
  beta: 1.2,
  omega: 4,
  phi,
  theta,
  x0: 0.1,
  y0: -0.05,
});

Deno.test("fitGabor() finds direction, frequency, widths and centre again, whatever the scale of the filter", () => {
  for (let k = 0; k < 7; k++) {
    const gabor = gaborOf(Math.PI * (k + 0.3) / 7, k - 3);
    for (const scale of [1, 1e-6]) {
      const filter = paintGabor(gabor, 9).map((value) => scale * value);
      const found = fitGabor(filter, 9, { starts: 8, iterations: 80 });
      assertAlmostEquals(found.r2, 1, 1e-8);
      assertAlmostEquals(found.gabor.theta, gabor.theta, 1e-3);
      assertAlmostEquals(found.gabor.omega, 4, 1e-3);
      assertAlmostEquals(found.gabor.alpha, 3, 1e-2);
      assertAlmostEquals(found.gabor.beta, 1.2, 1e-2);
      assertAlmostEquals(found.gabor.x0, 0.1, 1e-3);
      assertAlmostEquals(found.gabor.amplitude, 2 * scale, 1e-2 * scale);
      const again = paintGabor(found.gabor, 9);
      again.forEach((value, i) => assertAlmostEquals(value, filter[i]!, 1e-3 * scale));
    }
  }
});

Deno.test("fitGabor() turns with the filter: a quarter turn adds pi / 2 to theta", () => {
  const side = 7;
  const filter = paintGabor(gaborOf(0.4, 1), side).map((value, i) => value + 0.05 * Math.sin(i * i));
  const turned = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    // (x, y) goes to (-y, x).
    for (let column = 0; column < side; column++) {
      turned[column * side + (side - 1 - row)] = filter[row * side + column]!;
    }
  }
  const options = { starts: 8, iterations: 200 };
  const before = fitGabor(filter, side, options);
  const after = fitGabor(turned, side, options);
  assertAlmostEquals(after.r2, before.r2, 1e-4);
  assertAlmostEquals(after.gabor.theta - before.gabor.theta, Math.PI / 2, 1e-2);
});

Deno.test("fitGabor() explains white noise badly", () => {
  const white = whiteFilters({ count: 10, side: 7 }, randomStream("white", 1));
  for (let i = 0; i < 10; i++) {
    assertLess(fitGabor(filterAt(white, i), 7, { starts: 8, iterations: 80 }).r2, 0.7);
  }
});

Deno.test("fitGabor() finds the frequency under noise where a standard deviation holds a fifth of a wave, and not always below", () => {
  const stream = randomStream("frequency", 1);
  const between = (low: number, high: number) => low + (high - low) * stream.uniform();
  const errors = { whole: [] as number[], part: [] as number[] };
  for (let i = 0; i < 60; i++) {
    const alpha = between(1, 4);
    const omega = between(2, 5.5);
    const gabor = { ...gaborOf(between(0, Math.PI), between(-3, 3)), alpha, omega, beta: between(0.5, 3) };
    const clean = paintGabor(gabor, 9);
    const deviation = Math.sqrt(clean.reduce((sum, value) => sum + value * value, 0) / clean.length);
    const found = fitGabor(clean.map((value) => value + 0.2 * deviation * stream.normal()), 9, {
      starts: 6,
      iterations: 60,
    });
    const kind = omega / Math.sqrt(2 * alpha) < 1.25 ? "part" : "whole";
    errors[kind].push(Math.abs(found.gabor.omega / omega - 1));
  }
  assertLess(Math.max(...errors.whole), 0.15);
  assertLess(0.2, Math.max(...errors.part));
});

Deno.test("fitGabor() refuses what has no variance", () => {
  assertThrows(
    () => fitGabor(new Float64Array(9).fill(2), 3, { starts: 1, iterations: 1 }),
    RangeError,
    "not all the same",
  );
});

const bank = whiteFilters({ count: 6, side: 5 }, randomStream("bank", 2));

Deno.test("mixFilters() keeps the sum of products of every two pixels, and no filter", () => {
  const mixed = mixFilters(bank, randomStream("mix", 1));
  const products = ({ values }: typeof bank, a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < 6; i++) sum += values[i * 25 + a]! * values[i * 25 + b]!;
    return sum;
  };
  for (let a = 0; a < 25; a++) {
    for (let b = 0; b < 25; b++) assertAlmostEquals(products(mixed, a, b), products(bank, a, b), 1e-10);
  }
  assert(Math.abs(mixed.values[0]! - bank.values[0]!) > 1e-3);
});

Deno.test("randomisePhases() keeps every Fourier modulus, and no phase", () => {
  const moduli = (filter: Float64Array) => {
    const re = filter.slice();
    const im = new Float64Array(25);
    new Fft2(5, 5).forward(re, im);
    return re.map((value, i) => Math.hypot(value, im[i]!));
  };
  const changed = randomisePhases(bank, randomStream("phases", 1));
  for (let i = 0; i < bank.count; i++) {
    const before = moduli(filterAt(bank, i));
    moduli(filterAt(changed, i)).forEach((value, k) => assertAlmostEquals(value, before[k]!, 1e-10));
  }
  assert(Math.abs(changed.values[0]! - bank.values[0]!) > 1e-3);
});

Deno.test("leadingColour() of one grey pattern in a colour is that pattern, with all of its energy", () => {
  const pattern = filterAt(bank, 0);
  const colour = [2, -1, 3];
  const { filters, shares } = leadingColour(colour.flatMap((weight) => [...pattern.map((v) => weight * v)]), [
    1,
    3,
    5,
    5,
  ]);
  assertAlmostEquals(shares[0]!, 1, 1e-12);
  filters.values.forEach((value, i) => assertAlmostEquals(value, Math.sqrt(14) * pattern[i]!, 1e-10));
});

Deno.test("livingFilters() leaves out what is small beside the largest, and scales the rest to norm 1", () => {
  const values = Float64Array.of(3, 4, 0, 0, 0.01, 0, 0, 0, 0, 1, 0, 0);
  const { count, values: kept } = livingFilters({ count: 3, side: 2, values }, 0.1);
  assertEquals([count, ...kept], [2, 0.6, 0.8, 0, 0, 0, 1, 0, 0]);
});
