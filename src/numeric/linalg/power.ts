/** A number as an unevaluated sum of two float64 of which the first is the sum rounded: some 106 bits. */
type Double = readonly [high: number, low: number];

/** ln 2. */
const ln2: Double = [0.6931471805599453, 2.3190468138462996e-17];

/**
 * A power with a real exponent, the same on every processor and with every C library: V8 leaves `Math.pow` and `**` to
 * that library, whose last bit depends on whether the processor fuses a product and a sum. Where the exponent is 2 or
 * 0.5, or the base a power of two and the result too, `**` is exact or V8's own, and faster.
 *
 * The result is the float64 nearest to the power, but where that lies within 1e-28 of the middle between two: exp and
 * log run in sums of two float64 (T. J. Dekker, A floating-point technique for extending the available precision,
 * Numer. Math. 18, 1971), of sums and products alone.
 *
 * @param base Not negative. 0, infinity and NaN give what `**` does.
 * @param exponent Any number.
 * @throws {RangeError} Where the base is negative.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([power(100, -0.5), power(0.5, 3), power(10, 1 / 3)], [0.1, 0.125, 2.154434690031884]);
 * ```
 */
export function power(base: number, exponent: number): number {
  if (base < 0) throw new RangeError(`Cannot raise ${base} to a power: the base must be >= 0`);
  const rough = exponent * Math.log(base);
  if (exponent === 0 || rough === 0) return 1;
  if (!(base > 0 && base < Infinity && Number.isFinite(exponent))) return Math.exp(rough);
  if (rough > 710) return Infinity;
  if (rough < -746) return 0;
  return exp(times([exponent, 0], log(base)));
}

/** exp of a number of at most 746: a Taylor series around a multiple of ln 2, with its argument halved 8 times. */
function exp(x: Double): number {
  const [[high, low], twos] = reducedExp(x);
  // In two steps: the power of two itself may lie beyond the range of float64.
  const half = Math.trunc(twos / 2);
  return (high + low) * 2 ** half * 2 ** (twos - half);
}

function reducedExp(x: Double): [Double, number] {
  const twos = Math.round(x[0] / ln2[0]);
  const rest = plus(x, times([-twos, 0], ln2));
  const r: Double = [rest[0] / 256, rest[1] / 256];
  let sum: Double = [1, 0];
  for (const inverse of inverses) sum = plus([1, 0], times(times(r, sum), inverse));
  for (let i = 0; i < 8; i++) sum = times(sum, sum);
  return [sum, twos];
}

/** The logarithm: what `Math.log` gives, and one step of Newton's method from there. */
function log(x: number): Double {
  const guess = Math.log(x);
  const [inverse, twos] = reducedExp([-guess, 0]);
  const half = Math.trunc(twos / 2);
  const [z, low] = plus(times([x * 2 ** half * 2 ** (twos - half), 0], inverse), [-1, 0]);
  return plus([guess, 0], [z, low - z * z / 2]);
}

function plus([a, a2]: Double, [b, b2]: Double): Double {
  const sum = a + b;
  const part = sum - a;
  return normal(sum, (a - (sum - part)) + (b - part) + a2 + b2);
}

function times([a, a2]: Double, [b, b2]: Double): Double {
  const product = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  const error = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
  return normal(product, error + (a * b2 + a2 * b));
}

/** A float64 as a sum of two of 26 bits, whose products are exact. */
function halves(x: number): Double {
  const t = 134217729 * x;
  const high = t - (t - x);
  return [high, x - high];
}

function normal(high: number, low: number): Double {
  const sum = high + low;
  return [sum, low - (sum - high)];
}

/** 1 / 12, 1 / 11, ..., 1. */
const inverses = Array.from({ length: 12 }, (_, i): Double => {
  const n = 12 - i;
  const [product, error] = times([1 / n, 0], [n, 0]);
  return [1 / n, ((1 - product) - error) / n];
});
