import { pivotedCholesky } from "../../compute/linalg/pivoted_cholesky.ts";
import type { ClassFeatures } from "./class_features.ts";
import { Discriminants, squaredNorm } from "./discriminants.ts";
import { type ClassMoments, withinClassCovariance } from "./within_class_covariance.ts";

/** A pivot of the within-class covariance at most this part of its largest diagonal element counts as 0. */
export const defaultCut = 1e-10;

/** A Fisher ratio with what has to be known about it. */
export interface FisherRatio {
  /** Trace(Sigma_W^-1 Sigma_B), Sigma_B with the factor 1/C. */
  readonly ratio: number;
  /** The same where Sigma_B has the factor 1/(C - 1). */
  readonly unbiased: number;
  /** Directions in which rows of a class differ, at the cut; the others are left out. */
  readonly rank: number;
  /** The part of the largest diagonal element at which pivots count as 0. */
  readonly cut: number;
  /**
   * The part of Trace(Sigma_B) in features that, within a class, are combinations of those kept, and between classes are not:
   * rounding, or else the ratio over all directions would be infinite.
   */
  readonly outside: number;
  /** Rows of all classes. */
  readonly n: number;
  /** Features of a row. */
  readonly d: number;
  /** The directions behind it. */
  readonly discriminants: Discriminants;
}

/**
 * The averaged Fisher ratio Trace(Sigma_W^-1 Sigma_B) of Zarka, Guth and Mallat (2021), section 2: Sigma_W is the mean
 * over classes of the covariances Sigma_y (each with 1/n_y), and Sigma_B that of (mu_y - mu)(mu_y - mu)^T, mu the mean of the
 * class means mu_y.
 *
 * In float64, on every thread of the wasm backend: covariances around the means of the classes, and a Cholesky factor with
 * complete pivoting, stopped at its numerical rank. Features beyond it are, within every class, linear combinations of the
 * others, and are left out.
 *
 * @param features The features by class.
 * @param cut Where pivots count as 0, a part of the largest diagonal element.
 * @throws {RangeError} Where a class has no rows, or no direction is left.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { classFeatures } from "./class_features.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * // Means 0 and 4, variances 1: Sigma_B = 4.
 * const features = Float32Array.of(-1, 1, 3, 5);
 * const data = { features, dimension: 1, labels: Uint8Array.of(0, 0, 1, 1), classes: 2 };
 * assertAlmostEquals(fisherRatio(classFeatures(data)).ratio, 4, 1e-12);
 * backend.dispose();
 * ```
 */
export function fisherRatio(features: ClassFeatures, cut: number = defaultCut): FisherRatio {
  return ratioOfMoments(withinClassCovariance(features), cut);
}

/**
 * The same from moments that are there already.
 *
 * @param moments Means and covariance.
 * @param cut As in {@linkcode fisherRatio}.
 * @throws {RangeError} Where no direction is left.
 */
export function ratioOfMoments({ means, within, counts }: ClassMoments, cut: number): FisherRatio {
  const classes = means.length;
  const d = means[0]!.length;
  const cholesky = pivotedCholesky(within, d, cut);
  const { rank } = cholesky;
  if (rank === 0) {
    throw new RangeError(
      "Cannot compute the Fisher ratio: the within-class covariance must have a positive rank: " +
        `at the cut ${cut} its rank is 0, since rows of a class do not differ`,
    );
  }
  const mean = new Float64Array(d).map((_, k) => means.reduce((sum, own) => sum + own[k]!, 0) / classes);
  const deviations = means.map((own) => own.map((value, k) => value - mean[k]!));
  const discriminants = new Discriminants(cholesky, deviations);
  const between = deviations.reduce((sum, deviation) => sum + squaredNorm(deviation), 0);
  return {
    ratio: discriminants.squares / classes,
    unbiased: discriminants.squares / (classes - 1),
    rank,
    cut,
    outside: between === 0 ? 0 : discriminants.outside / between,
    n: counts.reduce((sum, count) => sum + count, 0),
    d,
    discriminants,
  };
}
