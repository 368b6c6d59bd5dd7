/**
 * The cells of first_layer_filters.
 *
 * @module
 */
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import { type BankName, bankNames, type ControlName, controlNames, networkNames } from "./method/banks.ts";
import { energyDistance, type GaborShape, shapeFeatures } from "./method/energy_distance.ts";
import type { FilterFit } from "./method/fit_bank.ts";
import { peakFrequency } from "./method/peak_frequency.ts";
import type { BankRun, Recovery } from "./run.ts";

/** The jobs of each bank: one, or one for each seed where the bank is trained here. */
export type BankJobs = Readonly<Record<BankName, readonly Job<BankRun>[]>>;

/** A filter is well explained where its R² is above this: no lower one tells learnt filters from mixtures of them. */
export const wellExplained = 0.8;

/** Sectors of 45 degrees, in whose middle the axes and the diagonals lie. */
const sectors = 4;

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function medianR2(fits: readonly FilterFit[]): number {
  return median(fits.map(({ r2 }) => r2));
}

/** The share of filters that are well explained, in per cent. */
export function shareExplained(fits: readonly FilterFit[]): number {
  return 100 * fits.filter(({ r2 }) => r2 > wellExplained).length / fits.length;
}

/** One value for each bank that was trained. */
function perBank(runs: readonly BankRun[], measure: (fits: readonly FilterFit[]) => number): Measurement {
  return { values: runs.map(({ learnt }) => measure(learnt)), unitOfError: "seed" };
}

/** One value for each sample of a control. */
function perDraw(
  runs: readonly BankRun[],
  control: ControlName,
  measure: (fits: readonly FilterFit[], learnt: readonly FilterFit[]) => number,
): Measurement {
  return {
    values: runs.flatMap(({ controls, learnt }) => controls[control].map((fits) => measure(fits, learnt))),
    unitOfError: "draw",
  };
}

/** The share of the least frequent sector among the directions of well explained filters, in per cent. */
export function leastSector(fits: readonly FilterFit[]): number {
  const counts = Array<number>(sectors).fill(0);
  const good = fits.filter(({ r2 }) => r2 > wellExplained);
  for (const { theta } of good) counts[Math.round(theta / Math.PI * sectors) % sectors]!++;
  return 100 * Math.min(...counts) / good.length;
}

/** The 90th percentile of the peak frequencies of well explained filters over the 10th. */
export function frequencySpan(fits: readonly FilterFit[]): number {
  const sorted = fits.filter(({ r2 }) => r2 > wellExplained).map(peakFrequency).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return at(0.9) / at(0.1);
}

/** The energy distance of two banks in direction, frequency and shape. */
export function bankDistance(a: readonly GaborShape[], b: readonly GaborShape[]): number {
  return energyDistance(a.map(shapeFeatures), b.map(shapeFeatures));
}

/** How far a bank is from the others as they were learnt, less how far it is from a control of each: one value a sample of them. */
export function likeness(bank: BankRun, others: readonly BankRun[], control: ControlName): Measurement {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const toLearnt = mean(others.map(({ learnt }) => bankDistance(bank.learnt, learnt)));
  const values = others[0]!.controls[control].map((_, draw) =>
    toLearnt - mean(others.map(({ controls }) => bankDistance(bank.learnt, controls[control][draw]!)))
  );
  return { values, unitOfError: "draw" };
}

/** How well synthetic functions are found again: the worst of each job. */
export function recoveryCells(noise: number, jobs: readonly Job<Recovery>[]): Cell[] {
  const worst = (name: string, measure: (recovery: Recovery) => number) =>
    cell(
      `recovery/noise=${noise}/${name}`,
      jobs,
      (runs) => ({ values: runs.map(measure), unitOfError: "draw" }),
    );
  return [
    worst("r2", ({ r2 }) => Math.min(...r2)),
    worst("angle", ({ angle }) => Math.max(...angle)),
    worst("frequency", ({ frequency }) => Math.max(...frequency)),
  ];
}

/** How Gabor-like each bank is. Of the network of CIFAR-10 no level is claimed, for a short training reaches none. */
export function gaborCells(jobs: BankJobs): Cell[] {
  return bankNames.flatMap((bank) => {
    const own = jobs[bank];
    const levels = bank === "cifar10" ? [] : [
      cell(`gabor/${bank}/median`, own, (runs) => perBank(runs, medianR2)),
      cell(`gabor/${bank}/above-0.8`, own, (runs) => perBank(runs, shareExplained)),
      cell(`control/${bank}/mix/above-0.8`, own, (runs) => perDraw(runs, "mix", shareExplained)),
    ];
    return [
      ...levels,
      cell(`control/${bank}/white/above-0.8`, own, (runs) => perDraw(runs, "white", shareExplained)),
      ...controlNames.map((control) =>
        cell(
          `order/${bank}/${control}-learnt`,
          own,
          (runs) => perDraw(runs, control, (fits, learnt) => medianR2(fits) - medianR2(learnt)),
        )
      ),
    ];
  });
}

/** Which directions and frequencies the networks' filters have. */
export function coverageCells(jobs: BankJobs): Cell[] {
  return networkNames.flatMap((bank) => [
    cell(`coverage/${bank}/orientation`, jobs[bank], (runs) => perBank(runs, leastSector)),
    cell(`coverage/${bank}/frequency`, jobs[bank], (runs) => perBank(runs, frequencySpan)),
  ]);
}

/** How alike the banks are: the first seed of those that are trained here. */
export function likenessCells(jobs: BankJobs): Cell[] {
  const first = bankNames.map((bank) => jobs[bank][0]!);
  return bankNames.flatMap((bank, i) =>
    controlNames.map((control) =>
      cell(
        `order/alike/${bank}/learnt-${control}`,
        first,
        (runs) => likeness(runs[i]!, runs.filter((_, other) => other !== i), control),
      )
    )
  );
}
