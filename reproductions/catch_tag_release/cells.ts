/**
 * The cells: what is taken from the trained toys, and from the language model.
 *
 * @module
 */
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import { perSeed } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import type { ToyRun } from "./method/measure_toy.ts";
import type { PromptResult, TrainingResult } from "./run.ts";

/** Trainings of one kind, some seeds each. */
type Trainings = readonly Job<TrainingResult>[];

/** How many runs the paper counts solved ones of. */
export const printedRuns = 10;

/** What every run tells, solved or not. */
export function toyCells(training: string, jobs: Trainings): Cell[] {
  const ofRuns = (name: string, value: (run: ToyRun) => number) =>
    cell(`toy/${training}/${name}`, jobs, (results) => perRun(results.flatMap(({ runs }) => runs), value));
  return [
    ofRuns("solved", ({ solved }) => solved ? printedRuns : 0),
    // 1 where [SEP] is a sink, in most sequences, exactly if the run is solved.
    ofRuns("sink", ({ sinkShare, solved }) => sinkShare > 0.5 === solved ? 1 : 0),
  ];
}

/** What solved runs tell alone: the others have no mechanism to look at. */
export function mechanismCells(training: string, jobs: Trainings): Cell[] {
  const ofSolved = (name: string, value: (run: ToyRun) => number) =>
    cell(`toy/${training}/${name}`, jobs, (results) => {
      return perRun(results.flatMap(({ runs }) => runs).filter(({ solved }) => solved), value);
    });
  return [
    ofSolved("catch", (run) => run.catch),
    ofSolved("release", ({ release }) => release),
    ofSolved("purity", ({ separation }) => separation.outputs.purity),
    ofSolved("silhouette", ({ separation }) => separation.outputs.silhouette),
    ofSolved("between", ({ separation }) => separation.outputs.between),
    ofSolved("silhouette-residual", ({ separation }) => separation.residual.silhouette),
  ];
}

function perRun(runs: readonly ToyRun[], value: (run: ToyRun) => number): Measurement {
  return perSeed(runs.map(value));
}

/** Windows of each text in a block: the largest value of more windows is larger, so that blocks alone can be compared. */
export const blockWindows = 32;

/**
 * What the language model shows.
 *
 * @param texts Its own stories, and Shakespeare.
 * @param delimiters One delimiter repeated.
 * @param windows Windows of each text.
 */
export function storiesCells(
  texts: readonly Job<PromptResult>[],
  delimiters: readonly Job<PromptResult>[],
  windows: number,
): Cell[] {
  const largest = (
    results: readonly PromptResult[],
    values: (result: PromptResult) => readonly number[],
  ) => ({
    values: [Math.max(...results.flatMap(values))],
  });
  const received = ({ largest }: PromptResult) => largest;
  return [
    cell("stories260k/max-received", texts, (results) => largestOfBlocks(results, received)),
    // One block has nothing to add.
    ...windows > blockWindows
      ? [cell("stories260k/max-received-all", texts, (results) => largest(results, received))]
      : [],
    cell(
      "stories260k/max-received-null",
      texts,
      (results) => largestOfBlocks(results, ({ nullLargest }) => nullLargest),
    ),
    cell("stories260k/max-received-delimiters", delimiters, (results) => largest(results, received)),
    cell("stories260k/sinks", texts, (results) => perWindow(results.flatMap(({ sinks }) => sinks))),
    cell("stories260k/delimiter-lift", texts, (results) => perWindow(results.flatMap(({ lifts }) => lifts))),
    cell(
      "stories260k/delimiter-lift-null",
      texts,
      (results) => perWindow(results.flatMap(({ nullLifts }) => nullLifts)),
    ),
    cell(
      "stories260k/bos-norm",
      texts,
      (results) => largest(results, ({ firstNormRatios }) => firstNormRatios),
    ),
  ];
}

/** The largest value of each whole block: as many windows of every text. */
function largestOfBlocks(
  results: readonly PromptResult[],
  values: (result: PromptResult) => readonly number[],
): Measurement {
  const windows = Math.min(...results.map((result) => values(result).length));
  const blocks = Math.max(1, Math.floor(windows / blockWindows));
  const largest = Array.from({ length: blocks }, (_, block) =>
    Math.max(
      ...results.flatMap((result) => values(result).slice(block * blockWindows, (block + 1) * blockWindows)),
    ));
  return { values: largest, unitOfError: "draw" };
}

/** The mean over windows, with the standard error over them. */
export function perWindow(values: readonly number[]): Measurement {
  const standardError = standardErrorOfMean(values);
  return {
    values: [mean(values)],
    ...standardError === null ? {} : { standardError, unitOfError: "test item" },
  };
}
