import { randomStream } from "../../numeric/random/random_stream.ts";
import type { RunningBackend } from "../tfjs/running_backend.ts";
import { ScratchMemory } from "../tfjs/scratch_memory.ts";
import { addProduct } from "./multiply_transposed.ts";

/** Vectors that are multiplied at once. */
const block = 16;
/** A remainder smaller than this part of the largest eigenvalue is rounding, and adds no direction. */
const leastRemainder = 1e-12;

/** What the basis that was made last on a backend has there. */
const memory = {
  matrix: new ScratchMemory(),
  columns: new ScratchMemory(),
  rows: new ScratchMemory(),
  block: new ScratchMemory(),
  coefficients: new ScratchMemory(),
  combination: new ScratchMemory(),
  result: new ScratchMemory(),
};

/**
 * An orthonormal basis of the block Krylov space span(X, A X, A^2 X, ...) of a symmetric matrix A and a fixed random X,
 * continued with another X when it is complete, and the projection of A to it. It grows by products of matrices in the memory of the backend.
 */
export class KrylovBasis {
  /** Vectors that A has been applied to: the side of the projection. */
  size: number = 0;
  readonly #on: RunningBackend;
  readonly #n: number;
  readonly #stream = randomStream("krylov basis", 0);
  /** Addresses of A, of the basis as columns and as rows, and of a block and its coefficients in the basis. */
  readonly #matrix: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #block: number;
  readonly #coefficients: number;
  /** Vectors of the basis; A is next applied to those from `size` on. */
  #count = 0;
  /** Of A times each vector: its coefficients in the basis of that time. */
  readonly #projected: Float64Array[] = [];
  /** What A times the last block has outside the basis: the inner products. */
  #outside: Float64Array[] = [];

  /**
   * Copies the matrix to the memory of the backend; one basis there is valid until the next one is made.
   *
   * @param on The backend whose threads compute.
   * @param matrix `(n, n)`, symmetric.
   * @param n Side.
   */
  constructor(on: RunningBackend, matrix: Float64Array, n: number) {
    const { pool } = on;
    this.#on = on;
    this.#n = n;
    this.#matrix = memory.matrix.place(pool, matrix);
    this.#columns = memory.columns.reserve(pool, n * n * 8);
    this.#rows = memory.rows.reserve(pool, n * n * 8);
    this.#block = memory.block.reserve(pool, n * block * 8);
    this.#coefficients = memory.coefficients.reserve(pool, n * block * 8);
    this.#append(orthonormalise(this.#randomBlock()));
  }

  /** Grows until the projection has at least `size` rows; at most n. */
  extend(size: number): void {
    while (this.size < size) this.#step();
  }

  /** As many random vectors as a block has, or the space has room for. */
  #randomBlock(): Float64Array[] {
    const width = Math.min(block, this.#n - this.#count);
    return Array.from(
      { length: width },
      () => Float64Array.from({ length: this.#n }, () => this.#stream.normal()),
    );
  }

  #step(): void {
    const n = this.#n;
    const width = this.#count - this.size;
    this.#on.pool.doubles(this.#block, n * width).fill(0);
    this.#add({
      x: this.#matrix,
      y: this.#columns + this.size * 8,
      result: this.#block,
      steps: n,
      rows: n,
      columns: width,
      xStride: n,
      yStride: n,
      stride: width,
    });
    const coefficients = this.#removeBasis(width);
    for (let j = 0; j < width; j++) {
      this.#projected.push(
        Float64Array.from({ length: this.#count }, (_, i) => coefficients[i * width + j]!),
      );
    }
    const remainders = this.#readBlock(width);
    this.#outside = remainders.map((a) => Float64Array.from(remainders, (b) => dot(a, b)));
    this.size = this.#count;

    const largest = this.#projected.reduce((most, column, i) => Math.max(most, column[i]!), 0);
    const found = orthonormalise(remainders, leastRemainder * largest).slice(0, n - this.#count);
    // Where A maps the space into itself, eigenvalues with more vectors than a block may still lack some.
    const fresh = found.length > 0 ? found : this.#randomBlock();
    if (fresh.length === 0) return;
    // Once is not enough: a small remainder, scaled up, is no longer orthogonal to the basis.
    this.#writeBlock(fresh);
    this.#removeBasis(fresh.length);
    this.#append(orthonormalise(this.#readBlock(fresh.length)));
  }

  /** Makes the block orthogonal to the basis; returns what was taken away, `(count, width)`. */
  #removeBasis(width: number): Float64Array {
    const n = this.#n;
    const count = this.#count;
    const coefficients = this.#on.pool.doubles(this.#coefficients, count * width).fill(0);
    const shared = { columns: width, yStride: width, stride: width };
    this.#add({
      ...shared,
      x: this.#columns,
      y: this.#block,
      result: this.#coefficients,
      steps: n,
      rows: count,
      xStride: n,
    });
    this.#add({
      ...shared,
      x: this.#rows,
      y: this.#coefficients,
      result: this.#block,
      steps: count,
      rows: n,
      xStride: n,
      subtract: true,
    });
    return coefficients;
  }

  #add(product: Parameters<typeof addProduct>[1]): void {
    addProduct(this.#on, product);
  }

  /** The vectors of the block. */
  #readBlock(width: number): Float64Array[] {
    const values = this.#on.pool.doubles(this.#block, this.#n * width);
    const vectors = Array.from({ length: width }, () => new Float64Array(this.#n));
    for (const [j, vector] of vectors.entries()) {
      for (let i = 0; i < this.#n; i++) vector[i] = values[i * width + j]!;
    }
    return vectors;
  }

  #writeBlock(vectors: readonly Float64Array[]): void {
    const values = this.#on.pool.doubles(this.#block, this.#n * vectors.length);
    for (const [j, vector] of vectors.entries()) {
      for (let i = 0; i < this.#n; i++) values[i * vectors.length + j] = vector[i]!;
    }
  }

  #append(vectors: readonly Float64Array[]): void {
    const n = this.#n;
    const columns = this.#on.pool.doubles(this.#columns, n * n);
    const rows = this.#on.pool.doubles(this.#rows, n * n);
    for (const vector of vectors) {
      rows.set(vector, this.#count * n);
      for (let i = 0; i < n; i++) columns[i * n + this.#count] = vector[i]!;
      this.#count++;
    }
  }

  /** The projection of A, `(size, size)`. */
  projection(): Float64Array {
    const size = this.size;
    const result = new Float64Array(size * size);
    for (let j = 0; j < size; j++) {
      for (let i = 0; i <= j; i++) result[i * size + j] = result[j * size + i] = this.#projected[j]![i]!;
    }
    return result;
  }

  /**
   * How far A maps vectors of the space out of it.
   *
   * @param vectors `(k, size)`: unit vectors, by their coefficients.
   * @returns `(k)`: the lengths.
   */
  residuals(vectors: Float64Array): Float64Array {
    const width = this.#outside.length;
    return Float64Array.from({ length: vectors.length / this.size }, (_, k) => {
      const last = vectors.subarray((k + 1) * this.size - width, (k + 1) * this.size);
      let square = 0;
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < width; j++) square += last[i]! * last[j]! * this.#outside[i]![j]!;
      }
      return Math.sqrt(Math.max(square, 0));
    });
  }

  /**
   * Vectors of the space.
   *
   * @param vectors `(k, size)`: coefficients.
   * @returns `(k, n)`.
   */
  combine(vectors: Float64Array): Float64Array {
    const n = this.#n;
    const size = this.size;
    const count = vectors.length / size;
    const { pool } = this.#on;
    const x = memory.combination.reserve(pool, size * count * 8);
    const result = memory.result.reserve(pool, count * n * 8);
    const transposed = pool.doubles(x, size * count);
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < size; i++) transposed[i * count + k] = vectors[k * size + i]!;
    }
    const combined = pool.doubles(result, count * n).fill(0);
    const sides = { steps: size, rows: count, columns: n, xStride: count, yStride: n, stride: n };
    this.#add({ x, y: this.#rows, result, ...sides });
    return combined.slice();
  }
}

/** Gram-Schmidt, twice, in place; leaves out vectors of which at most `least` is new. */
function orthonormalise(vectors: readonly Float64Array[], least = 0): Float64Array[] {
  const kept: Float64Array[] = [];
  for (const vector of vectors) {
    for (const other of [...kept, ...kept]) addMultiple(vector, other, -dot(vector, other));
    const length = Math.sqrt(dot(vector, vector));
    if (length <= least) continue;
    for (let i = 0; i < vector.length; i++) vector[i]! /= length;
    kept.push(vector);
  }
  return kept;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addMultiple(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}
