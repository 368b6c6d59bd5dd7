/**
 * Exponential, sine and cosine by additions and multiplications alone: the same bits on every processor, and as fast beside kernels
 * with 256-bit vectors. (Those of the engine are calls into code with 128-bit instructions; on some processors each such call waits
 * for the upper halves that vector kernels left behind, which makes them some 25 times as slow.)
 *
 * @module
 */

/** ln 2 and pi / 2 in parts, of which the first have 33 digits: whole multiples of them up to 2^20 are exact (Cody and Waite, 1980). */
const ln2 = { high: 0.6931471804855391, low: 7.440617110012397e-11 };
const halfPi = { high: 1.5707963267341256, middle: 6.077100506303966e-11, low: 2.0222662487959506e-21 };

/** 2^k for k = -1074 to 1023. */
const powersOfTwo = Float64Array.from({ length: 2098 }, (_, i) => {
  let value = 1;
  for (let k = 0; k < Math.abs(i - 1074); k++) value *= i < 1074 ? 0.5 : 2;
  return value;
});

/**
 * e^x, within 4e-16 of itself where it is no subnormal number; 0 below -745.2 and infinite above 709.78.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([exponential(0), exponential(-800), exponential(800)], [1, 0, Infinity]);
 * ```
 */
export function exponential(x: number): number {
  if (!(x > -745.2)) return Number.isNaN(x) ? x : 0;
  if (x > 709.782712893384) return Infinity;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * ln2.high - k * ln2.low;
  // Taylor's sum on |r| <= ln 2 / 2: the first term left out is below 5e-18.
  const sum = 1 +
    r *
      (1 +
        r *
          (1 / 2 +
            r *
              (1 / 6 +
                r *
                  (1 / 24 +
                    r *
                      (1 / 120 +
                        r *
                          (1 / 720 +
                            r *
                              (1 / 5040 +
                                r *
                                  (1 / 40320 +
                                    r *
                                      (1 / 362880 +
                                        r *
                                          (1 / 3628800 +
                                            r *
                                              (1 / 39916800 +
                                                r *
                                                  (1 / 479001600 +
                                                    r * (1 / 6227020800 + r * (1 / 87178291200))))))))))))));
  // In two steps: 2^1024 is no number.
  const half = k >> 1;
  return sum * powersOfTwo[half + 1074]! * powersOfTwo[k - half + 1074]!;
}

/**
 * sin x, within 4e-16 for |x| up to a million.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(sine(Math.PI / 6), 0.5, 1e-15);
 * ```
 */
export function sine(x: number): number {
  const quarters = Math.floor(x * (2 / Math.PI) + 0.5);
  return sineOfQuarters(x, quarters, quarters);
}

/** cos x, within 4e-16 for |x| up to a million. */
export function cosine(x: number): number {
  const quarters = Math.floor(x * (2 / Math.PI) + 0.5);
  return sineOfQuarters(x, quarters, quarters + 1);
}

/** sin(r + turned pi / 2), where r is what is left of x after some quarters of a turn. */
function sineOfQuarters(x: number, quarters: number, turned: number): number {
  const r = x - quarters * halfPi.high - quarters * halfPi.middle - quarters * halfPi.low;
  const s = r * r;
  // Taylor's sums on |r| <= pi / 4: the first terms left out are below 1e-17.
  const value = (turned & 1) === 0
    ? r *
      (1 +
        s *
          (-1 / 6 +
            s *
              (1 / 120 +
                s *
                  (-1 / 5040 +
                    s *
                      (1 / 362880 +
                        s *
                          (-1 / 39916800 +
                            s * (1 / 6227020800 + s * (-1 / 1307674368000 + s * (1 / 355687428096000)))))))))
    : 1 +
      s *
        (-1 / 2 +
          s *
            (1 / 24 +
              s *
                (-1 / 720 +
                  s *
                    (1 / 40320 +
                      s *
                        (-1 / 3628800 +
                          s * (1 / 479001600 + s * (-1 / 87178291200 + s * (1 / 20922789888000))))))));
  return (turned & 2) === 0 ? value : -value;
}
