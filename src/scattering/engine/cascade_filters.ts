import { cropFilter } from "../banks/crop_filter.ts";
import type { FilterBankShape, FilterSource, WaveletDescription } from "../banks/filter_bank.ts";
import type { WaveletBank } from "../banks/wavelet_bank.ts";

/** The filters of a cascade at each of its resolutions; resolution r keeps every 2^r-th sample. */
export interface CascadeFilters extends FilterBankShape {
  /** The wavelets, scale outer, orientation inner. */
  readonly wavelets: readonly WaveletDescription[];
  /** The resolution of maps after scale j. */
  resolutionAfter(j: number): number;
  /**
   * The filter of a wavelet, of the shape of the grid at a resolution.
   *
   * @param place Where it may be built, of the size of the finest grid; the filter is good until that is used again.
   */
  psi(j: number, theta: number, resolution: number, place?: Float64Array): Float64Array;
  /** The low-pass filter, of the shape of the grid at a resolution, likewise. */
  phi(resolution: number, place?: Float64Array): Float64Array;
}

/**
 * Builds the filters of a cascade.
 *
 * @param bank The wavelets.
 * @param shape The grid with its padding, scales and orientations.
 * @param maxResolution The coarsest resolution that maps may have.
 * @param oversampling Octaves above the critical rate, where it is not that of the bank.
 * @param storage Whether all filters are built at once and kept, or each whenever it is asked for.
 * @returns The filters.
 * @throws {RangeError} Where the shape is not possible.
 */
export function cascadeFilters(
  bank: WaveletBank,
  shape: FilterBankShape,
  maxResolution: number,
  oversampling: number = bank.oversampling,
  storage: "kept" | "one by one" = "kept",
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
  const open = (shape: FilterBankShape) =>
    storage === "one by one" && bank.oneByOne !== undefined
      ? inPlace(bank.oneByOne(shape), shape)
      : builtAtOnce(bank, shape);
  const filters = bank.coarseFilters === "crop" ? croppedFilters(open, shape) : builtFilters(open, shape);
  return { ...shape, resolutionAfter, ...filters };
}

function builtAtOnce(bank: WaveletBank, shape: FilterBankShape): FilterSource {
  const { wavelets, phi } = bank.build(shape);
  return { wavelets, psi: (n) => wavelets[n]!.psi, phi: () => phi };
}

/** Filters that are built at the beginning of a place that may be larger. */
function inPlace({ wavelets, psi, phi }: FilterSource, { height, width }: FilterBankShape): FilterSource {
  return {
    wavelets,
    psi: (n, place) => psi(n, place?.subarray(0, height * width)),
    phi: (place) => phi(place?.subarray(0, height * width)),
  };
}

/** The filters of the image's grid, cropped to the frequencies of each coarse one. */
function croppedFilters(
  open: (shape: FilterBankShape) => FilterSource,
  shape: FilterBankShape,
): Pick<CascadeFilters, "wavelets" | "psi" | "phi"> {
  const { height, width, L } = shape;
  const { wavelets, psi, phi } = open(shape);
  const crop = (filter: Float64Array, r: number) => r === 0 ? filter : cropFilter(filter, height, width, r);
  return {
    wavelets,
    psi: (j, theta, r, place) => crop(psi(j * L + theta, place), r),
    phi: (r, place) => crop(phi(place), r),
  };
}

/** Of each grid its own bank, of which scale j - r is scale j of the image's. */
function builtFilters(
  open: (shape: FilterBankShape) => FilterSource,
  shape: FilterBankShape,
): Pick<CascadeFilters, "wavelets" | "psi" | "phi"> {
  const { height, width, J, L } = shape;
  const built = new Map<number, FilterSource>();
  const at = (r: number) => {
    const filters = built.get(r) ?? open({ height: height / 2 ** r, width: width / 2 ** r, J: J - r, L });
    built.set(r, filters);
    return filters;
  };
  return {
    wavelets: at(0).wavelets,
    psi: (j, theta, r, place) => at(r).psi((j - r) * L + theta, place),
    phi: (r, place) => at(r).phi(place),
  };
}
