import { gram } from "../../compute/linalg/gram.ts";
import type { PivotedCholesky } from "../../compute/linalg/pivoted_cholesky.ts";
import { symmetricEigen } from "../../numeric/linalg/symmetric_eigen.ts";

/**
 * The deviations of class means from their mean, seen through the factor U of a within-class covariance: z with
 * U^T z = v, so that within-class variances are 1 and sums of squares are v^T Sigma_W^-1 v. Features beyond the rank are left out.
 */
export class Discriminants {
  /** |z|^2, summed over the classes. */
  readonly squares: number;
  /** The squares of what the left out features have that those kept do not tell, summed over the classes. */
  readonly outside: number;
  readonly #cholesky: PivotedCholesky;
  readonly #d: number;
  /** `(classes, rank)`. */
  readonly #solved: readonly Float64Array[];

  /**
   * Solves for every class.
   *
   * @param cholesky The factor of the within-class covariance.
   * @param deviations Of each class, `(d)`.
   */
  constructor(cholesky: PivotedCholesky, deviations: readonly Float64Array[]) {
    const { factor, rank, pivots } = cholesky;
    this.#cholesky = cholesky;
    this.#d = pivots.length;
    let squares = 0;
    let outside = 0;
    this.#solved = deviations.map((deviation) => {
      const rest = Float64Array.from(pivots, (k) => deviation[k]!);
      for (let i = 0; i < rank; i++) {
        const row = factor.subarray(i * this.#d, (i + 1) * this.#d);
        const z = rest[i]! / row[i]!;
        rest[i] = z;
        for (let k = i + 1; k < this.#d; k++) rest[k]! -= z * row[k]!;
      }
      squares += squaredNorm(rest.subarray(0, rank));
      outside += squaredNorm(rest.subarray(rank));
      return rest.slice(0, rank);
    });
    this.squares = squares;
    this.outside = outside;
  }

  /**
   * The directions in which class means differ most, in units of the within-class deviation: Fisher's discriminants. Along each
   * the within-class variance is 1, and they are uncorrelated within classes.
   *
   * @param count At most the number of classes - 1.
   * @returns `count` vectors `(d)`, the leading one first; the sign of the first class mean along each is positive.
   */
  directions(count: number): Float64Array[] {
    const { factor, rank, pivots } = this.#cholesky;
    const classes = this.#solved.length;
    const columns = new Float64Array(rank * classes);
    for (const [j, z] of this.#solved.entries()) {
      for (let i = 0; i < rank; i++) columns[i * classes + j] = z[i]!;
    }
    const { values, vectors } = symmetricEigen(gram(columns, rank, classes), classes);
    return Array.from({ length: count }, (_, k) => {
      const weights = vectors.subarray(k * classes, (k + 1) * classes);
      const scale = (weights[0]! < 0 ? -1 : 1) / Math.sqrt(values[k]!);
      const v = new Float64Array(rank);
      for (const [j, z] of this.#solved.entries()) {
        for (let i = 0; i < rank; i++) v[i]! += scale * weights[j]! * z[i]!;
      }
      const direction = new Float64Array(this.#d);
      for (let i = rank - 1; i >= 0; i--) {
        const row = factor.subarray(i * this.#d, (i + 1) * this.#d);
        let rest = v[i]!;
        for (let j = i + 1; j < rank; j++) rest -= row[j]! * direction[pivots[j]!]!;
        direction[pivots[i]!] = rest / row[i]!;
      }
      return direction;
    });
  }
}

/** The sum of squares. */
export function squaredNorm(v: Float64Array): number {
  return v.reduce((total, value) => total + value * value, 0);
}
