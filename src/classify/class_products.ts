import { gramOfRows } from "../compute/linalg/gram_of_rows.ts";
import { leadingEigenvectors } from "../compute/linalg/leading_eigenvectors.ts";
import { meanRow } from "../numeric/statistics/mean_row.ts";
import { floatProduct } from "./float_product.ts";

/** A direction with less than this part of the largest variance is rounding. */
const leastVariance = 1e-12;

/** An affine space through the mean of some rows, along the directions in which they vary most. */
export interface AffineSpace {
  /** `(dimension)`. */
  readonly mean: Float64Array;
  /** The variances along the directions, times the number of rows; descending. */
  readonly variances: Float64Array;
  /** `(directions, dimension)`: unit vectors; zeros where the rows span fewer directions. */
  readonly directions: Float32Array;
}

/**
 * The rows of one class with their inner products, from which the space of any part of them follows: the products of
 * all pairs of rows where the rows are fewer than the features, else those of all pairs of features. Products are
 * float64, around the mean of all rows.
 */
export class ClassProducts {
  /** The number of rows. */
  readonly count: number;
  readonly #dimension: number;
  readonly #center: Float64Array;
  /** `(count, dimension)`: the rows around the center. */
  readonly #centred: Float32Array;
  readonly #byRows: boolean;
  readonly #products: Float64Array;

  /**
   * @param rows `(count, dimension)`, count >= 1.
   */
  constructor(rows: Float32Array, dimension: number) {
    this.count = rows.length / dimension;
    this.#dimension = dimension;
    this.#center = meanRow(rows, dimension);
    this.#centred = centred(rows, this.#center);
    this.#byRows = this.count < dimension;
    this.#products = this.#byRows
      ? gramOfRows(this.#centred, this.count, dimension)
      : gramOfColumns(this.#centred, dimension);
  }

  /**
   * The affine space of the rows but some.
   *
   * @param directions How many; rows of which n are left span at most n - 1.
   * @param leftOut Numbers of the rows to leave out, ascending; not all.
   */
  space(directions: number, leftOut: readonly number[] = []): AffineSpace {
    const dimension = this.#dimension;
    const isLeftOut = new Uint8Array(this.count);
    for (const row of leftOut) isLeftOut[row] = 1;
    const rows = Array.from(isLeftOut.keys()).filter((row) => !isLeftOut[row]);
    const kept = this.#select(rows);
    const offset = meanRow(kept, dimension);
    const mean = this.#center.map((value, k) => value + offset[k]!);
    const found = this.#byRows
      ? this.#fromRows(rows, kept, directions)
      : this.#fromFeatures(rows.length, this.#select(leftOut), offset, directions);
    return { mean, ...found };
  }

  /** Centred rows, by number. */
  #select(rows: readonly number[]): Float32Array {
    if (rows.length === this.count) return this.#centred;
    const dimension = this.#dimension;
    const selected = new Float32Array(rows.length * dimension);
    for (const [i, row] of rows.entries()) {
      selected.set(this.#centred.subarray(row * dimension, (row + 1) * dimension), i * dimension);
    }
    return selected;
  }

  /** From the products of the rows that are kept, around their own mean: X^T u / sqrt(lambda) for each u. */
  #fromRows(rows: readonly number[], kept: Float32Array, directions: number): Omit<AffineSpace, "mean"> {
    const n = rows.length;
    const products = new Float64Array(n * n);
    for (const [i, row] of rows.entries()) {
      const all = this.#products.subarray(row * this.count, (row + 1) * this.count);
      for (let j = 0; j < n; j++) products[i * n + j] = all[rows[j]!]!;
    }
    centreBothSides(products, n);
    const { values, vectors } = leadingEigenvectors(products, n, directions);
    const weights = new Float32Array(values.length * n);
    for (let k = 0; k < values.length; k++) {
      if (values[k]! <= leastVariance * values[0]!) continue;
      const scale = 1 / Math.sqrt(values[k]!);
      for (let i = 0; i < n; i++) weights[k * n + i] = vectors[k * n + i]! * scale;
    }
    return this.#filled(values, floatProduct(weights, kept, n), directions);
  }

  /** From the products of the features, less those of the rows that are left out. */
  #fromFeatures(
    kept: number,
    leftOut: Float32Array,
    offset: Float64Array,
    directions: number,
  ): Omit<AffineSpace, "mean"> {
    const dimension = this.#dimension;
    const without = gramOfColumns(leftOut, dimension);
    const all = this.#products;
    for (let i = 0; i < dimension; i++) {
      const shift = kept * offset[i]!;
      for (let j = 0; j < dimension; j++) {
        const at = i * dimension + j;
        without[at] = all[at]! - without[at]! - shift * offset[j]!;
      }
    }
    const { values, vectors } = leadingEigenvectors(without, dimension, directions);
    return this.#filled(values, Float32Array.from(vectors), directions);
  }

  #filled(values: Float64Array, vectors: Float32Array, directions: number): Omit<AffineSpace, "mean"> {
    const result = {
      variances: new Float64Array(directions),
      directions: new Float32Array(directions * this.#dimension),
    };
    for (const [k, value] of values.entries()) {
      if (value <= leastVariance * values[0]!) break;
      result.variances[k] = value;
      const row = vectors.subarray(k * this.#dimension, (k + 1) * this.#dimension);
      result.directions.set(row, k * this.#dimension);
    }
    return result;
  }
}

function centred(rows: Float32Array, center: Float64Array): Float32Array {
  const result = new Float32Array(rows.length);
  for (let at = 0; at < rows.length; at += center.length) {
    for (let k = 0; k < center.length; k++) result[at + k] = rows[at + k]! - center[k]!;
  }
  return result;
}

function gramOfColumns(rows: Float32Array, dimension: number): Float64Array {
  const count = rows.length / dimension;
  const transposed = new Float32Array(rows.length);
  // In strips, so that what is written stays in the cache.
  const strip = 32;
  for (let first = 0; first < count; first += strip) {
    const end = Math.min(count, first + strip);
    for (let k = 0; k < dimension; k++) {
      for (let i = first; i < end; i++) transposed[k * count + i] = rows[i * dimension + k]!;
    }
  }
  return gramOfRows(transposed, dimension, count);
}

/** Inner products of vectors -> those of the vectors less their mean. */
function centreBothSides(products: Float64Array, n: number): void {
  const means = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += products[i * n + j]!;
    return sum / n;
  });
  const all = means.reduce((sum, value) => sum + value, 0) / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) products[i * n + j]! += all - means[i]! - means[j]!;
  }
}
