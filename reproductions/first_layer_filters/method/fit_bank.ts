import {
  filterAt,
  type Filters,
  mixFilters,
  randomisePhases,
  whiteFilters,
} from "../../../src/numeric/gabor/filters.ts";
import { fitGabor, type GaborFitOptions } from "../../../src/numeric/gabor/fit_gabor.ts";
import type { Gabor } from "../../../src/numeric/gabor/gabor.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { type ControlName, controlNames } from "./banks.ts";

/** The Gabor function of a filter, and how much of the filter it is. */
export interface FilterFit extends Gabor {
  /** 1 less the squares that are left over those about the filter's mean. */
  readonly r2: number;
}

/** A bank and its controls, fitted. */
export interface BankFits {
  /** The filters themselves. */
  readonly learnt: readonly FilterFit[];
  /** Each control, sample by sample. */
  readonly controls: Readonly<Record<ControlName, readonly (readonly FilterFit[])[]>>;
}

const makers: Readonly<Record<ControlName, (filters: Filters, stream: RandomStream) => Filters>> = {
  mix: mixFilters,
  phase: randomisePhases,
  white: whiteFilters,
};

/**
 * Fits Gabor functions to filters and to controls of them.
 *
 * @param filters Of norm 1 each.
 * @param draws How many times each control is sampled.
 * @param options How functions are fitted.
 * @param streamOf The random numbers of a sample of a control.
 * @param progress Says how much is done, in [0, 1].
 */
export function fitBank(
  filters: Filters,
  draws: number,
  options: GaborFitOptions,
  streamOf: (control: ControlName, draw: number) => RandomStream,
  progress: (share: number) => void,
): BankFits {
  const banks = 1 + controlNames.length * draws;
  let done = 0;
  const fitsOf = (bank: Filters): FilterFit[] => {
    const fits = Array.from({ length: bank.count }, (_, i) => {
      const { gabor, r2 } = fitGabor(filterAt(bank, i), bank.side, options);
      return { ...gabor, r2 };
    });
    progress(++done / banks);
    return fits;
  };
  const learnt = fitsOf(filters);
  const controls = Object.fromEntries(controlNames.map((control) => [
    control,
    Array.from({ length: draws }, (_, draw) => fitsOf(makers[control](filters, streamOf(control, draw)))),
  ])) as unknown as BankFits["controls"];
  return { learnt, controls };
}
