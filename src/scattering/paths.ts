import type { WaveletDescription } from "./banks/filter_bank.ts";

/** A scattering path p = (lambda_1, ..., lambda_m): the wavelets that the image meets in turn. */
export interface ScatteringPath {
  /** Their number m. */
  readonly order: number;
  /** Their descriptions; the scale j strictly increases. */
  readonly wavelets: readonly WaveletDescription[];
}

/**
 * Lists the paths along which the frequency strictly decreases, in the order of kymatio: by order m, and within
 * it each path of order m - 1 followed by every wavelet of a larger scale. Of order m there are
 * L^m binomial(J, m).
 *
 * @param wavelets The wavelets of a bank, scale outer, orientation inner.
 * @param maxOrder The largest order.
 * @returns The paths; the first is empty and stands for x * phi.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const wavelets = [0, 1].map((j) => ({ j, theta: 0, angle: 0, centreFrequency: (0.75 * Math.PI) / 2 ** j }));
 * const paths = scatteringPaths(wavelets, 2);
 * assertEquals(paths.map((path) => path.wavelets.map(({ j }) => j)), [[], [0], [1], [0, 1]]);
 * ```
 */
export function scatteringPaths(
  wavelets: readonly WaveletDescription[],
  maxOrder: number,
): ScatteringPath[] {
  // Without what a caller's wavelets hold beyond their description, such as the filter.
  const descriptions = wavelets.map(({ j, theta, angle, centreFrequency }) => ({
    j,
    theta,
    angle,
    centreFrequency,
  }));
  const paths: ScatteringPath[] = [{ order: 0, wavelets: [] }];
  let layer = paths.slice();
  for (let order = 1; order <= maxOrder; order++) {
    layer = layer.flatMap((path) =>
      descriptions
        .filter(({ j }) => j > (path.wavelets.at(-1)?.j ?? -1))
        .map((wavelet) => ({ order, wavelets: [...path.wavelets, wavelet] }))
    );
    for (const path of layer) paths.push(path);
  }
  return paths;
}
