/**
 * A model of some parameters, as it differs from what it is fitted to.
 *
 * @param x The parameters.
 * @param residuals Is filled: model less data, one for each datum.
 * @param jacobian Is filled where it is given: `(residuals, parameters)`, the derivatives of each residual.
 */
export type Residuals = (x: Float64Array, residuals: Float64Array, jacobian?: Float64Array) => void;

/** Options of {@linkcode fitLeastSquares}. */
export interface LeastSquaresOptions {
  /** How many data there are. */
  readonly residuals: number;
  /** Steps at most, those that were refused included. */
  readonly iterations: number;
  /** The least value of each parameter; none by default. */
  readonly lower?: ArrayLike<number>;
  /** The largest value of each parameter; none by default. */
  readonly upper?: ArrayLike<number>;
  /** The fit ends where a step takes less than this share of the squares away; 1e-10 by default. */
  readonly tolerance?: number;
}

/** What {@linkcode fitLeastSquares} found. */
export interface LeastSquaresFit {
  /** The parameters. */
  readonly x: Float64Array;
  /** The sum of the squares of the residuals there. */
  readonly squares: number;
  /** Steps that were tried. */
  readonly iterations: number;
}

/** Where damping begins, by what it is divided after a good step and multiplied after a bad one, and where it is hopeless. */
const damping = { start: 1e-2, divisor: 5, factor: 4, most: 1e12 };

/**
 * Least squares of a nonlinear model within a box, by Levenberg and Marquardt: steps solve (J^T J + damping diag(J^T J)) d = -J^T r
 * (Marquardt, SIAM Journal 11, 1963). A parameter at its bound that would leave the box is held there for the step; steps are cut off
 * at the box. No step that raises the squares is taken.
 *
 * @param model Gives residuals and their derivatives.
 * @param start The parameters to start from; put into the box, and not changed.
 * @throws {RangeError} Where the residuals at the start are not finite.
 *
 * @example A decay through three points
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { x } = fitLeastSquares(
 *   ([height, rate], residuals, jacobian) =>
 *     [0, 1, 2].forEach((t) => {
 *       const decay = Math.exp(-rate! * t);
 *       residuals[t] = height! * decay - 8 / 2 ** t;
 *       jacobian?.set([decay, -t * height! * decay], 2 * t);
 *     }),
 *   Float64Array.of(1, 0),
 *   { residuals: 3, iterations: 50 },
 * );
 * assertAlmostEquals(x[0]!, 8, 1e-9);
 * assertAlmostEquals(x[1]!, Math.LN2, 1e-9);
 * ```
 */
export function fitLeastSquares(
  model: Residuals,
  start: Float64Array,
  { residuals: count, iterations, lower, upper, tolerance = 1e-10 }: LeastSquaresOptions,
): LeastSquaresFit {
  const n = start.length;
  const least = (i: number) => lower?.[i] ?? -Infinity;
  const most = (i: number) => upper?.[i] ?? Infinity;
  const inBox = (x: Float64Array) => x.map((value, i) => Math.min(Math.max(value, least(i)), most(i)));
  let x = inBox(start);
  let residuals = new Float64Array(count);
  let tried = new Float64Array(count);
  const jacobian = new Float64Array(count * n);
  model(x, residuals, jacobian);
  let squares = sumOfSquares(residuals);
  if (!Number.isFinite(squares)) {
    throw new RangeError(
      `Cannot fit: residuals must be finite at the start: the sum of their squares is ${squares}`,
    );
  }
  const normal = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  let weight = damping.start;
  let isFresh = false;
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (!isFresh) {
      products(jacobian, residuals, normal, gradient);
      isFresh = true;
    }
    const held = Array.from(
      x,
      (value, i) => (value <= least(i) && gradient[i]! > 0) || (value >= most(i) && gradient[i]! < 0),
    );
    const step = dampedStep(normal, gradient, weight, held);
    const next = step === null ? null : inBox(x.map((value, i) => value + step[i]!));
    if (next !== null) model(next, tried);
    const found = next === null ? Infinity : sumOfSquares(tried);
    if (found < squares) {
      const gained = (squares - found) / squares;
      x = next!;
      [residuals, tried] = [tried, residuals];
      squares = found;
      weight /= damping.divisor;
      if (gained < tolerance || squares === 0) return { x, squares, iterations: iteration + 1 };
      model(x, residuals, jacobian);
      isFresh = false;
    } else {
      weight *= damping.factor;
      if (weight > damping.most || found === squares) return { x, squares, iterations: iteration + 1 };
    }
  }
  return { x, squares, iterations };
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

/** J^T J and J^T r. */
function products(
  jacobian: Float64Array,
  residuals: Float64Array,
  normal: Float64Array,
  gradient: Float64Array,
): void {
  const n = gradient.length;
  normal.fill(0);
  gradient.fill(0);
  for (let row = 0; row < residuals.length; row++) {
    const from = row * n;
    const residual = residuals[row]!;
    for (let i = 0; i < n; i++) {
      const value = jacobian[from + i]!;
      gradient[i]! += value * residual;
      for (let j = 0; j <= i; j++) normal[i * n + j]! += value * jacobian[from + j]!;
    }
  }
}

/** The step, 0 where a parameter is held; `null` where the matrix is not positive definite. */
function dampedStep(
  normal: Float64Array,
  gradient: Float64Array,
  weight: number,
  held: readonly boolean[],
): Float64Array | null {
  const n = gradient.length;
  const factor = new Float64Array(n * n);
  const step = new Float64Array(n);
  // Cholesky; a parameter that is held, or that nothing depends on, is a row of the identity.
  const isFree = (i: number) => !held[i] && normal[i * n + i]! > 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j
        ? (isFree(i) ? normal[i * n + i]! * (1 + weight) : 1)
        : (isFree(i) && isFree(j) ? normal[i * n + j]! : 0);
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (i === j && !(sum > 0)) return null;
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = isFree(i) ? -gradient[i]! : 0;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * step[k]!;
    step[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = step[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * step[k]!;
    step[i] = sum / factor[i * n + i]!;
  }
  return step;
}
