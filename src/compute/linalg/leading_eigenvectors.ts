import { type RunningBackend, runningBackend } from "../tfjs/running_backend.ts";
import { KrylovBasis } from "./krylov_basis.ts";
import { type Eigenvectors, symmetricEigen } from "../../numeric/linalg/symmetric_eigen.ts";

/** Vectors that the basis has beyond those wanted when it is first tried, and how many more at each further try. */
const margin = 64;

/** A gap that tells a subspace from the rest, as a part of the largest eigenvalue. */
const distinctGap = 1e-2;
/** Largest sine of the angle between a subspace before such a gap and the true one. */
const subspaceTolerance = 1e-6;
/** Largest residual of a single vector as a part of its own eigenvalue. */
const vectorTolerance = 0.25;

/**
 * The leading eigenvectors of a symmetric positive semi-definite matrix: block Lanczos with full
 * reorthogonalisation (Golub and Van Loan, Matrix Computations, section 10.3.6), in float64 on every thread of the
 * wasm backend.
 *
 * The basis grows until two conditions hold. Where eigenvalues d and d + 1 differ by at least 1 % of the largest, the
 * span of the first d vectors is within 1e-6 of the true one (sine of the largest angle, by its bound |residual| /
 * gap; Parlett, The Symmetric Eigenvalue Problem, section 11.7). And the residual of each vector is at most a quarter
 * of its eigenvalue: among eigenvalues that are close to each other the vectors are only determined that far.
 *
 * @param matrix `(n, n)`, row-major, both halves. It is not changed.
 * @param n Side.
 * @param count How many are wanted; there are at most n.
 * @param on The backend whose threads compute: the current one, where it is not given.
 * @throws {RangeError} Where the matrix is not n by n or has a value that is not finite.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const { values } = leadingEigenvectors(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 3), 3, 2);
 * assertEquals(Array.from(values), [5, 3]);
 * backend.dispose();
 * ```
 */
export function leadingEigenvectors(
  matrix: Float64Array,
  n: number,
  count: number,
  on: RunningBackend = runningBackend(),
): Eigenvectors {
  const wanted = Math.min(count, n);
  if (wanted + margin >= n) return leading(symmetricEigen(matrix, n), wanted, n);
  if (matrix.length !== n * n) {
    throw new RangeError(`Cannot use ${matrix.length} values as a matrix of side ${n}`);
  }
  if (!matrix.every(Number.isFinite)) {
    throw new RangeError("Cannot find the eigenvectors of a matrix with values that are not finite");
  }
  const basis = new KrylovBasis(on, matrix, n);
  for (let size = wanted + margin;; size += margin) {
    basis.extend(Math.min(size, n));
    const { values, vectors } = symmetricEigen(basis.projection(), basis.size);
    if (basis.size === n || isAccurate(values, basis.residuals(vectors), wanted)) {
      return {
        values: values.slice(0, wanted),
        vectors: basis.combine(vectors.subarray(0, wanted * basis.size)),
      };
    }
  }
}

/** Whether the leading vectors are as accurate as promised. */
function isAccurate(values: Float64Array, residuals: Float64Array, wanted: number): boolean {
  let squares = 0;
  for (let i = 0; i < wanted; i++) {
    if (residuals[i]! > vectorTolerance * values[i]!) return false;
    squares += residuals[i]! ** 2;
    const gap = values[i]! - values[i + 1]!;
    if (gap >= distinctGap * values[0]! && Math.sqrt(squares) > subspaceTolerance * gap) return false;
  }
  return true;
}

function leading({ values, vectors }: Eigenvectors, count: number, n: number): Eigenvectors {
  return { values: values.slice(0, count), vectors: vectors.slice(0, count * n) };
}
