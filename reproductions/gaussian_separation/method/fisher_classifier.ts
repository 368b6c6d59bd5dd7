/** Samples of two classes, each `(count, dimension)`. */
export interface TwoClasses {
  /** Values of a sample. */
  readonly dimension: number;
  /** The samples of either class. */
  readonly samples: readonly [first: Float64Array, second: Float64Array];
}

/** The moments that Fisher's discriminant is made of. */
export interface TwoClassMoments {
  /** Values of a sample. */
  readonly dimension: number;
  /** The mean of either class. */
  readonly means: readonly [first: Float64Array, second: Float64Array];
  /** The mean of the covariances of both, `(dimension, dimension)`; below the diagonal 0. */
  readonly within: Float64Array;
}

/** Finds the moments. */
export function momentsOf({ dimension: p, samples }: TwoClasses): TwoClassMoments {
  const within = new Float64Array(p * p);
  const means = samples.map((values) => {
    const count = values.length / p;
    const mean = new Float64Array(p);
    for (let i = 0; i < values.length; i++) mean[i % p]! += values[i]! / count;
    const centred = new Float64Array(p);
    for (let at = 0; at < values.length; at += p) {
      for (let k = 0; k < p; k++) centred[k] = values[at + k]! - mean[k]!;
      for (let i = 0; i < p; i++) {
        const scaled = centred[i]! / (2 * count);
        const row = i * p;
        for (let k = i; k < p; k++) within[row + k]! += scaled * centred[k]!;
      }
    }
    return mean;
  });
  return { dimension: p, means: [means[0]!, means[1]!], within };
}

/** An affine classifier: the first class where <w, x> > threshold. */
export interface AffineClassifier {
  /** The weights. */
  readonly w: Float64Array;
  /** What their product with x is compared with. */
  readonly threshold: number;
}

/**
 * Fisher's discriminant of the first `dimension` values of each sample, cut half way between the class means.
 *
 * @param moments The moments of samples with at least as many values.
 * @param dimension How many are looked at.
 * @throws {RangeError} Where the covariance is singular.
 */
export function fisherClassifier(moments: TwoClassMoments, dimension: number): AffineClassifier {
  const [first, second] = moments.means;
  const w = solve(moments.within, moments.dimension, dimension, (k) => first[k]! - second[k]!);
  let threshold = 0;
  for (let k = 0; k < dimension; k++) threshold += w[k]! * (first[k]! + second[k]!) / 2;
  return { w, threshold };
}

/** Solves for the leading block of a matrix of which the upper half is there, by its Cholesky factor. */
function solve(
  upper: Float64Array,
  stride: number,
  p: number,
  right: (k: number) => number,
): Float64Array {
  // Rows of U with U^T U = the block.
  const factor = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let k = i; k < p; k++) factor[i * p + k] = upper[i * stride + k]!;
    for (let before = 0; before < i; before++) {
      const scale = factor[before * p + i]!;
      for (let k = i; k < p; k++) factor[i * p + k]! -= scale * factor[before * p + k]!;
    }
    const pivot = factor[i * p + i]!;
    if (!(pivot > 0)) {
      throw new RangeError(
        `Cannot find a discriminant of ${p} values: their covariance must be positive definite: pivot ${i} is ${pivot}`,
      );
    }
    const root = Math.sqrt(pivot);
    for (let k = i; k < p; k++) factor[i * p + k]! /= root;
  }
  const w = Float64Array.from({ length: p }, (_, k) => right(k));
  for (let i = 0; i < p; i++) {
    w[i]! /= factor[i * p + i]!;
    for (let k = i + 1; k < p; k++) w[k]! -= factor[i * p + k]! * w[i]!;
  }
  for (let i = p - 1; i >= 0; i--) {
    for (let k = i + 1; k < p; k++) w[i]! -= factor[i * p + k]! * w[k]!;
    w[i]! /= factor[i * p + i]!;
  }
  return w;
}
