import type { OrthonormalWavelet } from "../../../src/numeric/wavelets/orthonormal_wavelet.ts";

/**
 * What a fixed first layer does to its coefficients:
 *
 * - `identity`: nothing;
 * - `hard`, `soft`: the thresholds of Donoho & Johnstone (1994), `x 1(|x| > tau)` and `sign(x) max(|x| - tau, 0)`;
 * - `printed-hard`, `printed-soft`: as the slide prints them, with `-x` and `-x + tau` for `x < -tau`;
 * - `abs`: the modulus;
 * - `split`: the ReLU of x and of -x, twice as many values.
 */
export type Nonlinearity = "identity" | "hard" | "soft" | "printed-hard" | "printed-soft" | "abs" | "split";

/** A fixed first layer. */
export interface FixedLayer {
  /** The wavelet; `null` for the pixels themselves. */
  readonly wavelet: OrthonormalWavelet | null;
  /** What follows. */
  readonly nonlinearity: Nonlinearity;
}

/**
 * The functions of one coefficient. `split` gives its first half here, the ReLU; the other half is that of -x.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const at = (x: number) => (["hard", "soft", "printed-hard", "printed-soft"] as const).map((name) => functions[name](x, 1));
 * assertEquals(at(3), [3, 2, 3, 2]);
 * assertEquals(at(-3), [-3, -2, 3, 4]);
 * assertEquals(at(0.5), [0, 0, 0, 0]);
 * ```
 */
export const functions: Readonly<Record<Nonlinearity, (x: number, tau: number) => number>> = {
  "identity": (x) => x,
  "hard": (x, tau) => Math.abs(x) > tau ? x : 0,
  "soft": (x, tau) => x > tau ? x - tau : x < -tau ? x + tau : 0,
  "printed-hard": (x, tau) => Math.abs(x) > tau ? Math.abs(x) : 0,
  "printed-soft": (x, tau) => x > tau ? x - tau : x < -tau ? -x + tau : 0,
  "abs": (x) => Math.abs(x),
  "split": (x) => Math.max(x, 0),
};

/** How many features a layer gives of so many coefficients. */
export function featureCount({ nonlinearity }: FixedLayer, coefficients: number): number {
  return nonlinearity === "split" ? 2 * coefficients : coefficients;
}

/**
 * The features of coefficients.
 *
 * @param coefficients `(n, size)`.
 * @param size Coefficients of an image.
 * @param nonlinearity What is done to each.
 * @param tau The threshold; only thresholds read it.
 * @param result Takes the features; a new array by default.
 * @returns `(n, size)`, of `split` `(n, 2 size)`: those of x, then those of -x.
 */
export function applyNonlinearity(
  coefficients: Float32Array,
  size: number,
  nonlinearity: Nonlinearity,
  tau: number,
  result: Float32Array = new Float32Array((nonlinearity === "split" ? 2 : 1) * coefficients.length),
): Float32Array {
  const f = functions[nonlinearity];
  if (nonlinearity !== "split") {
    for (let i = 0; i < coefficients.length; i++) result[i] = f(coefficients[i]!, tau);
    return result;
  }
  for (let i = 0; i < coefficients.length; i++) {
    const to = 2 * i - i % size;
    result[to] = f(coefficients[i]!, tau);
    result[to + size] = f(-coefficients[i]!, tau);
  }
  return result;
}

/**
 * The threshold that keeps a share of coefficients.
 *
 * @param coefficients Any number of them.
 * @param keep The share, in (0, 1).
 * @returns The quantile 1 - keep of their absolute values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(thresholdKeeping(Float32Array.of(1, -2, 3, -4), 0.5), 2);
 * ```
 */
export function thresholdKeeping(coefficients: Float32Array, keep: number): number {
  if (!(keep > 0 && keep < 1) || coefficients.length === 0) {
    throw new RangeError(
      `Cannot choose a threshold: it must keep a share in (0, 1) of at least one coefficient: current values are ${keep} and ${coefficients.length}`,
    );
  }
  const sizes = coefficients.map(Math.abs).sort();
  return sizes[Math.max(0, Math.ceil((1 - keep) * sizes.length) - 1)]!;
}
