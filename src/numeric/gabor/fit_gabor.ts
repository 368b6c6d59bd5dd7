import { fitLeastSquares } from "../optimise/levenberg_marquardt.ts";
import { evaluateGabor, fromVector, type Gabor, gaborParameters, gridCoordinate } from "./gabor.ts";

/** A Gabor function fitted to a filter. */
export interface GaborFit {
  /** The function; its `theta` is in [0, pi), its `omega` positive. */
  readonly gabor: Gabor;
  /** 1 less the squares that are left over those about the filter's mean. */
  readonly r2: number;
}

/** Options of {@linkcode fitGabor}. */
export interface GaborFitOptions {
  /** From how many of the first guesses it is fitted. */
  readonly starts: number;
  /** Steps of each. */
  readonly iterations: number;
}

/** The first guesses: every direction with every frequency, about the middle of the filter's energy. */
const guesses = { directions: 8, omegas: [1.5, 3, 5], alpha: 2 };

/** What the parameters may be: a Gaussian between a fifth and two half-widths wide, a centre inside the filter. */
const box = { alpha: { least: 1 / 8, most: 12.5 }, leastOmega: 0.5, nyquistShare: 0.9, centre: 1 };

/**
 * The Gabor function nearest to a filter: Levenberg and Marquardt from the best of 24 first guesses, the best fit of all.
 *
 * @param filter `(side, side)`, of values that are not all the same.
 * @param side Rows and columns, at least 3.
 * @throws {RangeError} Where the filter is too small, or constant.
 *
 * @example A Gabor function is found again
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { paintGabor } from "./gabor.ts";
 *
 * const gabor = { amplitude: 1, alpha: 3, beta: 1, omega: 4, phi: 1, theta: 0.6, x0: 0.1, y0: -0.2 };
 * const found = fitGabor(paintGabor(gabor, 9), 9, { starts: 8, iterations: 80 });
 * assertAlmostEquals(found.r2, 1, 1e-9);
 * assertAlmostEquals(found.gabor.theta, 0.6, 1e-5);
 * ```
 */
export function fitGabor(
  filter: Float64Array,
  side: number,
  { starts, iterations }: GaborFitOptions,
): GaborFit {
  const size = side * side;
  const mean = filter.reduce((sum, value) => sum + value, 0) / size;
  const total = filter.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (side < 3 || filter.length !== size || !(total > 0)) {
    throw new RangeError(
      `Cannot fit a Gabor function: the filter must have at least 3 x 3 values that are not all the same: it has ${filter.length}, ` +
        `and squares of ${total} about their mean`,
    );
  }
  // Of unit size, so that steps do not depend on the scale of the filter.
  const scale = Math.sqrt(total);
  const scaled = filter.map((value) => value / scale);
  const mostOmega = box.nyquistShare * Math.PI * (side - 1) / 2;
  const lower = [
    -Infinity,
    Math.log(box.alpha.least),
    Math.log(box.alpha.least),
    box.leastOmega,
    -Infinity,
    -Infinity,
    -box.centre,
    -box.centre,
  ];
  const upper = [
    Infinity,
    Math.log(box.alpha.most),
    Math.log(box.alpha.most),
    mostOmega,
    Infinity,
    Infinity,
    box.centre,
    box.centre,
  ];
  let best: { x: Float64Array; squares: number } = {
    x: new Float64Array(gaborParameters),
    squares: Infinity,
  };
  for (const start of firstGuesses(scaled, side).slice(0, starts)) {
    const found = fitLeastSquares(
      (vector, residuals, jacobian) => {
        evaluateGabor(vector, side, residuals, jacobian);
        for (let i = 0; i < size; i++) residuals[i]! -= scaled[i]!;
      },
      start,
      { residuals: size, iterations, lower, upper, tolerance: 1e-8 },
    );
    if (found.squares < best.squares) best = found;
  }
  return { gabor: canonical({ ...fromVector(best.x), amplitude: best.x[0]! * scale }), r2: 1 - best.squares };
}

/** First guesses from the best on: amplitude and phase of each are those of linear least squares. */
function firstGuesses(filter: Float64Array, side: number): Float64Array[] {
  const centre = middleOfEnergy(filter, side);
  const found: { readonly vector: Float64Array; readonly gain: number }[] = [];
  const waves = [new Float64Array(filter.length), new Float64Array(filter.length)] as const;
  for (let k = 0; k < guesses.directions; k++) {
    for (const omega of guesses.omegas) {
      const theta = Math.PI * k / guesses.directions;
      const width = Math.log(guesses.alpha);
      const vector = Float64Array.of(1, width, width, omega, 0, theta, centre.x, centre.y);
      evaluateGabor(vector, side, waves[0]);
      vector[4] = Math.PI / 2;
      evaluateGabor(vector, side, waves[1]);
      const { odd, even, gain } = project(filter, waves);
      // odd sin + even cos = amplitude sin(. + phi).
      vector[0] = Math.hypot(odd, even);
      vector[4] = Math.atan2(even, odd);
      found.push({ vector, gain });
    }
  }
  return found.sort((a, b) => b.gain - a.gain).map(({ vector }) => vector);
}

/** Where the squares of a filter about its mean have their middle. */
function middleOfEnergy(filter: Float64Array, side: number): { readonly x: number; readonly y: number } {
  const mean = filter.reduce((sum, value) => sum + value, 0) / filter.length;
  let [x, y, sum] = [0, 0, 0];
  for (const [at, value] of filter.entries()) {
    const energy = (value - mean) ** 2;
    x += energy * gridCoordinate(at % side, side);
    y += energy * gridCoordinate(Math.floor(at / side), side);
    sum += energy;
  }
  return { x: x / sum, y: y / sum };
}

/** The coefficients of two waves nearest to a filter, and the squares that they take away. */
function project(
  filter: Float64Array,
  [a, b]: readonly [Float64Array, Float64Array],
): { readonly odd: number; readonly even: number; readonly gain: number } {
  let [aa, ab, bb, af, bf] = [0, 0, 0, 0, 0];
  for (let i = 0; i < filter.length; i++) {
    aa += a[i]! * a[i]!;
    ab += a[i]! * b[i]!;
    bb += b[i]! * b[i]!;
    af += a[i]! * filter[i]!;
    bf += b[i]! * filter[i]!;
  }
  const determinant = aa * bb - ab * ab;
  const odd = (bb * af - ab * bf) / determinant;
  const even = (aa * bf - ab * af) / determinant;
  return { odd, even, gain: odd * af + even * bf };
}

/** The same function with its direction in [0, pi) and its phase in [-pi, pi), and a positive amplitude. */
function canonical(gabor: Gabor): Gabor {
  const turns = Math.floor(gabor.theta / Math.PI);
  const theta = gabor.theta - Math.PI * turns;
  const isTurned = turns % 2 !== 0;
  // Half a turn changes the sign of u: sin(-omega u + phi) = sin(omega u + pi - phi).
  let phi = isTurned ? Math.PI - gabor.phi : gabor.phi;
  if (gabor.amplitude < 0) phi += Math.PI;
  phi -= 2 * Math.PI * Math.floor((phi + Math.PI) / (2 * Math.PI));
  return { ...gabor, amplitude: Math.abs(gabor.amplitude), theta, phi };
}
