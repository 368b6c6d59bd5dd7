import type { FilterBank, FilterBankShape, FilterSource } from "./filter_bank.ts";

/**
 * A bank of wavelets as a value: how its filters are built, and what a fast transform may do with them. `Scattering2D`
 * takes any; mod.ts lists those that have a name on the command line.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Scattering2D } from "../scattering_2d.ts";
 * import { kymatioBank } from "./kymatio_bank.ts";
 *
 * // The wavelets of kymatio, with every map kept twice as finely as kymatio does.
 * const finer: WaveletBank = { ...kymatioBank, name: "finer", oversampling: 1 };
 * using scattering = new Scattering2D({ J: 2, shape: [16, 16], bank: finer, threads: 1 });
 * assertEquals(scattering.outputShape, [81, 4, 4]);
 * ```
 */
export interface WaveletBank {
  /** What it is called, on the command line and in messages. */
  readonly name: string;
  /** The largest order of paths that a transform with it may follow. */
  readonly largestOrder: number;
  /**
   * How many octaves above the critical rate 2^j the maps after scale j are kept. 0 is right where the bank is defined
   * with sub-sampling; a bank that is defined without needs as much as keeps the error of sub-sampling small.
   */
  readonly oversampling: number;
  /** No map is kept on fewer samples a side. */
  readonly smallestSide: number;
  /**
   * How the filters of a sub-sampled grid follow from those of the image's grid. `crop`: their values at the frequencies
   * that the coarse grid has (`cropFilter`), for any bank. `build`: the bank of the coarse grid itself, with fewer scales,
   * which is exact for a bank whose wavelets are dilations of each other in the Fourier domain.
   */
  readonly coarseFilters: "crop" | "build";
  /** Whether the Littlewood-Paley sum is 1 at every frequency, so that one layer keeps the energy of an image. */
  readonly isTightFrame: boolean;
  /**
   * Builds the filters on one grid.
   *
   * @param shape Grid, scales and orientations.
   * @returns Real filters in the Fourier domain.
   * @throws {RangeError} Where the shape is not possible.
   */
  build(shape: FilterBankShape): FilterBank;
  /**
   * The same filters, bit for bit, built one by one: for large images, of which all filters do not fit into memory. Where a bank has none,
   * they are all built at once.
   *
   * @param shape Grid, scales and orientations.
   * @throws {RangeError} Where the shape is not possible.
   */
  oneByOne?(shape: FilterBankShape): FilterSource;
}

/**
 * A bank whose wavelet of scale j is the same for every J, and whose low-pass alone depends on J: so a cascade propagates
 * each path once and gives the energies for all J. `ScatteringEnergies` and `EnergyCascade` take one.
 */
export interface NestedBank extends WaveletBank {
  /** The bank of a coarse grid is its own. */
  readonly coarseFilters: "build";
  /**
   * The low-pass filter of one scale.
   *
   * @param grid The number of rows and columns.
   * @param J The scale, 2^J.
   * @returns Its values in the Fourier domain, of shape (height, width): `phi` of the bank that is built with this J.
   */
  lowPass(grid: { readonly height: number; readonly width: number }, J: number): Float64Array;
}
