import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { rowsOfClass } from "../../../src/classify/rows_of_class.ts";
import { symmetricEigen } from "../../../src/numeric/linalg/symmetric_eigen.ts";
import { mean } from "../../../src/numeric/statistics/mean.ts";
import { meanRow } from "../../../src/numeric/statistics/mean_row.ts";

/** The last layer of a network, z = W^T h + b. */
export interface Head {
  /** W, `(dimension, classes)`, row-major: column c is the classifier w_c. */
  readonly weights: ArrayLike<number>;
  /** b, `(classes)`. */
  readonly bias: ArrayLike<number>;
}

/** How features of a class lie about their mean, against how class means lie about theirs. */
export interface Variability {
  /** NC1 = Trace(Sigma_W Sigma_B^+). Papyan, Han and Donoho (2020) print it divided by the number of classes. */
  readonly nc1: number;
  /** The Fisher ratio Trace(Sigma_W^-1 Sigma_B) in the C - 1 directions of the class means, the only ones in which these differ. */
  readonly fisher: number;
}

/** How class means and classifiers lie. */
export interface Geometry {
  /** Standard deviation over mean of |mu_c - mu|. */
  readonly covMeans: number;
  /** Standard deviation over mean of |w_c|. */
  readonly covClassifiers: number;
  /** Mean over pairs of |cos(mu_c - mu, mu_k - mu) + 1 / (C - 1)|: 0 where they are a simplex. */
  readonly coherenceMeans: number;
  /** The same of the classifiers. */
  readonly coherenceClassifiers: number;
  /** |W / |W|_F - M / |M|_F|_F^2, M having the columns mu_c - mu. */
  readonly nc3: number;
}

/** Means of the classes, and what is left of them without their common mean. */
export interface ClassMeans {
  /** mu_c, each `(dimension)`. */
  readonly means: readonly Float64Array[];
  /** mu_c - mu, where mu is the mean of the class means. */
  readonly deviations: readonly Float64Array[];
}

/**
 * The means of the classes of features.
 *
 * @throws {RangeError} Where a class has no rows.
 */
export function classMeans(data: LabelledFeatures): ClassMeans {
  const { dimension, classes } = data;
  const means = Array.from({ length: classes }, (_, label) => {
    const rows = rowsOfClass(data, label);
    if (rows.length === 0) {
      throw new RangeError(
        `Cannot measure collapse: each of the ${classes} classes must have rows: class ${label} has none`,
      );
    }
    return meanRow(rows, dimension);
  });
  return { means, deviations: centred(means) };
}

/** Vectors less their mean. */
export function centred(vectors: readonly Float64Array[]): Float64Array[] {
  const centre = vectors[0]!.map((_, k) => mean(vectors.map((vector) => vector[k]!)));
  return vectors.map((vector) => vector.map((value, k) => value - centre[k]!));
}

/**
 * NC1 and the Fisher ratio, in float64. Both are taken in the C - 1 directions of the class means, in units in which Sigma_B is the
 * identity: Sigma_W has eigenvalues lambda there, of which NC1 is the sum and the Fisher ratio the sum of 1 / lambda. Over all
 * directions the ratio would depend on where eigenvalues of Sigma_W count as 0, since Sigma_W loses its rank as features collapse.
 *
 * Sigma_W is the mean over classes of their covariances, Sigma_B that of (mu_c - mu)(mu_c - mu)^T.
 *
 * @throws {RangeError} Where the class means span fewer than C - 1 directions, or features do not scatter in one of these.
 */
export function variability(data: LabelledFeatures, { means, deviations }: ClassMeans): Variability {
  const { dimension, classes } = data;
  const directions = betweenDirections(deviations);
  const sides = directions.length;
  const within = new Float64Array(sides * sides);
  const seen = new Float64Array(sides);
  for (let label = 0; label < classes; label++) {
    const rows = rowsOfClass(data, label);
    const weight = dimension / (rows.length * classes);
    const mean = means[label]!;
    for (let at = 0; at < rows.length; at += dimension) {
      for (const [i, direction] of directions.entries()) {
        let sum = 0;
        for (let k = 0; k < dimension; k++) sum += (rows[at + k]! - mean[k]!) * direction[k]!;
        seen[i] = sum;
      }
      for (let i = 0; i < sides; i++) {
        for (let j = i; j < sides; j++) within[i * sides + j]! += weight * seen[i]! * seen[j]!;
      }
    }
  }
  const { values } = symmetricEigen(within, sides);
  const least = values.at(-1)!;
  if (!(least > 0)) {
    throw new RangeError(
      `Cannot compute the Fisher ratio: features must scatter in every direction of the class means: the least variance is ${least}`,
    );
  }
  return {
    nc1: values.reduce((sum, value) => sum + value, 0),
    fisher: values.reduce((sum, value) => sum + 1 / value, 0),
  };
}

/** The C - 1 eigenvectors of Sigma_B, each over the root of its eigenvalue: along them Sigma_B is the identity. */
function betweenDirections(deviations: readonly Float64Array[]): Float64Array[] {
  const classes = deviations.length;
  const { values, vectors } = symmetricEigen(gramOf(deviations), classes);
  return Array.from({ length: classes - 1 }, (_, i) => {
    // The part of the trace that rounding leaves of a direction that is not there.
    if (!(values[i]! > 1e-12 * values[0]!)) {
      throw new RangeError(
        `Cannot measure collapse: ${classes} class means must span ${classes - 1} directions: they span ${i}`,
      );
    }
    // M v / s is the unit vector of the singular value s, and the eigenvalue of Sigma_B is s^2 / C.
    const scale = Math.sqrt(classes) / values[i]!;
    const direction = new Float64Array(deviations[0]!.length);
    for (const [c, deviation] of deviations.entries()) {
      const weight = scale * vectors[i * classes + c]!;
      for (let k = 0; k < direction.length; k++) direction[k]! += weight * deviation[k]!;
    }
    return direction;
  });
}

/** Scalar products of all pairs, `(count, count)`. */
function gramOf(vectors: readonly Float64Array[]): Float64Array {
  return Float64Array.from(vectors.flatMap((a) => vectors.map((b) => dot(a, b))));
}

/** How class means and classifiers lie, NC2 and NC3. */
export function geometry({ deviations }: Pick<ClassMeans, "deviations">, head: Head): Geometry {
  const classifiers = classifiersOf(head, deviations.length);
  const lengthOfMeans = Math.sqrt(deviations.reduce((sum, v) => sum + dot(v, v), 0));
  const lengthOfWeights = Math.sqrt(classifiers.reduce((sum, v) => sum + dot(v, v), 0));
  return {
    covMeans: variationOfLengths(deviations),
    covClassifiers: variationOfLengths(classifiers),
    coherenceMeans: coherence(deviations),
    coherenceClassifiers: coherence(classifiers),
    nc3: deviations.reduce((sum, deviation, c) => {
      const classifier = classifiers[c]!;
      return deviation.reduce(
        (sum, value, k) => sum + (classifier[k]! / lengthOfWeights - value / lengthOfMeans) ** 2,
        sum,
      );
    }, 0),
  };
}

/** The columns of W. */
export function classifiersOf({ weights }: Pick<Head, "weights">, classes: number): Float64Array[] {
  const dimension = weights.length / classes;
  return Array.from(
    { length: classes },
    (_, c) => Float64Array.from({ length: dimension }, (_, k) => weights[k * classes + c]!),
  );
}

function variationOfLengths(vectors: readonly Float64Array[]): number {
  const lengths = vectors.map((vector) => Math.sqrt(dot(vector, vector)));
  const centre = mean(lengths);
  return Math.sqrt(mean(lengths.map((length) => (length - centre) ** 2))) / centre;
}

function coherence(vectors: readonly Float64Array[]): number {
  const classes = vectors.length;
  const products = gramOf(vectors);
  const square = (c: number) => products[c * classes + c]!;
  const distances: number[] = [];
  for (let c = 0; c < classes; c++) {
    for (let k = c + 1; k < classes; k++) {
      const cosine = products[c * classes + k]! / Math.sqrt(square(c) * square(k));
      distances.push(Math.abs(cosine + 1 / (classes - 1)));
    }
  }
  return mean(distances);
}

/** The scalar product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
