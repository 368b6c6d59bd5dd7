/** A compactly supported orthonormal wavelet: Daubechies' of the fewest taps with 1, 2 or 4 vanishing moments. */
export type OrthonormalWavelet = "haar" | "db2" | "db4";

/**
 * The taps of the low-pass h, of sum sqrt(2) and norm 1 (Daubechies, Ten Lectures on Wavelets, Table 6.1). They were computed to 40 digits
 * by spectral factorisation of sum_k C(p - 1 + k, k) y^k, p the number of vanishing moments.
 */
export const lowPassTaps: Readonly<Record<OrthonormalWavelet, Float64Array>> = {
  haar: Float64Array.of(Math.SQRT1_2, Math.SQRT1_2),
  db2: Float64Array.of(0.48296291314453414, 0.8365163037378079, 0.2241438680420134, -0.12940952255126037),
  db4: Float64Array.of(
    0.2303778133088965,
    0.7148465705529157,
    0.6308807679298589,
    -0.027983769416859854,
    -0.18703481171909309,
    0.030841381835560764,
    0.0328830116668852,
    -0.010597401785069032,
  ),
};

/** The taps of the high-pass, g[k] = (-1)^k h[K - 1 - k] of K taps: sums of g[k] k^m vanish for m below the vanishing moments. */
export function highPassTaps(wavelet: OrthonormalWavelet): Float64Array {
  return lowPassTaps[wavelet].toReversed().map((tap, k) => k % 2 === 0 ? tap : -tap);
}
