import type { AffineSpace } from "./class_products.ts";
import { floatProduct } from "./float_product.ts";

/** Rows that are projected in one go. */
const batchRows = 1024;

/**
 * Of each row the affine space that is nearest to it, for every number d of directions at once: by Pythagoras the
 * squared distance is |z|^2 - sum over i <= d of <z, v_i>^2 with z = row - mean.
 */
export class NearestSpaces {
  readonly #features: Float32Array;
  readonly #dimension: number;
  readonly #largest: number;
  /** `(n, largest + 1)`: the least squared distance so far, and whose it is. */
  readonly #distances: Float64Array;
  readonly #labels: Uint8Array;
  readonly #count: number;

  /**
   * @param features `(n, dimension)`.
   * @param largest The largest d.
   */
  constructor(features: Float32Array, dimension: number, largest: number) {
    this.#features = features;
    this.#dimension = dimension;
    this.#largest = largest;
    this.#count = features.length / dimension;
    this.#distances = new Float64Array((largest + 1) * this.#count).fill(Infinity);
    this.#labels = new Uint8Array((largest + 1) * this.#count);
  }

  /**
   * Compares all rows with one more space; of equally near ones the first stays.
   *
   * @param label What the space stands for.
   * @param space Of at least as many directions as the largest d.
   */
  offer(label: number, space: AffineSpace): void {
    const dimension = this.#dimension;
    const { mean } = space;
    for (let first = 0; first < this.#count; first += batchRows) {
      const rows = this.#features.subarray(first * dimension, (first + batchRows) * dimension);
      const centred = new Float32Array(rows.length);
      const squares = new Float64Array(rows.length / dimension);
      for (let row = 0; row < squares.length; row++) {
        const from = row * dimension;
        let square = 0;
        for (let k = 0; k < dimension; k++) {
          const value = rows[from + k]! - mean[k]!;
          centred[from + k] = value;
          square += value * value;
        }
        squares[row] = square;
      }
      this.#compare(label, first, squares, project(centred, dimension, space.directions, this.#largest));
    }
  }

  #compare(label: number, first: number, squares: Float64Array, coordinates: Float32Array): void {
    const distances = this.#distances;
    const labels = this.#labels;
    const largest = this.#largest;
    let at = first * (largest + 1);
    for (const [row, square] of squares.entries()) {
      let rest = square;
      for (let d = 0; d <= largest; d++, at++) {
        if (d > 0) rest -= coordinates[row * largest + d - 1]! ** 2;
        if (rest >= distances[at]!) continue;
        distances[at] = rest;
        labels[at] = label;
      }
    }
  }

  /** The nearest space of each row at d directions. */
  labels(d: number): Uint8Array {
    return Uint8Array.from({ length: this.#count }, (_, row) => this.#labels[row * (this.#largest + 1) + d]!);
  }

  /**
   * How many rows are not nearest to the space of their own label.
   *
   * @param labels `(n)`.
   * @returns `(largest + 1)`, for d = 0, 1, ...
   */
  errors(labels: Uint8Array): Float64Array {
    const errors = new Float64Array(this.#largest + 1);
    for (let row = 0; row < this.#count; row++) {
      const found = this.#labels.subarray(row * errors.length, (row + 1) * errors.length);
      for (let d = 0; d < errors.length; d++) if (found[d] !== labels[row]) errors[d]!++;
    }
    return errors;
  }
}

/** Inner products of rows with the first directions, `(rows, directions)`. */
function project(
  rows: Float32Array,
  dimension: number,
  directions: Float32Array,
  wanted: number,
): Float32Array {
  if (wanted === 0) return new Float32Array(0);
  return floatProduct(rows, directions.subarray(0, wanted * dimension), dimension, true);
}
