import { checkFeatures } from "./labelled_features.ts";

/**
 * The factors that renormalise each path of a scattering transform (Bruna and Mallat 2013, equation 19):
 *
 *     factor[p] = 1 / max over i of |S_J[p] X_i|
 *
 * with the Euclidean norm over positions; 0 for a path that is 0 on all images.
 *
 * @param features `(n, paths, positions)` of the training images, n >= 1.
 * @param paths Paths.
 * @param positions Positions of each path.
 * @returns `(paths)`.
 * @throws {RangeError} Where the features are not finite, no row, or no whole number of rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const features = Float32Array.of(3, 4, 0, 1, 0, 1, 0, 2);
 * assertEquals(Array.from(fitPathFactors(features, 2, 2)), [1 / 5, 1 / 2]);
 * ```
 */
export function fitPathFactors(features: Float32Array, paths: number, positions: number): Float64Array {
  if (checkFeatures("renormalise paths", features, paths * positions) === 0) {
    throw new RangeError("Cannot renormalise paths: there must be a training image: current number is 0");
  }
  const largest = new Float64Array(paths);
  for (let at = 0; at < features.length; at += positions) {
    let square = 0;
    for (let k = at; k < at + positions; k++) square += features[k]! ** 2;
    const path = (at / positions) % paths;
    if (square > largest[path]!) largest[path] = square;
  }
  return largest.map((square) => square === 0 ? 0 : 1 / Math.sqrt(square));
}

/**
 * Multiplies each path by its factor.
 *
 * @param features `(n, paths, positions)`. They are not changed, unless they are `into`.
 * @param factors `(paths)`, of `fitPathFactors()`.
 * @param positions Positions of each path.
 * @param into Takes the result; a new array by default.
 * @throws {RangeError} Where the features are not finite or no whole number of rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const scaled = renormalisePaths(Float32Array.of(1, 2, 3, 4), Float64Array.of(2, 10), 1);
 * assertEquals(Array.from(scaled), [2, 20, 6, 40]);
 * ```
 */
export function renormalisePaths(
  features: Float32Array,
  factors: Float64Array,
  positions: number,
  into: Float32Array = new Float32Array(features.length),
): Float32Array {
  checkFeatures("renormalise paths", features, factors.length * positions);
  for (let at = 0; at < features.length; at += positions) {
    const factor = factors[(at / positions) % factors.length]!;
    for (let k = at; k < at + positions; k++) into[k] = features[k]! * factor;
  }
  return into;
}
