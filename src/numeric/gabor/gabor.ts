/**
 * Gabor functions on square grids, as Bishop writes them.
 *
 * @module
 */
import { cosine, exponential, sine } from "../elementary.ts";

/**
 * A Gabor function A exp(-alpha u^2 - beta v^2) sin(omega u + phi), where u = (x - x0) cos theta + (y - y0) sin theta and
 * v = -(x - x0) sin theta + (y - y0) cos theta (Bishop and Bishop, Deep Learning, 2024, section 10.2.5). Lengths are in half-widths: a
 * filter reaches from -1 to 1, x along its rows and y down its columns.
 */
export interface Gabor {
  /** A. */
  readonly amplitude: number;
  /** How fast it falls along its wave, 1 / (2 sd^2). */
  readonly alpha: number;
  /** How fast it falls across its wave. */
  readonly beta: number;
  /** Radians per half-width. */
  readonly omega: number;
  /** In radians. */
  readonly phi: number;
  /** The direction of its wave, in radians from x towards y. */
  readonly theta: number;
  /** Its centre, along x. */
  readonly x0: number;
  /** Its centre, along y. */
  readonly y0: number;
}

/** How many parameters a Gabor function has. */
export const gaborParameters = 8;

/** The coordinate of a row or column of a grid, in half-widths from its middle. */
export function gridCoordinate(index: number, side: number): number {
  return side === 1 ? 0 : (2 * index - (side - 1)) / (side - 1);
}

/**
 * A Gabor function on a grid.
 *
 * @param gabor The function.
 * @param side Rows and columns of the grid.
 * @returns `(side, side)`.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const even = { amplitude: 2, alpha: 1, beta: 1, omega: 3, phi: Math.PI / 2, theta: 0, x0: 0, y0: 0 };
 * const values = paintGabor(even, 3);
 * assertAlmostEquals(values[4]!, 2, 1e-15);
 * assertAlmostEquals(values[1]!, 2 * Math.exp(-1), 1e-15);
 * assertAlmostEquals(values[3]!, 2 * Math.exp(-1) * Math.cos(3), 1e-15);
 * ```
 */
export function paintGabor(gabor: Gabor, side: number): Float64Array {
  const values = new Float64Array(side * side);
  evaluateGabor(toVector(gabor), side, values);
  return values;
}

/** The parameters in the order in which they are fitted: widths as logarithms, for they are positive. */
export function toVector({ amplitude, alpha, beta, omega, phi, theta, x0, y0 }: Gabor): Float64Array {
  return Float64Array.of(amplitude, Math.log(alpha), Math.log(beta), omega, phi, theta, x0, y0);
}

/** The function of a vector of parameters. */
export function fromVector(vector: ArrayLike<number>): Gabor {
  return {
    amplitude: vector[0]!,
    alpha: exponential(vector[1]!),
    beta: exponential(vector[2]!),
    omega: vector[3]!,
    phi: vector[4]!,
    theta: vector[5]!,
    x0: vector[6]!,
    y0: vector[7]!,
  };
}

/**
 * The values on a grid, and their derivatives by each parameter.
 *
 * @param vector The parameters, as {@linkcode toVector} orders them.
 * @param side Rows and columns of the grid.
 * @param values Is filled: `(side, side)`.
 * @param jacobian Is filled where it is given: `(side, side, 8)`.
 */
export function evaluateGabor(
  vector: Float64Array,
  side: number,
  values: Float64Array,
  jacobian?: Float64Array,
): void {
  const { amplitude, alpha, beta, omega, phi, theta, x0, y0 } = fromVector(vector);
  const cosTheta = cosine(theta);
  const sinTheta = sine(theta);
  for (let row = 0; row < side; row++) {
    const dy = gridCoordinate(row, side) - y0;
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      const dx = gridCoordinate(column, side) - x0;
      const u = dx * cosTheta + dy * sinTheta;
      const v = dy * cosTheta - dx * sinTheta;
      const envelope = exponential(-alpha * u * u - beta * v * v);
      const wave = sine(omega * u + phi);
      values[at] = amplitude * envelope * wave;
      if (jacobian === undefined) continue;
      const from = gaborParameters * at;
      const slope = amplitude * envelope * cosine(omega * u + phi);
      // The derivatives along u and v; u turns into v with theta, and v into -u.
      const alongU = omega * slope - 2 * alpha * u * values[at]!;
      const alongV = -2 * beta * v * values[at]!;
      jacobian[from] = envelope * wave;
      jacobian[from + 1] = -alpha * u * u * values[at]!;
      jacobian[from + 2] = -beta * v * v * values[at]!;
      jacobian[from + 3] = u * slope;
      jacobian[from + 4] = slope;
      jacobian[from + 5] = v * alongU - u * alongV;
      jacobian[from + 6] = sinTheta * alongV - cosTheta * alongU;
      jacobian[from + 7] = -sinTheta * alongU - cosTheta * alongV;
    }
  }
}
