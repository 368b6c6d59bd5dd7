import { type ThreadKernel, ThreadPool } from "../compute/thread_pool.ts";
import { recordWords } from "../compute/kernel_record.ts";
import type { Autocorrelation } from "./autocorrelations.ts";
import { type CovarianceMemory, covarianceMemory, jobFields } from "./covariance_memory.ts";
import {
  allStatistics,
  autocorrelationsOf,
  channelDeviations,
  completeOptions,
  meanChannels,
  type RectifiedCovarianceOptions,
  type StatisticWeights,
  withoutMean,
} from "./covariance_options.ts";
import { countStatistics, covariancePairs, type StatisticCounts } from "./covariance_pairs.ts";
import { powerSpectrum } from "../numeric/fourier/power_spectrum.ts";
import { rectifiedFilters } from "./rectified_filters.ts";

let compiled: WebAssembly.Module | undefined;

/** The compiled kernel; assembly/ is its source, `deno task wasm` makes it. */
function kernelModule(): WebAssembly.Module {
  return compiled ??= new WebAssembly.Module(
    Deno.readFileSync(new URL("./covariances.wasm", import.meta.url)),
  );
}

/**
 * What `RectifiedCovariances` gives, in float32 with sums in float64, on the threads of a WebAssembly kernel, for sides that are powers of two from 8 on: some
 * twenty times as fast. The same bits for any number of threads. Statistics err by some 1e-6 of the largest one.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const field = Float64Array.from({ length: 256 }, (_, i) => (i * i) % 7);
 * using kernel = await CovarianceKernel.start(field, { N: 16, J: 2 }, 1);
 * assertEquals(kernel.loss(field), 0);
 * ```
 */
export class CovarianceKernel implements Disposable {
  /** The options, with what was not given. */
  readonly options: Required<RectifiedCovarianceOptions>;
  /** How many statistics there are. */
  readonly counts: StatisticCounts;
  /** The channels whose covariances are taken; see `covariancePairs()`. */
  readonly pairs: readonly (readonly [i: number, j: number])[];
  /** The statistics of the field that the object was made of: C, M, Q. */
  readonly target: Float64Array;
  /** The sum of the squares of `target`. */
  readonly targetNorm: number;
  readonly #pool: ThreadPool;
  readonly #kernel: ThreadKernel;
  readonly #memory: WebAssembly.Memory;
  readonly #layout: CovarianceMemory;
  /** Where the covariance of each pair stands in the kernel's own order of channels, (R, R). */
  readonly #places: Int32Array;
  readonly #meanPlaces: readonly number[];
  readonly #autocorrelations: readonly Autocorrelation[];
  readonly #power: Float64Array;
  readonly #byPower: Float64Array;
  readonly #statistics: Float64Array;

  private constructor(
    field: Float64Array,
    options: Required<RectifiedCovarianceOptions>,
    { pool, kernel, memory, layout }: Started,
  ) {
    this.options = options;
    this.#pool = pool;
    this.#kernel = kernel;
    this.#memory = memory;
    this.#layout = layout;
    const { N, J, L } = options;
    const wavelets = J * L;
    const R = 4 * wavelets + 4;
    this.pairs = covariancePairs(options);
    this.counts = countStatistics(options);
    // The kernel keeps the four phases of a wavelet together.
    const own = (channel: number) =>
      channel < 4 * wavelets ? 4 * (channel % wavelets) + Math.floor(channel / wavelets) : channel;
    this.#places = Int32Array.from(this.pairs, ([i, j]) => {
      const a = own(i);
      const b = own(j);
      return Math.min(a, b) * R + Math.max(a, b);
    });
    this.#meanPlaces = meanChannels(options).map(own);
    this.#power = new Float64Array(N * N);
    this.#byPower = new Float64Array(N * N);
    this.#statistics = new Float64Array(this.counts.total);
    this.#autocorrelations = this.#fillTables(field);
    this.target = this.statistics(field);
    this.targetNorm = this.target.reduce((sum, value) => sum + value * value, 0);
  }

  /**
   * Starts threads, and takes the statistics of a field.
   *
   * @param field `(N, N)`, periodic.
   * @param options What is taken; N a power of two.
   * @param threads How many threads compute.
   * @throws {RangeError} As `rectifiedCovariances()`, and where N is no power of two of at least 8.
   */
  static async start(
    field: Float64Array,
    options: RectifiedCovarianceOptions,
    threads: number,
  ): Promise<CovarianceKernel> {
    const complete = completeOptions(options);
    const { N, J, L } = complete;
    if (N < 8 || !Number.isInteger(Math.log2(N))) {
      throw new RangeError(
        `Cannot start the kernel of rectified covariances: N must be a power of two of at least 8: current value is ${N}`,
      );
    }
    const layout = covarianceMemory(N, J * L, threads);
    const pages = Math.ceil(layout.bytes / 65_536);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536, shared: true });
    const pool = new ThreadPool(threads);
    try {
      const kernel = await pool.attach(kernelModule(), memory);
      return new CovarianceKernel(field, complete, { pool, kernel, memory, layout });
    } catch (error) {
      pool.dispose();
      throw error;
    }
  }

  /** Fills what does not change: filters, roots of unity, deviations, which groups are paired. */
  #fillTables(field: Float64Array): Autocorrelation[] {
    const { N, J, L, dj } = this.options;
    const { job, record, recordOfPower, allEmpty } = this.#layout;
    const wavelets = J * L;
    const groups = wavelets + 1;
    const { psi, phi } = rectifiedFilters(this.options);
    const filters = [...psi, withoutMean(phi)].map((filter) => transposed(filter, N));
    const strips = N / 8;
    const isEmpty = this.#bytes(job.isEmpty, groups * strips);
    for (const [index, filter] of filters.entries()) {
      this.#floats(job.filters + 4 * index * N * N, N * N).set(filter);
      for (let strip = 0; strip < strips; strip++) {
        isEmpty[index * strips + strip] = isZeroInColumns(filter, N, 8 * strip) ? 1 : 0;
      }
    }
    this.#bytes(allEmpty, groups * strips).fill(1);
    this.#words(record).set(recordWords(jobFields, job));
    this.#words(recordOfPower).set(recordWords(jobFields, { ...job, isEmpty: allEmpty }));
    const roots = this.#floats(job.roots, 2 * N);
    for (let k = 0; k < N; k++) {
      roots[2 * k] = Math.cos(2 * Math.PI * k / N);
      roots[2 * k + 1] = -Math.sin(2 * Math.PI * k / N);
    }
    const isPaired = this.#bytes(job.isPaired, groups * groups);
    for (let a = 0; a < groups; a++) {
      for (let b = 0; b < groups; b++) {
        const isNear = Math.abs(Math.floor(a / L) - Math.floor(b / L)) <= dj;
        isPaired[a * groups + b] = isNear || a === wavelets || b === wavelets ? 1 : 0;
      }
    }
    const deviations = channelDeviations(transposed(powerSpectrum(field, N), N), filters);
    this.#floats(job.inverseSigma, wavelets + 2).set(deviations.map((value) => 1 / value));
    return autocorrelationsOf(
      this.options,
      { psi: filters.slice(0, -1), phi: filters.at(-1)! },
      deviations,
      true,
    );
  }

  #floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }

  #doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length);
  }

  #bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length);
  }

  #words(address: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, jobFields.length);
  }

  #run(name: string, items: number, record = this.#layout.record): void {
    this.#kernel.run(name, items, record);
  }

  /** The statistics of a field, as those of `RectifiedCovariances`. */
  statistics(field: Float64Array): Float64Array {
    const statistics = new Float64Array(this.counts.total);
    this.#open(field);
    this.#measureRectified(statistics);
    this.#measureAutocorrelations(statistics);
    return statistics;
  }

  /** Puts a field into the memory, and takes its spectrum. */
  #open(field: Float64Array): void {
    const d = this.options.N ** 2;
    if (field.length !== d) {
      throw new RangeError(
        `Cannot take rectified covariances: the field must have N N = ${d} values: current number is ${field.length}`,
      );
    }
    const { job } = this.#layout;
    this.#floats(job.field, d).set(field);
    this.#run("openField", 1);
  }

  #measureRectified(statistics: Float64Array): void {
    const { job } = this.#layout;
    const { N } = this.options;
    const d = N * N;
    const R = 4 * job.wavelets + 4;
    this.#run("rectify", job.wavelets + 1);
    this.#run("covary", job.blocks);
    this.#run("sumBlocks", job.wavelets + 1);
    const products = this.#doubles(job.products, R * R);
    for (let at = 0; at < this.#places.length; at++) statistics[at] = products[this.#places[at]!]! / d;
    const sums = this.#doubles(job.sums, R);
    for (const [at, channel] of this.#meanPlaces.entries()) {
      statistics[this.counts.C + at] = sums[channel]! / d;
    }
  }

  #measureAutocorrelations(statistics: Float64Array): void {
    const d = this.#power.length;
    const spectrum = this.#floats(this.#layout.job.spectrum, 2 * d);
    const power = this.#power;
    for (let i = 0; i < d; i++) power[i] = spectrum[i]! * spectrum[i]! + spectrum[d + i]! * spectrum[d + i]!;
    let at = this.counts.C + this.counts.M;
    for (const one of this.#autocorrelations) {
      one.measure(power, statistics, at);
      at += one.count;
    }
  }

  /** The sum of the squares of S - target, and its gradient, as those of `RectifiedCovariances`. */
  loss(
    field: Float64Array,
    gradient?: Float64Array,
    weights: StatisticWeights = allStatistics,
  ): number {
    const { C, M } = this.counts;
    const differences = this.#statistics.fill(0);
    this.#open(field);
    if (weights.rectified === 1) this.#measureRectified(differences);
    if (weights.autocorrelations === 1) this.#measureAutocorrelations(differences);
    let loss = 0;
    for (let i = 0; i < differences.length; i++) {
      const counts = i < C + M ? weights.rectified : weights.autocorrelations;
      differences[i] = counts * (differences[i]! - this.target[i]!);
      loss += differences[i]! * differences[i]!;
    }
    if (gradient !== undefined) this.#passBack(differences, gradient, weights);
    return loss;
  }

  #passBack(differences: Float64Array, gradient: Float64Array, weights: StatisticWeights): void {
    const { job, record, recordOfPower } = this.#layout;
    const { N } = this.options;
    const d = N * N;
    const R = 4 * job.wavelets + 4;
    const isRectified = weights.rectified === 1;
    if (isRectified) {
      const combination = this.#floats(job.combination, R * R);
      for (let at = 0; at < this.#places.length; at++) {
        const place = this.#places[at]!;
        const row = Math.floor(place / R);
        const column = place % R;
        const weight = (row === column ? 4 : 2) * differences[at]! / d;
        combination[place] = weight;
        combination[column * R + row] = weight;
      }
      const offsets = this.#floats(job.offsets, R);
      for (const [at, channel] of this.#meanPlaces.entries()) {
        offsets[channel] = 2 * differences[this.counts.C + at]! / d;
      }
      this.#run("combine", job.blocks);
      this.#run("passBack", job.wavelets + 1);
    } else {
      this.#floats(job.gradients + (2 * job.wavelets + 1) * job.planeBytes, d).fill(0);
    }
    const byPower = this.#byPower.fill(0);
    if (weights.autocorrelations === 1) {
      let at = this.counts.C + this.counts.M;
      for (const one of this.#autocorrelations) {
        one.addGradient(differences, at, byPower);
        at += one.count;
      }
    }
    const factor = this.#floats(job.byPower, d);
    // Twice for the square of the loss, twice for that of the power; d undoes the factor of the transform back.
    for (let i = 0; i < d; i++) factor[i] = 4 * d * byPower[i]!;
    const chosen = isRectified ? record : recordOfPower;
    this.#run("gather", N / 8, chosen);
    this.#run("closeField", N / 8, chosen);
    gradient.set(this.#floats(job.result, d));
  }

  /** Ends the threads. */
  [Symbol.dispose](): void {
    this.#pool.dispose();
  }
}

/** What a kernel runs on. */
interface Started {
  readonly pool: ThreadPool;
  readonly kernel: ThreadKernel;
  readonly memory: WebAssembly.Memory;
  readonly layout: CovarianceMemory;
}

function transposed(plane: Float64Array, N: number): Float64Array {
  return Float64Array.from(plane, (_, i) => plane[(i % N) * N + Math.floor(i / N)]!);
}

function isZeroInColumns(plane: Float64Array, N: number, first: number): boolean {
  for (let row = 0; row < N; row++) {
    for (let column = first; column < first + 8; column++) {
      if (plane[row * N + column] !== 0) return false;
    }
  }
  return true;
}
