/** Which products of channels are averaged. */
export interface PairOptions {
  /** Scales. */
  readonly J: number;
  /** Angles. */
  readonly L: number;
  /** How many scales two wavelets may be apart. */
  readonly dj: number;
}

/**
 * The pairs of channels whose covariances are taken, i <= j, row by row. A channel is a (J L) + lambda for the phase a in 0..3 of the wavelet lambda = L j + l;
 * behind them stand the low-pass, positive and negative, and the field, positive and negative. Wavelets pair with those at most `dj` scales away, the
 * last four with all. Pairs whose product vanishes everywhere, opposite phases of one wavelet, are left out.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const pairs = covariancePairs({ J: 1, L: 1, dj: 0 });
 * assertEquals(pairs.filter(([i]) => i === 0), [[0, 0], [0, 1], [0, 3], [0, 4], [0, 5], [0, 6], [0, 7]]);
 * ```
 */
export function covariancePairs({ J, L, dj }: PairOptions): [i: number, j: number][] {
  const wavelets = J * L;
  const channels = 4 * wavelets + 4;
  const pairs: [number, number][] = [];
  for (let i = 0; i < channels; i++) {
    for (let k = i; k < channels; k++) {
      if (isPair(i, k)) pairs.push([i, k]);
    }
  }
  return pairs;

  function isPair(i: number, k: number): boolean {
    const isLast = k >= 4 * wavelets;
    // Positive and negative parts of the low-pass, and of the field, follow one another.
    if (isLast) return !(i !== k && i >= 4 * wavelets && i >> 1 === k >> 1);
    const first = i % wavelets;
    const second = k % wavelets;
    if (first === second && Math.floor(k / wavelets) - Math.floor(i / wavelets) === 2) return false;
    return Math.abs(Math.floor(first / L) - Math.floor(second / L)) <= dj;
  }
}

/** How many statistics there are of each kind. */
export interface StatisticCounts {
  /** Covariances of channels. */
  readonly C: number;
  /** Means of channels. */
  readonly M: number;
  /** Values of autocorrelations. */
  readonly Q: number;
  /** All of them. */
  readonly total: number;
}

/**
 * How many statistics there are, without computing any.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(countStatistics({ J: 4, L: 4, dj: 2 }), { C: 2056, M: 34, Q: 149, total: 2239 });
 * ```
 */
export function countStatistics(options: PairOptions): StatisticCounts {
  const { J, L } = options;
  const C = covariancePairs(options).length;
  const M = 2 * J * L + 2;
  const Q = 9 * J * L + 5;
  return { C, M, Q, total: C + M + Q };
}
