import { brunaMallatFilterBank } from "../bruna_mallat_filter_bank.ts";
import { cropFilter } from "../crop_filter.ts";
import { SMALLEST_SIDE } from "../energy_grid.ts";
import type { FilterBank, FilterBankShape, WaveletDescription } from "../filter_bank.ts";
import { kymatioFilterBank } from "../kymatio_filter_bank.ts";
import { splineFilterBank, type SplineFilterBankShape } from "../spline_filter_bank.ts";

/** The filter banks of the cascade. */
export type WaveletName = "kymatio" | "bruna-mallat" | "spline";

/** The filters of a cascade at each of its resolutions; resolution r keeps every 2^r-th sample. */
export interface CascadeFilters extends FilterBankShape {
  /** The wavelets, scale outer, orientation inner. */
  readonly wavelets: readonly WaveletDescription[];
  /** The resolution of maps after scale j. */
  resolutionOf(j: number): number;
  /** The filter of a wavelet, of the shape of the grid at a resolution. */
  psi(j: number, theta: number, resolution: number): Float64Array;
  /** The low-pass filter, of the shape of the grid at a resolution. */
  phi(resolution: number): Float64Array;
}

/**
 * How many octaves above the critical rate 2^j maps are kept. kymatio's definition is 0. The others are defined
 * without sub-sampling; the tests hold the error that it adds.
 */
const OVERSAMPLING = { kymatio: 0, "bruna-mallat": 2, spline: 1 } as const;

/**
 * Builds the filters of a cascade.
 *
 * @param name The filter bank.
 * @param shape The grid with its padding, scales and orientations; a dilation only with the spline bank.
 * @param maxResolution The coarsest resolution that maps may have.
 * @param oversampling Octaves above the critical rate, where it is not that of the filter bank.
 * @returns The filters.
 * @throws {RangeError} Where the shape is not possible.
 */
export function cascadeFilters(
  name: WaveletName,
  shape: SplineFilterBankShape,
  maxResolution: number,
  oversampling: number = OVERSAMPLING[name],
): CascadeFilters {
  const { height, width, J, L } = shape;
  const isPossible = (r: number) => {
    // A coarse grid must tell the frequencies of cropped filters from their opposites.
    const divisor = name === "spline" ? 2 ** r : 2 ** (r + 1);
    const smallest = name === "spline" ? SMALLEST_SIDE : 1;
    return [height, width].every((side) => side % divisor === 0 && side / 2 ** r >= smallest);
  };
  const resolutionOf = (j: number) => {
    let resolution = Math.min(Math.max(0, j - oversampling), maxResolution);
    while (resolution > 0 && !isPossible(resolution)) resolution--;
    return resolution;
  };
  if (name === "spline") {
    const banks = new Map<number, FilterBank>();
    const bankAt = (r: number) => {
      // The frequencies of a coarse grid are those of the image times 2^r, and all wavelets but the finest are
      // dilations of each other: the bank of the coarse grid is that of the image, from scale r + 1 on.
      const bank = banks.get(r) ??
        splineFilterBank({ ...shape, height: height / 2 ** r, width: width / 2 ** r, J: J - r });
      banks.set(r, bank);
      return bank;
    };
    return {
      ...shape,
      wavelets: bankAt(0).wavelets,
      resolutionOf,
      psi: (j, theta, r) => bankAt(r).wavelets[(j - r) * L + theta]!.psi,
      phi: (r) => bankAt(r).phi,
    };
  }
  const bank = name === "kymatio" ? kymatioFilterBank(shape) : brunaMallatFilterBank(shape);
  const crop = (filter: Float64Array, r: number) => r === 0 ? filter : cropFilter(filter, height, width, r);
  return {
    ...shape,
    wavelets: bank.wavelets,
    resolutionOf,
    psi: (j, theta, r) => crop(bank.wavelets[j * L + theta]!.psi, r),
    phi: (r) => crop(bank.phi, r),
  };
}
