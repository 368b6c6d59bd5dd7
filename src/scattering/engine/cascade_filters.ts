import { cropFilter } from "../banks/crop_filter.ts";
import type { FilterBank, FilterBankShape, WaveletDescription } from "../banks/filter_bank.ts";
import type { WaveletBank } from "../banks/wavelet_bank.ts";

/** The filters of a cascade at each of its resolutions; resolution r keeps every 2^r-th sample. */
export interface CascadeFilters extends FilterBankShape {
  /** The wavelets, scale outer, orientation inner. */
  readonly wavelets: readonly WaveletDescription[];
  /** The resolution of maps after scale j. */
  resolutionAfter(j: number): number;
  /** The filter of a wavelet, of the shape of the grid at a resolution. */
  psi(j: number, theta: number, resolution: number): Float64Array;
  /** The low-pass filter, of the shape of the grid at a resolution. */
  phi(resolution: number): Float64Array;
}

/**
 * Builds the filters of a cascade.
 *
 * @param bank The wavelets.
 * @param shape The grid with its padding, scales and orientations.
 * @param maxResolution The coarsest resolution that maps may have.
 * @param oversampling Octaves above the critical rate, where it is not that of the bank.
 * @returns The filters.
 * @throws {RangeError} Where the shape is not possible.
 */
export function cascadeFilters(
  bank: WaveletBank,
  shape: FilterBankShape,
  maxResolution: number,
  oversampling: number = bank.oversampling,
): CascadeFilters {
  const { height, width } = shape;
  const isPossible = (r: number) => {
    // A coarse grid must tell the frequencies of cropped filters from their opposites.
    const divisor = bank.coarseFilters === "crop" ? 2 ** (r + 1) : 2 ** r;
    return [height, width].every((side) => side % divisor === 0 && side / 2 ** r >= bank.smallestSide);
  };
  const resolutionAfter = (j: number) => {
    let resolution = Math.min(Math.max(0, j - oversampling), maxResolution);
    while (resolution > 0 && !isPossible(resolution)) resolution--;
    return resolution;
  };
  const filters = bank.coarseFilters === "crop" ? croppedFilters(bank, shape) : builtFilters(bank, shape);
  return { ...shape, resolutionAfter, ...filters };
}

/** The filters of the image's grid, cropped to the frequencies of each coarse one. */
function croppedFilters(
  bank: WaveletBank,
  shape: FilterBankShape,
): Pick<CascadeFilters, "wavelets" | "psi" | "phi"> {
  const { height, width, L } = shape;
  const { wavelets, phi } = bank.build(shape);
  const crop = (filter: Float64Array, r: number) => r === 0 ? filter : cropFilter(filter, height, width, r);
  return {
    wavelets,
    psi: (j, theta, r) => crop(wavelets[j * L + theta]!.psi, r),
    phi: (r) => crop(phi, r),
  };
}

/** Of each grid its own bank, of which scale j - r is scale j of the image's. */
function builtFilters(
  bank: WaveletBank,
  shape: FilterBankShape,
): Pick<CascadeFilters, "wavelets" | "psi" | "phi"> {
  const { height, width, J, L } = shape;
  const built = new Map<number, FilterBank>();
  const at = (r: number) => {
    const filters = built.get(r) ??
      bank.build({ height: height / 2 ** r, width: width / 2 ** r, J: J - r, L });
    built.set(r, filters);
    return filters;
  };
  return {
    wavelets: at(0).wavelets,
    psi: (j, theta, r) => at(r).wavelets[(j - r) * L + theta]!.psi,
    phi: (r) => at(r).phi,
  };
}
