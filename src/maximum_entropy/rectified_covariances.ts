import { Fft2 } from "../numeric/fourier/fft2.ts";
import type { Autocorrelation } from "./autocorrelations.ts";
import { channelCovariances, combineChannels } from "./channel_products.ts";
import { countStatistics, covariancePairs, type StatisticCounts } from "./covariance_pairs.ts";
import {
  allStatistics,
  autocorrelationsOf,
  channelDeviations,
  completeOptions,
  deviationOfChannels,
  meanChannels,
  type RectifiedCovarianceOptions,
  type StatisticWeights,
  withoutMean,
} from "./covariance_options.ts";
import { type RectifiedFilters, rectifiedFilters } from "./rectified_filters.ts";

export type { RectifiedCovarianceOptions, StatisticWeights };

/**
 * The statistics S of one periodic field that make Zhang and Mallat's maximum-entropy models, and how far another field's are from them.
 *
 * Of the complex wavelet channels z = x * psi, the rectified ones rho(Re z), rho(-Im z), rho(-Re z), rho(Im z), and rho(+-x * phi) without its mean, and rho(+-x):
 * C, the averages of the products of two of them; M, their averages, opposite phases once; and Q, autocorrelations of z and of x * phi at five lags, which follow
 * from the power spectrum. Each channel is divided by its root mean square before rectification, taken of the field that the object was made of.
 *
 * Everything in float64. An object owns its work space: one thread at a time.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const field = Float64Array.from({ length: 256 }, (_, i) => (i * i) % 7);
 * const covariances = rectifiedCovariances(field, { N: 16, J: 2 });
 * assertEquals(covariances.target.length, covariances.counts.total);
 * assertEquals(covariances.loss(field), 0);
 * ```
 */
export class RectifiedCovariances {
  /** The options, with what was not given. */
  readonly options: Required<RectifiedCovarianceOptions>;
  /** How many statistics there are. */
  readonly counts: StatisticCounts;
  /** The channels whose covariances are taken; see `covariancePairs()`. */
  readonly pairs: readonly (readonly [i: number, j: number])[];
  /** The wavelets. */
  readonly filters: RectifiedFilters;
  /** What channels are divided by, one number each. */
  readonly sigma: Float64Array;
  /** The statistics of the field that the object was made of: C, M, Q. */
  readonly target: Float64Array;
  /** The sum of the squares of `target`. */
  readonly targetNorm: number;
  readonly #fft: Fft2;
  readonly #channelCount: number;
  /** The same, once for each wavelet, then for x * phi and x. */
  readonly #deviations: Float64Array;
  /** phi^ without its value at 0. */
  readonly #lowPass: Float64Array;
  readonly #autocorrelations: readonly Autocorrelation[];
  readonly #isNeeded: Uint8Array;
  /** Work space: channels and their gradients; the spectrum of x; one complex field; the derivative by its power. */
  readonly #channels: Float64Array;
  readonly #byChannels: Float64Array;
  readonly #spectrum: Complex;
  readonly #work: Complex;
  readonly #sum: Complex;
  readonly #power: Float64Array;
  readonly #byPower: Float64Array;
  readonly #products: Float64Array;
  readonly #byProducts: Float64Array;
  readonly #statistics: Float64Array;

  /**
   * Use {@linkcode rectifiedCovariances}.
   *
   * @param field `(N, N)`.
   * @param options What is taken.
   */
  constructor(field: Float64Array, options: RectifiedCovarianceOptions) {
    this.options = completeOptions(options);
    const { N, J, L } = this.options;
    this.filters = rectifiedFilters(this.options);
    this.pairs = covariancePairs(this.options);
    this.counts = countStatistics(this.options);
    const d = N * N;
    this.#channelCount = 4 * J * L + 4;
    this.#lowPass = withoutMean(this.filters.phi);
    this.#isNeeded = new Uint8Array(this.#channelCount ** 2);
    for (const [i, j] of this.pairs) this.#isNeeded[i * this.#channelCount + j] = 1;
    this.#fft = new Fft2(N, N);
    this.#channels = new Float64Array(this.#channelCount * d);
    this.#byChannels = new Float64Array(this.#channelCount * d);
    this.#spectrum = complex(d);
    this.#work = complex(d);
    this.#sum = complex(d);
    this.#power = new Float64Array(d);
    this.#byPower = new Float64Array(d);
    this.#products = new Float64Array(this.#channelCount ** 2);
    this.#byProducts = new Float64Array(this.#channelCount ** 2);
    this.#statistics = new Float64Array(this.counts.total);

    this.#transform(field);
    this.#deviations = channelDeviations(this.#power, [...this.filters.psi, this.#lowPass]);
    this.sigma = deviationOfChannels(this.#deviations);
    this.#autocorrelations = autocorrelationsOf(this.options, this.filters, this.#deviations);
    this.target = this.statistics(field);
    this.targetNorm = this.target.reduce((sum, value) => sum + value * value, 0);
  }

  /** Takes the spectrum of a field, and its power. */
  #transform(field: Float64Array): void {
    const { N } = this.options;
    if (field.length !== N * N) {
      throw new RangeError(
        `Cannot take rectified covariances: the field must have N N = ${
          N * N
        } values: current number is ${field.length}`,
      );
    }
    this.#spectrum.re.set(field);
    this.#spectrum.im.fill(0);
    this.#fft.forward(this.#spectrum.re, this.#spectrum.im);
    for (let i = 0; i < field.length; i++) {
      this.#power[i] = this.#spectrum.re[i]! ** 2 + this.#spectrum.im[i]! ** 2;
    }
  }

  /** Fills the channels of the field whose spectrum is at hand. */
  #rectify(field: Float64Array): void {
    const { J, L } = this.options;
    const d = field.length;
    const { re, im } = this.#work;
    const wavelets = J * L;
    for (let lambda = 0; lambda < wavelets; lambda++) {
      this.#filter(this.filters.psi[lambda]!);
      const scale = 1 / this.#deviations[lambda]!;
      const phase = (a: number) => this.#channel(a * wavelets + lambda);
      const right = phase(0);
      const down = phase(1);
      const left = phase(2);
      const up = phase(3);
      for (let i = 0; i < d; i++) {
        const x = re[i]! * scale;
        const y = im[i]! * scale;
        right[i] = x > 0 ? x : 0;
        down[i] = y < 0 ? -y : 0;
        left[i] = x < 0 ? -x : 0;
        up[i] = y > 0 ? y : 0;
      }
    }
    this.#filter(this.#lowPass);
    this.#split(re, 1 / this.#deviations[wavelets]!, 4 * wavelets);
    this.#split(field, 1 / this.#deviations[wavelets + 1]!, 4 * wavelets + 2);
  }

  /** The spectrum times a filter, transformed back, in the work space. */
  #filter(filter: Float64Array): void {
    const { re, im } = this.#work;
    for (let i = 0; i < filter.length; i++) {
      re[i] = this.#spectrum.re[i]! * filter[i]!;
      im[i] = this.#spectrum.im[i]! * filter[i]!;
    }
    this.#fft.inverse(re, im);
  }

  #channel(index: number): Float64Array {
    const d = this.options.N ** 2;
    return this.#channels.subarray(index * d, (index + 1) * d);
  }

  /** Positive and negative parts. */
  #split(values: Float64Array, scale: number, index: number): void {
    const positive = this.#channel(index);
    const negative = this.#channel(index + 1);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]! * scale;
      positive[i] = value > 0 ? value : 0;
      negative[i] = value < 0 ? -value : 0;
    }
  }

  /**
   * The statistics of a field.
   *
   * @param field `(N, N)`.
   * @returns C, in the order of `pairs`; M, of two phases of each wavelet and the positive part of x * phi and of x; Q, wavelet by wavelet, then phi.
   * @throws {RangeError} Where it has another number of values.
   */
  statistics(field: Float64Array): Float64Array {
    this.#transform(field);
    const statistics = new Float64Array(this.counts.total);
    this.#measureRectified(field, statistics);
    this.#measureAutocorrelations(statistics);
    return statistics;
  }

  #measureRectified(field: Float64Array, statistics: Float64Array): void {
    this.#rectify(field);
    channelCovariances(this.#channels, this.#channelCount, this.#isNeeded, this.#products);
    for (const [at, [i, j]] of this.pairs.entries()) {
      statistics[at] = this.#products[i * this.#channelCount + j]! / field.length;
    }
    for (const [at, index] of meanChannels(this.options).entries()) {
      let sum = 0;
      for (const value of this.#channel(index)) sum += value;
      statistics[this.counts.C + at] = sum / field.length;
    }
  }

  #measureAutocorrelations(statistics: Float64Array): void {
    let at = this.counts.C + this.counts.M;
    for (const one of this.#autocorrelations) {
      one.measure(this.#power, statistics, at);
      at += one.count;
    }
  }

  /**
   * The sum of the squares of S - target, and its gradient.
   *
   * @param field `(N, N)`.
   * @param gradient Takes the gradient, where it is given.
   * @param weights Which statistics count; all of them where it is not given.
   * @throws {RangeError} Where the field has another number of values.
   */
  loss(
    field: Float64Array,
    gradient?: Float64Array,
    weights: StatisticWeights = allStatistics,
  ): number {
    const { C, M } = this.counts;
    const differences = this.#statistics.fill(0);
    this.#transform(field);
    if (weights.rectified === 1) this.#measureRectified(field, differences);
    if (weights.autocorrelations === 1) this.#measureAutocorrelations(differences);
    let loss = 0;
    for (let i = 0; i < differences.length; i++) {
      const counts = i < C + M ? weights.rectified : weights.autocorrelations;
      differences[i] = counts * (differences[i]! - this.target[i]!);
      loss += differences[i]! ** 2;
    }
    if (gradient === undefined) return loss;
    this.#sum.re.fill(0);
    this.#sum.im.fill(0);
    gradient.fill(0);
    if (weights.rectified === 1) this.#passBackRectified(field, differences, gradient);
    if (weights.autocorrelations === 1) this.#passBackAutocorrelations(differences);
    this.#fft.inverse(this.#sum.re, this.#sum.im);
    for (let i = 0; i < gradient.length; i++) gradient[i]! += this.#sum.re[i]!;
    return loss;
  }

  /** Adds what passes through the channels: to a spectrum, and of the field itself to the gradient. */
  #passBackRectified(field: Float64Array, differences: Float64Array, gradient: Float64Array): void {
    const { J, L } = this.options;
    const d = field.length;
    const R = this.#channelCount;
    const wavelets = J * L;
    this.#byProducts.fill(0);
    for (const [at, [i, j]] of this.pairs.entries()) {
      const weight = (i === j ? 4 : 2) * differences[at]! / d;
      this.#byProducts[i * R + j] = weight;
      this.#byProducts[j * R + i] = weight;
    }
    combineChannels(this.#byProducts, this.#channels, R, this.#byChannels);
    const means = new Float64Array(R);
    for (const [at, index] of meanChannels(this.options).entries()) {
      means[index] = 2 * differences[this.counts.C + at]! / d;
    }
    const { re, im } = this.#work;
    for (let lambda = 0; lambda < wavelets; lambda++) {
      const [right, down, left, up] = [0, 1, 2, 3].map((a) => a * wavelets + lambda) as [
        number,
        number,
        number,
        number,
      ];
      const scale = 1 / this.#deviations[lambda]!;
      for (let i = 0; i < d; i++) {
        re[i] = scale *
          ((this.#channels[right * d + i]! > 0 ? this.#byChannels[right * d + i]! + means[right]! : 0) -
            (this.#channels[left * d + i]! > 0 ? this.#byChannels[left * d + i]! + means[left]! : 0));
        im[i] = scale *
          ((this.#channels[up * d + i]! > 0 ? this.#byChannels[up * d + i]! + means[up]! : 0) -
            (this.#channels[down * d + i]! > 0 ? this.#byChannels[down * d + i]! + means[down]! : 0));
      }
      this.#addFiltered(this.filters.psi[lambda]!);
    }
    const signed = (index: number, i: number) =>
      (this.#channels[index * d + i]! > 0 ? this.#byChannels[index * d + i]! + means[index]! : 0) -
      (this.#channels[(index + 1) * d + i]! > 0
        ? this.#byChannels[(index + 1) * d + i]! + means[index + 1]!
        : 0);
    for (let i = 0; i < d; i++) {
      re[i] = signed(4 * wavelets, i) / this.#deviations[wavelets]!;
      im[i] = 0;
      gradient[i]! += signed(4 * wavelets + 2, i) / this.#deviations[wavelets + 1]!;
    }
    this.#addFiltered(this.#lowPass);
  }

  /** Adds the transform of the work space times a filter: filters are real, so each is its own adjoint. */
  #addFiltered(filter: Float64Array): void {
    const { re, im } = this.#work;
    this.#fft.forward(re, im);
    for (let i = 0; i < filter.length; i++) {
      this.#sum.re[i]! += filter[i]! * re[i]!;
      this.#sum.im[i]! += filter[i]! * im[i]!;
    }
  }

  #passBackAutocorrelations(differences: Float64Array): void {
    const d = this.#power.length;
    this.#byPower.fill(0);
    const doubled = differences.map((value) => 2 * value);
    let at = this.counts.C + this.counts.M;
    for (const one of this.#autocorrelations) {
      one.addGradient(doubled, at, this.#byPower);
      at += one.count;
    }
    for (let i = 0; i < d; i++) {
      this.#sum.re[i]! += 2 * d * this.#byPower[i]! * this.#spectrum.re[i]!;
      this.#sum.im[i]! += 2 * d * this.#byPower[i]! * this.#spectrum.im[i]!;
    }
  }
}

/** Real and imaginary parts. */
interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function complex(size: number): Complex {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/**
 * Takes the statistics of a field, which others can then be compared with.
 *
 * @param field `(N, N)`, periodic.
 * @param options What is taken.
 * @throws {RangeError} Where an option is out of its range, the field has another number of values or one that is not finite, or one of its channels does not vary.
 */
export function rectifiedCovariances(
  field: Float64Array,
  options: RectifiedCovarianceOptions,
): RectifiedCovariances {
  return new RectifiedCovariances(field, options);
}
