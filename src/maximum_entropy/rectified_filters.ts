/** How many scales and angles there are, over which grid. */
export interface RectifiedFilterOptions {
  /** Pixels of a side of the periodic, square grid: even, at least 2^J. */
  readonly N: number;
  /** Scales; the wavelets of the finest one, j = 0, hold every frequency beyond 0.85 pi. */
  readonly J: number;
  /** Angles in half a turn. */
  readonly L: number;
}

/** Transfer functions on the grid of the discrete Fourier transform, `(N, N)` each, real. */
export interface RectifiedFilters {
  /** The J L wavelets, that of scale j and angle l at index L j + l. */
  readonly psi: readonly Float64Array[];
  /** The low-pass filter. */
  readonly phi: Float64Array;
}

/** The radius of the finest wavelets, in radians a sample. */
const finestRadius = 0.85 * Math.PI;

/**
 * The tight frame of Zhang and Mallat's models: a radial window of two octaves, whose squares over neighbouring scales add up to 1, times the power
 * L - 1 of a cosine of the angle on a half circle, so that wavelets are complex with real transfer functions:
 *
 *     |phi(w)|^2 + 1/2 sum_(j, l) (|psi_jl(w)|^2 + |psi_jl(-w)|^2) = 1
 *
 * At the Nyquist frequency of an axis, where w and -w share a place, a filter is the root mean square over its aliases: so the identity holds there
 * as well.
 *
 * @param options Grid, scales and angles.
 * @throws {RangeError} Where one of them is not a positive integer, N is odd, or 2^J > N.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { psi, phi } = rectifiedFilters({ N: 8, J: 2, L: 4 });
 * const at = 3; // (0, 3), whose opposite is (0, 5)
 * const squares = psi.map((one) => (one[3]! ** 2 + one[5]! ** 2) / 2);
 * assertAlmostEquals(squares.reduce((a, b) => a + b) + phi[at]! ** 2, 1, 1e-14);
 * ```
 */
export function rectifiedFilters({ N, J, L }: RectifiedFilterOptions): RectifiedFilters {
  for (const [name, value] of Object.entries({ N, J, L })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(
        `Cannot build rectified wavelets: ${name} must be a positive integer: current value is ${value}`,
      );
    }
  }
  if (N % 2 !== 0 || 2 ** J > N) {
    throw new RangeError(
      `Cannot build rectified wavelets for J = ${J}: N must be even and at least 2^J: current value is ${N}`,
    );
  }
  const psi = Array.from({ length: J * L }, (_, lambda) => {
    const j = Math.floor(lambda / L);
    const angle = Math.PI * (lambda % L) / L;
    return onGrid(N, (w1, w2) => wavelet(w1, w2, j, angle, L));
  });
  return { psi, phi: onGrid(N, (w1, w2) => lowPass(Math.hypot(w1, w2), J)) };
}

/** A filter on the grid: the root mean square over the aliases that share a place. */
function onGrid(N: number, filter: (w1: number, w2: number) => number): Float64Array {
  const aliases = Array.from({ length: N }, (_, k) => {
    const w = 2 * Math.PI * (k < N / 2 ? k : k - N) / N;
    return 2 * k === N ? [-Math.PI, Math.PI] : [w];
  });
  const values = new Float64Array(N * N);
  for (let u = 0; u < N; u++) {
    for (let v = 0; v < N; v++) {
      const there = aliases[u]!.flatMap((w1) => aliases[v]!.map((w2) => filter(w1, w2)));
      values[u * N + v] = there.length === 1
        ? there[0]!
        : Math.sqrt(there.reduce((sum, value) => sum + value * value, 0) / there.length);
    }
  }
  return values;
}

function wavelet(w1: number, w2: number, j: number, direction: number, L: number): number {
  const radius = Math.hypot(w1, w2);
  if (radius === 0) return 0;
  const octaves = Math.log2(radius / finestRadius) + j;
  const isBeyond = j === 0 && octaves >= 0;
  const radial = isBeyond ? 1 : Math.abs(octaves) < 1 ? Math.cos(Math.PI / 2 * Math.abs(octaves)) : 0;
  const turn = Math.atan2(w2, w1) - direction;
  // Where the cosine of 90 degrees is rounded to a little above 0, its power is below any rounding.
  const cosine = Math.max(Math.cos(turn), 0);
  return Math.SQRT2 * radial * integerPower(cosine, L - 1) / angularNorm(L);
}

/** sqrt(L (2 L - 2)!) / ((L - 1)! 2^(L - 1)): squares over all angles add up to 1. */
function angularNorm(L: number): number {
  // (2 L - 2)! / ((L - 1)! 2^(L - 1))^2 = prod_(i < L) (2 i - 1) / (2 i)
  let share = 1;
  for (let i = 1; i < L; i++) share *= (2 * i - 1) / (2 * i);
  return Math.sqrt(L * share);
}

function integerPower(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}

function lowPass(radius: number, J: number): number {
  if (radius === 0) return 1;
  const octaves = Math.log2(radius / finestRadius) + J - 1;
  if (octaves <= -1) return 1;
  return octaves < 0 ? Math.sin(Math.PI / 2 * Math.abs(octaves)) : 0;
}
