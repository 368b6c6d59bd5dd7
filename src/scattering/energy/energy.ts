import { type EnergyCascadeOptions, type EnergyGrid, planEnergyGrids } from "./energy_grid.ts";
import { applyFoldingFilter, type FoldingFilter } from "./folding_filter.ts";

export type { EnergyCascadeOptions } from "./energy_grid.ts";

/** Complex numbers, as many as the finest grid has samples. */
interface Buffer {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The power spectra of all paths of one order that end with one scale, summed. */
interface PowerSpectrum {
  readonly grid: EnergyGrid;
  readonly lastScale: number;
  readonly sum: Float64Array;
}

/** What one order of the cascade works on. */
interface Workspace {
  /** A map before its modulus is taken. */
  readonly filtered: Buffer;
  /** Two maps as one complex map, and then its spectrum. */
  readonly pair: Buffer;
  /** The spectra of the two maps. */
  readonly spectra: readonly [Buffer, Buffer];
}

/**
 * The scattering energies of images, for every scale J and order m in one cascade:
 *
 *     E[J][m] = 100 sum_p ||U[p] x * phi_J||^2 / ||x||^2
 *
 * over the paths p of order m whose scales strictly increase and stay below J (Bruna and Mallat 2013, table 1).
 * U[p] does not depend on J, so that each path is propagated once. Its energies follow from its power spectrum,
 * and power spectra are summed over all paths of one order and last scale before a low-pass is applied. Two real
 * maps share one forward transform. Maps are sub-sampled in the Fourier domain; README.md gives the error.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const cascade = new EnergyCascade({ height: 8, width: 8, J: 1, L: 6, maxOrder: 1 });
 * const checkerboard = Float64Array.from({ length: 64 }, (_, i) => (Math.floor(i / 8) + i) % 2 - 0.5);
 * const [order0, order1] = cascade.measure(checkerboard);
 * assertAlmostEquals(order0!, 0, 0.01);
 * assertAlmostEquals(order0! + order1!, 100); // |x * psi| is constant, so that nothing is left for order 2
 * ```
 */
export class EnergyCascade {
  /** What is measured. */
  readonly options: EnergyCascadeOptions;
  readonly #grids: readonly EnergyGrid[];
  readonly #image: Buffer;
  /** One for each order from 1. */
  readonly #workspaces: readonly Workspace[];
  /** For each order, the power spectra by last scale. */
  readonly #powers: readonly (readonly PowerSpectrum[])[];

  /**
   * Builds filters, plans and buffers.
   *
   * @param options What is measured.
   * @throws {RangeError} Where no filter bank has this shape, or another option is out of its range.
   */
  constructor(options: EnergyCascadeOptions) {
    const { height, width, maxOrder, oversampling = Infinity } = options;
    if (!Number.isSafeInteger(maxOrder) || maxOrder < 0) {
      throw new RangeError(
        `Cannot measure energies as maxOrder must be an integer >= 0: current value is ${maxOrder}`,
      );
    }
    if (oversampling !== Infinity && !(Number.isSafeInteger(oversampling) && oversampling >= 0)) {
      throw new RangeError(
        `Cannot measure energies as oversampling must be an integer >= 0 or Infinity: ` +
          `current value is ${oversampling}`,
      );
    }
    this.options = options;
    this.#grids = planEnergyGrids(options);
    const buffer = () => ({ re: new Float64Array(height * width), im: new Float64Array(height * width) });
    this.#image = buffer();
    this.#workspaces = Array.from(
      { length: maxOrder },
      () => ({ filtered: buffer(), pair: buffer(), spectra: [buffer(), buffer()] }),
    );
    const power = (grid: EnergyGrid, lastScale: number) => ({
      grid,
      lastScale,
      sum: new Float64Array(grid.size),
    });
    this.#powers = [[power(this.#grids[0]!, -1)], ...this.#workspaces.map(() => this.#grids.map(power))];
  }

  /**
   * Measures one image. Its mean is part of it: subtract it first where the table is about the rest.
   *
   * @param image Of shape (height, width).
   * @param maxOrder The largest order m that is wanted.
   * @returns Per cent of the energy of the image, of shape (J, maxOrder + 1), with J = 1 first.
   * @throws {RangeError} Where the image has another shape, is zero, or holds a number that is not finite; or
   * where `maxOrder` is beyond that of the cascade.
   */
  measure(image: Float64Array, maxOrder: number = this.options.maxOrder): Float64Array {
    if (!Number.isSafeInteger(maxOrder) || maxOrder < 0 || maxOrder > this.options.maxOrder) {
      throw new RangeError(
        `Cannot measure energies as the order must be an integer from 0 to ${this.options.maxOrder}: ` +
          `current value is ${maxOrder}`,
      );
    }
    const finest = this.#grids[0]!;
    const norm = this.#load(image);
    finest.fft.forward(this.#image.re, this.#image.im);
    for (const spectra of this.#powers) for (const { sum } of spectra) sum.fill(0);
    addPower(this.#powers[0]![0]!.sum, this.#image);
    if (maxOrder > 0) this.#propagate(1, maxOrder, -1, this.#image);

    const { J } = this.options;
    const energies = new Float64Array(J * (maxOrder + 1));
    let cell = 0;
    for (let i = 0; i < J; i++) {
      for (let m = 0; m <= maxOrder; m++, cell++) {
        for (const { grid, lastScale, sum } of this.#powers[m]!) {
          // Parseval on the grid, then as many samples as the finest grid has; scale i is the last below J = i + 1.
          const weight = 100 * finest.size / grid.size ** 2 / norm;
          if (lastScale <= i) energies[cell]! += weight * dot(sum, grid.lowPasses[i]!);
        }
      }
    }
    return energies;
  }

  /** Copies an image, divided by its largest value so that no square is out of range; returns ||copy||^2. */
  #load(image: Float64Array): number {
    const { height, width } = this.options;
    if (image.length !== height * width) {
      throw new RangeError(
        `Cannot measure the energies of an image of ${image.length} pixels as the cascade is for ${height} x ${width}`,
      );
    }
    const { re, im } = this.#image;
    const largest = image.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (!Number.isFinite(largest) || largest === 0) {
      throw new RangeError(
        `Cannot measure the energies of an image as its largest absolute value must be finite and above 0: ` +
          `current value is ${largest}`,
      );
    }
    for (let i = 0; i < image.length; i++) re[i] = image[i]! / largest;
    im.fill(0);
    return dot(re, re);
  }

  /**
   * Takes a map of order m - 1 to all maps of order m and beyond.
   *
   * @param m The order to reach.
   * @param maxOrder The last order to reach.
   * @param lastScale The scale that the map ends with; -1 for the image.
   * @param spectrum The spectrum of the map.
   */
  #propagate(m: number, maxOrder: number, lastScale: number, spectrum: Buffer): void {
    const { J, L } = this.options;
    const { filtered, pair, spectra } = this.#workspaces[m - 1]!;
    const { filters } = this.#grids[Math.max(0, lastScale)]!;
    for (let j = lastScale + 1; j < J; j++) {
      const grid = this.#grids[j]!;
      const power = this.#powers[m]![j]!.sum;
      for (let theta = 0; theta < L; theta += 2) {
        const isPair = theta + 1 < L;
        modulus(filters[j]![theta]!, spectrum, grid, filtered, pair.re);
        if (isPair) modulus(filters[j]![theta + 1]!, spectrum, grid, filtered, pair.im);
        else pair.im.fill(0, 0, grid.size);
        grid.fft.forward(pair.re, pair.im);
        addPower(power, pair);
        if (m === maxOrder || j + 1 === J) continue;
        separate(pair, grid, spectra);
        this.#propagate(m + 1, maxOrder, j, spectra[0]);
        if (isPair) this.#propagate(m + 1, maxOrder, j, spectra[1]);
      }
    }
  }
}

/** out = |x * psi| on `grid`, from the spectrum of x. */
function modulus(
  filter: FoldingFilter,
  spectrum: Buffer,
  { size, fft }: EnergyGrid,
  { re, im }: Buffer,
  out: Float64Array,
): void {
  applyFoldingFilter(filter, spectrum.re, spectrum.im, re, im, size);
  fft.forward(im, re); // parts exchanged: the inverse transform, but for its factor
  for (let i = 0; i < size; i++) out[i] = Math.sqrt(re[i]! * re[i]! + im[i]! * im[i]!) / size;
}

/**
 * Adds |Z(k)|^2 to each sum. For a pair z = a + i b of real maps, |Z(k)|^2 + |Z(-k)|^2 is twice
 * |A(k)|^2 + |B(k)|^2, so that under a symmetric low-pass the sum is the energy of both.
 */
function addPower(sum: Float64Array, { re, im }: Buffer): void {
  for (let k = 0; k < sum.length; k++) sum[k] = sum[k]! + re[k]! * re[k]! + im[k]! * im[k]!;
}

/** The spectra of two real maps a and b from that of a + i b. */
function separate({ re, im }: Buffer, { size, mirror }: EnergyGrid, [a, b]: readonly [Buffer, Buffer]): void {
  for (let k = 0; k < size; k++) {
    const opposite = mirror[k]!;
    a.re[k] = (re[k]! + re[opposite]!) / 2;
    a.im[k] = (im[k]! - im[opposite]!) / 2;
    b.re[k] = (im[k]! + im[opposite]!) / 2;
    b.im[k] = (re[opposite]! - re[k]!) / 2;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
