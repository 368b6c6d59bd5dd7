import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Fft } from "./fft.ts";
import { rootOfUnity } from "./root_of_unity.ts";

/** The definition, term by term. */
function naiveDft(re: Float64Array, im: Float64Array): [Float64Array, Float64Array] {
  const n = re.length;
  const outRe = new Float64Array(n);
  const outIm = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    for (let t = 0; t < n; t++) {
      const [wr, wi] = rootOfUnity((t * k) % n, n);
      outRe[k]! += re[t]! * wr - im[t]! * wi;
      outIm[k]! += re[t]! * wi + im[t]! * wr;
    }
  }
  return [outRe, outIm];
}

/** A fixed signal without symmetry: the fractional parts of multiples of an irrational number. */
function signal(length: number, factor: number): Float64Array {
  return Float64Array.from({ length }, (_, t) => ((t + 1) * factor) % 1 - 0.5);
}

/** ||a - b|| / ||b|| over real and imaginary parts together. */
function relativeError(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let error = 0;
  let norm = 0;
  b.forEach((part, c) =>
    part.forEach((value, i) => {
      error += (a[c]![i]! - value) ** 2;
      norm += value ** 2;
    })
  );
  return norm === 0 ? Math.sqrt(error) : Math.sqrt(error / norm);
}

/**
 * The allowance of every comparison: EPS log2 n for smooth lengths, the usual growth of rounding errors over
 * the passes; five times that by Bluestein's way, which runs two transforms of at least twice the length.
 */
function allowance(n: number): number {
  const smooth = [2, 3, 5].reduce((rest, p) => {
    while (rest % p === 0) rest /= p;
    return rest;
  }, n) === 1;
  return (smooth ? 1 : 5) * Number.EPSILON * Math.max(1, Math.log2(n));
}

const LENGTHS = [
  ...Array.from({ length: 40 }, (_, i) => i + 1),
  49,
  64,
  75,
  97,
  128,
  131,
  240,
  243,
  500,
  512,
];

const signals: fc.Arbitrary<[Float64Array, Float64Array]> = fc.integer({ min: 1, max: 150 }).chain((n) => {
  const part = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: n, maxLength: n });
  return fc.tuple(part, part).map(([re, im]) => [Float64Array.from(re), Float64Array.from(im)]);
});

Deno.test("Fft agrees with the definition", async (t) => {
  for (const n of LENGTHS) {
    await t.step(`length ${n}`, () => {
      const re = signal(n, Math.SQRT2);
      const im = signal(n, Math.E);
      const expected = naiveDft(re, im);
      new Fft(n).forward(re, im);
      assertLessOrEqual(relativeError([re, im], expected), allowance(n));
    });
  }
});

Deno.test("Fft of a plane wave is one impulse", async (t) => {
  for (const [n, k] of [[8, 3], [60, 7], [97, 96], [128, 64], [131, 1]] as const) {
    await t.step(`length ${n}, frequency ${k}`, () => {
      const re = Float64Array.from({ length: n }, (_, u) => rootOfUnity((u * k) % n, n)[0]);
      const im = Float64Array.from({ length: n }, (_, u) => -rootOfUnity((u * k) % n, n)[1]);
      const impulse = Float64Array.from({ length: n }, (_, i) => i === k ? n : 0);
      new Fft(n).forward(re, im);
      assertLessOrEqual(relativeError([re, im], [impulse, new Float64Array(n)]), allowance(n));
    });
  }
});

Deno.test("Fft of an impulse is a plane wave", () => {
  for (const n of [9, 64, 77]) {
    const re = new Float64Array(n);
    const im = new Float64Array(n);
    re[2] = 1;
    new Fft(n).forward(re, im);
    const wave = [0, 1].map((part) =>
      Float64Array.from({ length: n }, (_, k) => rootOfUnity((2 * k) % n, n)[part]!)
    );
    assertLessOrEqual(relativeError([re, im], wave), allowance(n));
  }
});

Deno.test("Fft keeps the energy (Parseval) and inverse() undoes forward()", () => {
  fc.assert(fc.property(signals, ([re, im]) => {
    const n = re.length;
    const fft = new Fft(n);
    const xr = re.slice();
    const xi = im.slice();
    const energy = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * v + b[i]! ** 2, 0);
    const before = energy(xr, xi);
    fft.forward(xr, xi);
    assertLessOrEqual(Math.abs(energy(xr, xi) / n - before), 2 * allowance(n) * before);
    fft.inverse(xr, xi);
    assertLessOrEqual(relativeError([xr, xi], [re, im]), 2 * allowance(n));
  }));
});

Deno.test("Fft is linear", () => {
  fc.assert(fc.property(signals, fc.integer({ min: -10, max: 10 }), ([x, y], factor) => {
    const n = x.length;
    const fft = new Fft(n);
    const transform = (re: Float64Array) => {
      const parts = [re.slice(), new Float64Array(n)] as const;
      fft.forward(...parts);
      return parts;
    };
    const fx = transform(x);
    const fy = transform(y);
    const sum = transform(x.map((v, i) => factor * v + y[i]!));
    // Against the norms of the summands, since the sum itself may cancel.
    const norm = (parts: readonly Float64Array[]) => Math.hypot(...parts[0]!, ...parts[1]!);
    const difference = sum.map((part, c) => part.map((v, i) => v - (factor * fx[c]![i]! + fy[c]![i]!)));
    const scale = Math.abs(factor) * norm(fx) + norm(fy);
    assertLessOrEqual(norm(difference), 3 * allowance(n) * scale);
  }));
});

Deno.test("Fft transforms columns as it transforms each alone, bit for bit, from an offset on", () => {
  for (const n of [12, 14]) {
    const columns = 3;
    const re = signal(n * columns + 2, Math.SQRT2);
    const im = signal(n * columns + 2, Math.E);
    const alone = [0, 1, 2].map((c) => {
      const pick = (part: Float64Array) =>
        Float64Array.from({ length: n }, (_, t) => part[2 + t * columns + c]!);
      const parts = [pick(re), pick(im)] as const;
      new Fft(n).forward(...parts);
      return parts;
    });
    const untouched = [re.slice(0, 2), im.slice(0, 2)];
    new Fft(n, columns).forward(re, im, 2);
    alone.forEach(([r, i], c) =>
      r.forEach((value, t) => {
        assertEquals(re[2 + t * columns + c], value);
        assertEquals(im[2 + t * columns + c], i[t]);
      })
    );
    assertEquals([re.slice(0, 2), im.slice(0, 2)], untouched);
  }
});

Deno.test("Fft refuses a length that is no positive integer and arrays that are too short", () => {
  for (const length of [0, -4, 2.5, NaN, Infinity]) {
    assertThrows(() => new Fft(length), RangeError, `current value is ${length}`);
  }
  assertThrows(() => new Fft(4, 0), RangeError, "number of columns");
  assertThrows(
    () => new Fft(4).forward(new Float64Array(4), new Float64Array(3)),
    RangeError,
    "current lengths are 4 and 3",
  );
  assertThrows(() => new Fft(4).forward(new Float64Array(4), new Float64Array(4), 1), RangeError);
});
