/** Eigenvalues and eigenvectors of a symmetric matrix, largest eigenvalue first. */
export interface Eigenvectors {
  /** `(count)`, descending. */
  readonly values: Float64Array;
  /** `(count, n)`: a unit vector in each row. */
  readonly vectors: Float64Array;
}

/** QL steps for one eigenvalue; two or three are usual. */
const mostSteps = 60;

/**
 * All eigenvalues and eigenvectors of a small symmetric matrix: Householder's reduction to a tridiagonal matrix, then
 * implicit QL with Wilkinson's shifts (Golub and Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3).
 *
 * @param matrix `(n, n)`, row-major; only its upper half is read. It is not changed.
 * @param n Side.
 * @throws {RangeError} Where the matrix is not n by n or has a value that is not finite.
 * @throws {Error} Where it does not converge: of finite values near 1e200, whose squares are infinite.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
 * assertAlmostEquals(values[0]!, 3, 1e-14);
 * assertAlmostEquals(values[1]!, 1, 1e-14);
 * assertAlmostEquals(vectors[0]! / vectors[1]!, 1, 1e-14);
 * ```
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigenvectors {
  if (matrix.length !== n * n) {
    throw new RangeError(`Cannot use ${matrix.length} values as a matrix of side ${n}`);
  }
  if (!matrix.every(Number.isFinite)) {
    throw new RangeError("Cannot find the eigenvectors of a matrix with values that are not finite");
  }
  const rows = Array.from({ length: n }, (_, i) => matrix.slice(i * n, (i + 1) * n));
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const basis = reduce(rows, diagonal, beside);
  diagonalise(diagonal, beside, basis);
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b]! - diagonal[a]!);
  const vectors = new Float64Array(n * n);
  for (const [i, from] of order.entries()) vectors.set(basis[from]!, i * n);
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

/**
 * Reduces a matrix, of which the upper half of each row is used, to diagonal and off-diagonal; returns the rows of the
 * transposed orthogonal factor.
 */
function reduce(a: Float64Array[], diagonal: Float64Array, beside: Float64Array): Float64Array[] {
  const n = a.length;
  const reflections: (Float64Array | undefined)[] = [];
  for (let k = 0; k + 1 < n; k++) {
    const row = a[k]!;
    diagonal[k] = row[k]!;
    let squares = 0;
    for (let j = k + 1; j < n; j++) squares += row[j]! ** 2;
    const length = Math.sqrt(squares);
    beside[k] = row[k + 1]! > 0 ? -length : length;
    if (length === 0) {
      reflections.push(undefined);
      continue;
    }
    // v = x - beside e_1, scaled so that the reflection is 1 - v v^T.
    const v = new Float64Array(n);
    const scale = 1 / Math.sqrt(length * (length + Math.abs(row[k + 1]!)));
    for (let j = k + 1; j < n; j++) v[j] = row[j]! * scale;
    v[k + 1]! -= beside[k]! * scale;
    reflections.push(v);
    reflectBothSides(a, v, k + 1);
  }
  if (n > 0) diagonal[n - 1] = a[n - 1]![n - 1]!;

  const basis = Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    return unit;
  });
  // The factor is H_0 H_1 ...: from the last on, each reflection meets only what is below it.
  for (let k = n - 2; k >= 0; k--) {
    const v = reflections[k];
    if (v === undefined) continue;
    for (let i = k + 1; i < n; i++) {
      const row = basis[i]!;
      let product = 0;
      for (let j = k + 1; j < n; j++) product += v[j]! * row[j]!;
      for (let j = k + 1; j < n; j++) row[j]! -= product * v[j]!;
    }
  }
  return basis;
}

/** a = (1 - v v^T) a (1 - v v^T) from row `first` on. */
function reflectBothSides(a: Float64Array[], v: Float64Array, first: number): void {
  const n = a.length;
  const w = new Float64Array(n);
  for (let i = first; i < n; i++) {
    const row = a[i]!;
    const vi = v[i]!;
    let sum = row[i]! * vi;
    for (let j = i + 1; j < n; j++) {
      sum += row[j]! * v[j]!;
      w[j]! += row[j]! * vi;
    }
    w[i]! += sum;
  }
  let half = 0;
  for (let i = first; i < n; i++) half += w[i]! * v[i]! / 2;
  for (let i = first; i < n; i++) w[i]! -= half * v[i]!;
  for (let i = first; i < n; i++) {
    const row = a[i]!;
    const vi = v[i]!;
    const wi = w[i]!;
    for (let j = i; j < n; j++) row[j]! -= vi * w[j]! + wi * v[j]!;
  }
}

/** Turns the rows of `basis` into eigenvectors, and `diagonal` into eigenvalues. */
function diagonalise(diagonal: Float64Array, beside: Float64Array, basis: Float64Array[]): void {
  const n = diagonal.length;
  for (let first = 0; first < n; first++) {
    for (let steps = 0;; steps++) {
      let last = first;
      while (last + 1 < n) {
        const size = Math.abs(diagonal[last]!) + Math.abs(diagonal[last + 1]!);
        if (Math.abs(beside[last]!) <= Number.EPSILON * size) break;
        last++;
      }
      if (last === first) break;
      if (steps === mostSteps) {
        throw new Error(`Cannot find the eigenvectors: QL did not converge in ${mostSteps} steps`);
      }
      stepQl(diagonal, beside, basis, first, last);
    }
  }
}

/** One implicit QL step on rows `first` to `last`. */
function stepQl(
  diagonal: Float64Array,
  beside: Float64Array,
  basis: Float64Array[],
  first: number,
  last: number,
): void {
  const half = (diagonal[first + 1]! - diagonal[first]!) / (2 * beside[first]!);
  const root = Math.hypot(half, 1);
  let bulge = diagonal[last]! - diagonal[first]! + beside[first]! / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * beside[i]!;
    const b = cosine * beside[i]!;
    const r = Math.hypot(f, bulge);
    beside[i + 1] = r;
    if (r === 0) {
      // The matrix has split early.
      diagonal[i + 1]! -= shift;
      beside[last] = 0;
      return;
    }
    sine = f / r;
    cosine = bulge / r;
    const difference = diagonal[i + 1]! - shift;
    const t = (diagonal[i]! - difference) * sine + 2 * cosine * b;
    shift = sine * t;
    diagonal[i + 1] = difference + shift;
    bulge = cosine * t - b;
    rotate(basis[i]!, basis[i + 1]!, cosine, sine);
  }
  diagonal[first]! -= shift;
  beside[first] = bulge;
  beside[last] = 0;
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let k = 0; k < a.length; k++) {
    const x = a[k]!;
    const y = b[k]!;
    a[k] = cosine * x - sine * y;
    b[k] = sine * x + cosine * y;
  }
}
