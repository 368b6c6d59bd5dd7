/**
 * Values of the autocorrelations of wavelet channels at a few lags, and what they pass back.
 *
 * @module
 */

/** Half a plane of lags, in units of 2^j pixels: (rows, columns). */
const halfPlane: readonly (readonly [a: number, b: number])[] = [[0, 1], [1, -1], [1, 0], [1, 1]];

/** The values of one channel. */
export const lagsOfWavelet = 1 + 2 * halfPlane.length;
/** Those of the low-pass, whose spectrum is even: no sines. */
export const lagsOfLowPass = 1 + halfPlane.length;

/** Cosines and sines of 2 pi step k / N over the places k of an axis. */
interface Waves {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/**
 * The autocorrelation of a field after one real filter, (1 / N^4) sum_w |x^(w)|^2 f(w)^2 exp(i s n.w), at n = 0 (its real part) and at four n of half a plane
 * (real and imaginary parts): a linear function of the power spectrum.
 */
export class Autocorrelation {
  /** How many values there are. */
  readonly count: number;
  readonly #N: number;
  readonly #squares: Float64Array;
  readonly #waves: Waves;
  readonly #hasSines: boolean;
  readonly #scale: number;
  readonly #lags: readonly (readonly [a: number, b: number])[];
  /** From where to where the filter does not vanish, row by row. */
  readonly #ranges: Int32Array;

  /**
   * Prepares cosines and sines.
   *
   * @param N Side of the grid.
   * @param filter `(N, N)`, real.
   * @param step The lag s in pixels.
   * @param hasSines Whether imaginary parts are taken: they vanish for an even filter.
   * @param variance What the values are divided by.
   * @param isTransposed Whether filter and power spectra are transposed.
   */
  constructor(
    N: number,
    filter: Float64Array,
    step: number,
    hasSines: boolean,
    variance: number,
    isTransposed = false,
  ) {
    this.#N = N;
    this.#lags = isTransposed ? halfPlane.map(([a, b]) => [b, a] as const) : halfPlane;
    this.#ranges = new Int32Array(2 * N);
    for (let u = 0; u < N; u++) {
      const row = filter.subarray(u * N, (u + 1) * N);
      this.#ranges[2 * u] = Math.max(row.findIndex((value) => value !== 0), 0);
      this.#ranges[2 * u + 1] = row.findLastIndex((value) => value !== 0) + 1;
    }
    this.#squares = filter.map((value) => value * value);
    const angles = Array.from({ length: N }, (_, k) => 2 * Math.PI * ((step * k) % N) / N);
    this.#waves = { cos: Float64Array.from(angles, Math.cos), sin: Float64Array.from(angles, Math.sin) };
    this.#hasSines = hasSines;
    this.#scale = 1 / (N ** 4 * variance);
    this.count = hasSines ? lagsOfWavelet : lagsOfLowPass;
  }

  /**
   * The values for one power spectrum.
   *
   * @param power |x^|^2, `(N, N)`.
   * @param to Takes the values, from `offset` on.
   * @param offset Where they begin.
   */
  measure(power: Float64Array, to: Float64Array, offset: number): void {
    const N = this.#N;
    const { cos, sin } = this.#waves;
    const sums = new Float64Array(lagsOfWavelet);
    for (let u = 0; u < N; u++) {
      let all = 0;
      let even = 0;
      let odd = 0;
      const end = this.#ranges[2 * u + 1]!;
      let at = u * N + this.#ranges[2 * u]!;
      for (let v = this.#ranges[2 * u]!; v < end; v++, at++) {
        const weighted = power[at]! * this.#squares[at]!;
        all += weighted;
        even += weighted * cos[v]!;
        odd += weighted * sin[v]!;
      }
      sums[0]! += all;
      for (const [n, [a, b]] of this.#lags.entries()) {
        // exp(i s (a w1 + b w2)) = exp(i s a w1) (cos + i b sin)(s w2)
        const re = b === 0 ? all : even;
        const im = b * odd;
        const c = a === 0 ? 1 : cos[u]!;
        const s = a * sin[u]!;
        sums[1 + 2 * n]! += c * re - s * im;
        sums[2 + 2 * n]! += c * im + s * re;
      }
    }
    const values = this.#hasSines ? sums : sums.filter((_, i) => i === 0 || i % 2 === 1);
    for (const [i, value] of values.entries()) to[offset + i] = value * this.#scale;
  }

  /**
   * Adds the gradient by the power spectrum.
   *
   * @param gradient Derivatives by the values, from `offset` on.
   * @param offset Where they begin.
   * @param byPower `(N, N)`: is added to.
   */
  addGradient(gradient: Float64Array, offset: number, byPower: Float64Array): void {
    const N = this.#N;
    const { cos, sin } = this.#waves;
    const real = (n: number) => gradient[offset + 1 + (this.#hasSines ? 2 * n : n)]! * this.#scale;
    const imaginary = (n: number) => this.#hasSines ? gradient[offset + 2 + 2 * n]! * this.#scale : 0;
    for (let u = 0; u < N; u++) {
      const end = this.#ranges[2 * u + 1]!;
      if (end === 0) continue;
      let all = gradient[offset]! * this.#scale;
      let even = 0;
      let odd = 0;
      for (const [n, [a, b]] of this.#lags.entries()) {
        const c = a === 0 ? 1 : cos[u]!;
        const s = a * sin[u]!;
        const byCos = real(n) * c + imaginary(n) * s;
        const bySin = imaginary(n) * c - real(n) * s;
        if (b === 0) all += byCos;
        else {
          even += byCos;
          odd += b * bySin;
        }
      }
      let at = u * N + this.#ranges[2 * u]!;
      for (let v = this.#ranges[2 * u]!; v < end; v++, at++) {
        byPower[at]! += this.#squares[at]! * (all + even * cos[v]! + odd * sin[v]!);
      }
    }
  }
}
