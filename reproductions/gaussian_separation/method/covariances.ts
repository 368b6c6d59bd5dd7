/**
 * Classes of mean zero that differ in the axes of their covariance alone.
 *
 * @module
 */
import { symmetricEigen } from "../../../src/numeric/linalg/symmetric_eigen.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** A covariance by its axes. */
export interface Covariance {
  /** Coordinates. */
  readonly d: number;
  /** `(d, d)`: unit vectors in rows. */
  readonly axes: Float64Array;
  /** The variance along each. */
  readonly variances: Float64Array;
}

/** A random orthogonal matrix, uniform over the group: normal rows, each made orthogonal to those before it. */
export function randomRotation(d: number, stream: RandomStream): Float64Array {
  const rows = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    const row = rows.subarray(i * d, (i + 1) * d);
    for (let k = 0; k < d; k++) row[k] = stream.normal();
    // Twice: what rounding leaves of the first time.
    for (let time = 0; time < 2; time++) {
      for (let before = 0; before < i; before++) {
        const other = rows.subarray(before * d, (before + 1) * d);
        const along = dot(row, other);
        for (let k = 0; k < d; k++) row[k]! -= along * other[k]!;
      }
    }
    const norm = Math.sqrt(dot(row, row));
    for (let k = 0; k < d; k++) row[k]! /= norm;
  }
  return rows;
}

/** Variances from 1 / 3 to 3 in a geometric sequence, along random axes: neither their sum nor their product tells two classes apart. */
export function randomCovariance(d: number, stream: RandomStream): Covariance {
  const variances = Float64Array.from({ length: d }, (_, i) => Math.exp(Math.log(3) * (2 * i / (d - 1) - 1)));
  return { d, axes: randomRotation(d, stream), variances };
}

/** The variance along a vector. */
export function varianceAlong({ d, axes, variances }: Covariance, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += variances[i]! * dot(axes.subarray(i * d, (i + 1) * d), w) ** 2;
  return sum;
}

/** Samples of a Gaussian of mean zero, `(count, d)`. */
export function sampleGaussian(
  { d, axes, variances }: Covariance,
  count: number,
  stream: RandomStream,
): Float64Array {
  const samples = new Float64Array(count * d);
  const deviations = variances.map(Math.sqrt);
  for (let item = 0; item < count; item++) {
    const sample = samples.subarray(item * d, (item + 1) * d);
    for (let i = 0; i < d; i++) {
      const along = deviations[i]! * stream.normal();
      for (let k = 0; k < d; k++) sample[k]! += along * axes[i * d + k]!;
    }
  }
  return samples;
}

/** x Sigma^-1 x^T. */
export function squaredDistance({ d, axes, variances }: Covariance, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += dot(axes.subarray(i * d, (i + 1) * d), x) ** 2 / variances[i]!;
  return sum;
}

/** A direction along which the variances of two classes differ. */
export interface UnequalDirection {
  /** A vector along which the second class has the variance 1. */
  readonly w: Float64Array;
  /** The variance of the first class along it. */
  readonly ratio: number;
}

/** The directions along which the first class has the largest and the least variance in terms of that of the second. */
export function extremeDirections(
  first: Covariance,
  second: Covariance,
): { readonly largest: UnequalDirection; readonly least: UnequalDirection } {
  const { d, axes, variances } = second;
  // Vectors along which the second class has the variance 1, and is uncorrelated from one to the next.
  const whitening = axes.map((value, i) => value / Math.sqrt(variances[Math.floor(i / d)]!));
  const seen = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      for (let k = 0; k < d; k++) {
        const axis = first.axes.subarray(k * d, (k + 1) * d);
        seen[i * d + j]! += first.variances[k]! * dot(axis, whitening.subarray(i * d, (i + 1) * d)) *
          dot(axis, whitening.subarray(j * d, (j + 1) * d));
      }
    }
  }
  const { values, vectors } = symmetricEigen(seen, d);
  const direction = (index: number): UnequalDirection => {
    const w = new Float64Array(d);
    for (let i = 0; i < d; i++) {
      for (let k = 0; k < d; k++) w[k]! += vectors[index * d + i]! * whitening[i * d + k]!;
    }
    return { w, ratio: values[index]! };
  };
  return { largest: direction(0), least: direction(d - 1) };
}

/** A vector of norm 1 along which two classes have the same variance. */
export function equalDirection(first: Covariance, second: Covariance, stream: RandomStream): Float64Array {
  const { d } = first;
  const difference = (w: Float64Array) => varianceAlong(first, w) - varianceAlong(second, w);
  while (true) {
    const u = Float64Array.from({ length: d }, () => stream.normal());
    const v = Float64Array.from({ length: d }, () => stream.normal());
    // The difference along u + t v is a quadratic polynomial in t, which has a root where its sign differs between u and v.
    const c = difference(u);
    const a = difference(v);
    if (a * c >= 0) continue;
    const b = (difference(u.map((value, k) => value + v[k]!)) - a - c) / 2;
    const t = (-b + Math.sqrt(b * b - a * c)) / a;
    const w = u.map((value, k) => value + t * v[k]!);
    const norm = Math.sqrt(dot(w, w));
    return w.map((value) => value / norm);
  }
}

/** The scalar product of two vectors. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
