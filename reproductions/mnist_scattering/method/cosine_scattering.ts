/**
 * The reduced cosine scattering of the paper (section 3.3): a cosine transform along the variables of the paths, of which the
 * half with the lower frequencies is kept. How the domain of the scales j_1 < j_2, a triangle, is transformed and what counts as
 * a lower frequency is not stated; `cosineBasis()` says what is done here.
 *
 * @module
 */
import type { PathDescription } from "../../../src/scattering/scattering_2d.ts";

/** A function on the paths of all orders: 0 outside of one order. */
interface PathFunction {
  /** `(paths)`. */
  readonly values: Float64Array;
  /** The sum of its frequencies in half cycles over each variable, by which the lower half is found. */
  readonly frequency: number;
}

/**
 * The cosine functions on the paths of each order, orthonormal, those with the lower frequencies: a half of each order, and the
 * empty path. Paths of one wavelet have the variables j_1 and theta_1; paths of two have j_1, j_2 - j_1, theta_1 and theta_2. Of
 * two, scales are transformed along j_1 for each j_2 - j_1 first, and each frequency found along the j_2 - j_1 that have it then.
 *
 * @param paths Of a scattering transform of at most two orders, in any order.
 * @param share The share of each order that is kept, 1/2 as in the paper.
 * @returns `(functions, paths)`, one row a function, by order and then by frequency.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
 *
 * using scattering = new Scattering2D({ J: 3, L: 6, shape: [32, 32], threads: 1 });
 * const rows = cosineBasis(scattering.paths());
 * // The first function of order 1 is the mean over its 18 paths, but for a factor.
 * assertAlmostEquals(rows[1]![1]!, 1 / Math.sqrt(18));
 * ```
 */
export function cosineBasis(paths: readonly PathDescription[], share = 0.5): Float64Array[] {
  const J = 1 + Math.max(...paths.map(({ j }) => j[0] ?? 0), ...paths.map(({ j }) => j[1] ?? 0));
  const L = 1 + Math.max(...paths.map(({ theta }) => theta[0] ?? 0));
  return [0, 1, 2].flatMap((order) => {
    const functions = functionsOnOrder(paths, order, J, L).sort((a, b) => a.frequency - b.frequency);
    const kept = order === 0 ? 1 : Math.round(share * functions.length);
    return functions.slice(0, kept).map(({ values }) => values);
  });
}

/**
 * Applies functions on paths at each position.
 *
 * @param basis Of `cosineBasis()`.
 * @param coefficients `(n, paths, positions)`.
 * @param positions Of a path.
 * @returns `(n, functions, positions)`.
 */
export function transformPaths(
  basis: readonly Float64Array[],
  coefficients: Float32Array,
  positions: number,
): Float32Array {
  const paths = basis[0]!.length;
  const images = coefficients.length / (paths * positions);
  const result = new Float32Array(images * basis.length * positions);
  // The paths of its order alone.
  const supports = basis.map((values) => Array.from(values.keys()).filter((path) => values[path] !== 0));
  const sums = new Float64Array(positions);
  for (let image = 0; image < images; image++) {
    for (const [k, values] of basis.entries()) {
      sums.fill(0);
      for (const path of supports[k]!) {
        const from = (image * paths + path) * positions;
        const factor = values[path]!;
        for (let u = 0; u < positions; u++) sums[u]! += factor * coefficients[from + u]!;
      }
      result.set(sums, (image * basis.length + k) * positions);
    }
  }
  return result;
}

/** Products of cosines in scales and angles, one for each path of the order. */
function functionsOnOrder(
  paths: readonly PathDescription[],
  order: number,
  J: number,
  L: number,
): PathFunction[] {
  const own = Array.from(paths.entries()).filter(([, path]) => path.order === order);
  /** The functions of the paths whose scales and angles give products of these factors. */
  const tabulate = (
    frequency: number,
    factor: (j: readonly number[], theta: readonly number[]) => number,
  ) => {
    const values = new Float64Array(paths.length);
    for (const [path, { j, theta }] of own) values[path] = factor(j, theta);
    return { values, frequency };
  };
  if (own.length === 0) return [];
  if (order === 0) return [tabulate(0, () => 1)];
  if (order === 1) {
    return range(J).flatMap((k) =>
      range(L).map((l) => tabulate(k / J + l / L, ([j], [theta]) => cosine(k, j!, J) * cosine(l, theta!, L)))
    );
  }
  return range(J - 1).flatMap((k1) =>
    range(J - 1 - k1).flatMap((k2) => {
      // j_2 - j_1 = 1 ... J - 1 - k1 leave so many j_1 that these have the frequency k1.
      const distances = J - 1 - k1;
      const scales = ([j1, j2]: readonly number[]) => {
        const distance = j2! - j1!;
        return distance > distances ? 0 : cosine(k1, j1!, J - distance) * cosine(k2, distance - 1, distances);
      };
      return range(L).flatMap((l1) =>
        range(L).map((l2) =>
          tabulate(
            k1 / (J - 1) + k2 / distances + (l1 + l2) / L,
            (j, [theta1, theta2]) => scales(j) * cosine(l1, theta1!, L) * cosine(l2, theta2!, L),
          )
        )
      );
    })
  );
}

/** Value i of the orthonormal cosine function (DCT-II) of frequency k on n points. */
function cosine(k: number, i: number, n: number): number {
  return Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos(Math.PI * k * (2 * i + 1) / (2 * n));
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
