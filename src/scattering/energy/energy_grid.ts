import { Fft2 } from "../../numeric/fourier/fft2.ts";
import { type FoldingFilter, foldingFilter } from "./folding_filter.ts";
import { splineBank } from "../banks/spline_bank.ts";
import type { NestedBank } from "../banks/wavelet_bank.ts";

/** What an `EnergyCascade` measures. */
export interface EnergyCascadeOptions {
  /** Rows of the images. */
  readonly height: number;
  /** Columns of the images. */
  readonly width: number;
  /** The largest scale; energies are given for every J from 1 to it. */
  readonly J: number;
  /** The number of orientations. */
  readonly L: number;
  /** The largest order m. */
  readonly maxOrder: number;
  /** The wavelets, `splineBank` where it is not given. */
  readonly bank?: NestedBank;
  /**
   * Maps after scale j are kept at every 2^max(0, j - oversampling)-th sample, or at the largest power of two
   * below that which divides both sides into at least the smallest side of the bank; `Infinity` for every sample; that
   * of the bank where it is not given.
   */
  readonly oversampling?: number;
}

/** A grid that maps are kept on, with all that is needed there. */
export interface EnergyGrid {
  /** Maps hold every `step`-th sample of both axes. */
  readonly step: number;
  /** The number of samples. */
  readonly size: number;
  /** The transform of the grid. */
  readonly fft: Fft2;
  /** The index of the opposite of each frequency. */
  readonly mirror: Int32Array;
  /** filters[j][theta] leads from here to the grid of scale j; empty for scales that no map here meets. */
  readonly filters: readonly (readonly FoldingFilter[])[];
  /** lowPasses[J - 1] is |phi_J|^2. */
  readonly lowPasses: readonly Float64Array[];
}

/**
 * Plans the grids of an energy cascade.
 *
 * Frequencies of the grid of step s are those of the image, times s. So the filters of scale j are there those of
 * scale j - log2(s) of the bank of that grid, exactly: its finest scale, which alone is not a dilation of
 * the others, is met on the grid of step 1 only.
 *
 * @param options Grid, scales and low-passes.
 * @returns For each scale j the grid of the maps after it. The first is that of the image; equal grids are one
 * object.
 * @throws {RangeError} Where no filter bank has this shape.
 */
export function planEnergyGrids(options: EnergyCascadeOptions): EnergyGrid[] {
  const { height, width, J, L, bank = splineBank } = options;
  const { oversampling = bank.oversampling } = options;
  const scales = Array.from({ length: J }, (_, j) => j);
  let coarsest = 1;
  const isHalvable = (side: number) =>
    side % (2 * coarsest) === 0 && side / (2 * coarsest) >= bank.smallestSide;
  while (isHalvable(height) && isHalvable(width)) coarsest *= 2;
  const steps = scales.map((j) => Math.min(2 ** Math.max(0, j - oversampling), coarsest));

  const grids = new Map<number, EnergyGrid>();
  for (const step of new Set(steps)) {
    const octaves = Math.log2(step);
    const shape = { height: height / step, width: width / step, J: J - octaves, L };
    const { wavelets } = bank.build(shape);
    const filtersTo = (j: number) =>
      wavelets.slice((j - octaves) * L, (j - octaves + 1) * L)
        .map(({ psi }) => foldingFilter(psi, shape.height, shape.width, steps[j]! / step));
    grids.set(step, {
      step,
      size: shape.height * shape.width,
      fft: new Fft2(shape.height, shape.width),
      mirror: mirrorIndices(shape.height, shape.width),
      filters: scales.map((j) => step === 1 || j > steps.indexOf(step) ? filtersTo(j) : []),
      lowPasses: scales.map((j) => bank.lowPass(shape, j + 1 - octaves).map((value) => value ** 2)),
    });
  }
  return steps.map((step) => grids.get(step)!);
}

/** The index of the opposite of each frequency. */
function mirrorIndices(height: number, width: number): Int32Array {
  return Int32Array.from(
    { length: height * width },
    (_, i) => ((height - Math.floor(i / width)) % height) * width + (width - (i % width)) % width,
  );
}
