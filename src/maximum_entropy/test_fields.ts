/**
 * Fields that tests share, as formulas.
 *
 * @module
 */

/** A field of mean 0 and deviation 1 with waves, steps and a disc. */
export function wavesAndDisc(N: number): Float64Array {
  return standardised(N, (u, v) =>
    Math.sin(2 * Math.PI * (3 * u + 2 * v) / N) +
    0.5 * Math.cos(2 * Math.PI * (5 * u - 7 * v) / N) * Math.exp(Math.sin(2 * Math.PI * u / N)) +
    ((7 * u * u + 3 * u * v + 5 * v * v + 11 * v) % 17) / 8.5 - 1 +
    ((u - Math.floor(N / 3)) ** 2 + (v - Math.floor(N / 2)) ** 2 < (N / 6) ** 2 ? 0.25 : 0));
}

/** Another one. */
export function waveAndResidues(N: number): Float64Array {
  return standardised(
    N,
    (u, v) =>
      Math.cos(2 * Math.PI * (u + 4 * v) / N) + ((13 * u * u + 5 * u * v + 3 * v * v + 7 * u) % 19) / 9.5 - 1,
  );
}

function standardised(N: number, value: (u: number, v: number) => number): Float64Array {
  const raw = Float64Array.from({ length: N * N }, (_, i) => value(Math.floor(i / N), i % N));
  const mean = raw.reduce((sum, one) => sum + one, 0) / raw.length;
  const variance = raw.reduce((sum, one) => sum + (one - mean) ** 2, 0) / raw.length;
  return raw.map((one) => (one - mean) / Math.sqrt(variance));
}

/** The largest distance of two lists. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
