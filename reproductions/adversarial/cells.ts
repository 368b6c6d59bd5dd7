/**
 * The cells: ids, and how each is measured from the jobs.
 *
 * @module
 */
import { type Mistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { errorDifference, errorRate } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import type { DigitChange } from "./method/attack_digits.ts";
import type { ThreeSevenRun } from "./method/attack_logistic_regression.ts";
import type { DigitRun, PhotographRun } from "./run.ts";

/** Jobs on digits, one a seed. */
type DigitJobs = readonly Job<DigitRun>[];

/** The mistakes of each seed on digits that were changed in one way. */
export function mistakesUnder(runs: readonly DigitRun[], change: DigitChange): Mistakes[] {
  return runs.map(({ changed }) => changed[change]!.mistakes);
}

function errorUnder(id: string, jobs: DigitJobs, change: DigitChange): Cell {
  return cell(id, jobs, (runs) => errorRate(mistakesUnder(runs, change), "seed"));
}

function moreErrors(id: string, jobs: DigitJobs, change: DigitChange, than: DigitChange): Cell {
  return cell(
    id,
    jobs,
    (runs) => errorDifference(mistakesUnder(runs, change), mistakesUnder(runs, than), "seed"),
  );
}

/** The cells of softmax regression. */
export function softmaxCells(jobs: DigitJobs): Cell[] {
  const name = "mnist/softmax";
  const largestOf = (id: string, quantity: "step" | "random") =>
    cell(id, jobs, (runs) => ({
      values: [Math.max(...runs.map(({ closedForm }) => closedForm![quantity]))],
    }));
  return [
    errorUnder(`${name}/fgsm`, jobs, "fgsm"),
    errorUnder(`${name}/fgsm-clipped`, jobs, "fgsm-clipped"),
    moreErrors(`${name}/random-sign`, jobs, "random-sign", "clean"),
    moreErrors(`${name}/random-sign-clipped`, jobs, "random-sign-clipped", "random-sign"),
    moreErrors(`${name}/brightness`, jobs, "brightness", "random-sign-clipped"),
    largestOf("identity/softmax/logit", "step"),
    largestOf("identity/softmax/random-sign", "random"),
  ];
}

/** The cells of one convolutional network. */
export function convnetCells(name: string, jobs: DigitJobs): Cell[] {
  return [
    errorUnder(`mnist/${name}/fgsm`, jobs, "fgsm"),
    errorUnder(`mnist/${name}/fgsm-clipped`, jobs, "fgsm-clipped"),
    moreErrors(`mnist/${name}/random-sign`, jobs, "random-sign", "clean"),
  ];
}

/** Which digits were made against what, and shown to what. */
export type DigitTransfer = "cnn-cnn" | "cnn-softmax" | "softmax-cnn";

/** The cells of transfer among classifiers of digits. */
export function digitTransferCells(jobs: Readonly<Record<DigitTransfer, DigitJobs>>): Cell[] {
  return Object.entries(jobs).map(([pair, of]) =>
    moreErrors(`mnist/transfer/${pair}`, of, "fgsm", "random-sign")
  );
}

/** The cells of threes and sevens. */
export function threeSevenCells(jobs: readonly Job<ThreeSevenRun>[]): Cell[] {
  const error = (change: "clean" | "fgsm") =>
    cell(
      `mnist/three-seven/${change}`,
      jobs,
      (runs) => errorRate(runs.map(({ mistakes }) => mistakes[change]), "seed"),
    );
  return [
    error("clean"),
    error("fgsm"),
    cell(
      "identity/three-seven/margin",
      jobs,
      (runs) => ({ values: [Math.max(...runs.map(({ margin }) => margin))] }),
    ),
  ];
}

/** Jobs on photographs, which are parts of one list. */
export type PhotographJobs = readonly Job<PhotographRun[]>[];

/** Which of the attacked photographs a network gets wrong after a change, `clean` for none. */
export function photographMistakes(
  parts: readonly PhotographRun[][],
  change: string,
  seenBy: "changed" | "transferred" = "changed",
): Mistakes {
  const wrong = parts.flat().flatMap((run) => {
    const found = run[seenBy][change];
    return found === undefined ? [] : [found.right ? 0 : 1];
  });
  return mistakesOf(wrong, wrong.map(() => 0));
}

/** The share of what is right, of the share of what is wrong: in per cent. */
function rightRate(mistakes: Mistakes): Measurement {
  const { values, ...rest } = errorRate([mistakes], "image");
  return { values: values.map((error) => 100 - error), ...rest };
}

/** The cells of one network on photographs. */
export function photographCells(network: string, jobs: PhotographJobs): Cell[] {
  const name = `photos/${network}`;
  // Sampled nowhere: the reference saw the same photographs, so there is no standard error.
  const right = (id: string, place: 0 | 1, exactAlone: boolean) =>
    cell(id, jobs, (parts) => {
      const counted = parts.flat().filter(({ exact }) => exact || !exactAlone);
      return { values: [100 * mean(counted.map(({ right }) => right[place] ? 1 : 0))] };
    });
  const left = (change: string) =>
    cell(`${name}/${change}`, jobs, (parts) => rightRate(photographMistakes(parts, change)));
  return [
    right(`${name}/top1/exact`, 0, true),
    right(`${name}/top5/exact`, 1, true),
    right(`${name}/top1/all`, 0, false),
    right(`${name}/top5/all`, 1, false),
    cell(`${name}/fgsm/eps=0.25`, jobs, (parts) => {
      const share = (change: string) => rightRate(photographMistakes(parts, change)).values[0]!;
      const ratio = share("fgsm/eps=0.25") / share("clean");
      const { tested } = photographMistakes(parts, "clean");
      // A step seldom makes a photograph right, so that those which are left are a share of those which were.
      const standardError = Math.sqrt(ratio * (1 - ratio) / (tested * share("clean") / 100));
      return { values: [ratio], standardError, unitOfError: "image" };
    }),
    left("fgsm/eps=1"),
    left("fgsm/eps=1-clipped"),
    left("fgsm/eps=8"),
    fewerRight(`${name}/noise/eps=1`, jobs, "noise/eps=1", "clean"),
    fewerRight(`${name}/noise/eps=8`, jobs, "fgsm/eps=8", "noise/eps=8"),
  ];
}

/** What is right after one change less what is right after another, the first the worse one: points of mistakes. */
function fewerRight(
  id: string,
  jobs: PhotographJobs,
  worse: string,
  better: string,
  seenBy: "changed" | "transferred" = "changed",
): Cell {
  return cell(
    id,
    jobs,
    (parts) =>
      errorDifference(
        [photographMistakes(parts, worse, seenBy)],
        [photographMistakes(parts, better, seenBy)],
        "image",
      ),
  );
}

/** The cells of transfer from one network to another. */
export function photographTransferCells(jobs: PhotographJobs): Cell[] {
  return [1, 8].map((eps) =>
    fewerRight(`photos/transfer/eps=${eps}`, jobs, `fgsm/eps=${eps}`, `noise/eps=${eps}`, "transferred")
  );
}
