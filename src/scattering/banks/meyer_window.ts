/**
 * The angular window of the spline wavelets, with Meyer's polynomial for its flanks:
 *
 *     g(d) = sqrt(2) cos(pi/2 nu(|d| L / pi)) for |d| <= pi / L, else 0;   nu(t) = t^4 (35 - 84 t + 70 t^2 - 20 t^3)
 *
 * As nu(t) + nu(1 - t) = 1, the squares of its 2 L rotations by pi / L sum to 2.
 *
 * @param distance The angle d from the axis of the wavelet, in radians, -pi <= d <= pi.
 * @param L The number of orientations in half a turn.
 * @returns A number in [0, sqrt(2)].
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(meyerWindow(0, 6), Math.SQRT2);
 * assertAlmostEquals(meyerWindow(Math.PI / 12, 6), 1); // half way to the next orientation
 * assertAlmostEquals(meyerWindow(Math.PI / 6, 6), 0);
 * ```
 */
export function meyerWindow(distance: number, L: number): number {
  const t = (Math.abs(distance) * L) / Math.PI;
  if (t >= 1) return 0;
  const t2 = t ** 2;
  const nu = t2 ** 2 * (35 - 84 * t + (70 - 20 * t) * t2);
  return Math.SQRT2 * Math.cos((Math.PI / 2) * nu);
}
