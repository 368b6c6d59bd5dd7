/**
 * The cells: what is taken from the trained toys, and from the language model.
 *
 * @module
 */
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import type { ToyRun } from "./method/measure_toy.ts";
import type { PromptResult, TrainingResult } from "./run.ts";

/** Trainings of one kind, some seeds each. */
type Trainings = readonly Job<TrainingResult>[];

/** What every run tells, solved or not. */
export function toyCells(training: string, jobs: Trainings): Cell[] {
  const ofRuns = (name: string, value: (run: ToyRun) => number) =>
    cell(`toy/${training}/${name}`, jobs, (results) => perRun(results.flatMap(({ runs }) => runs), value));
  return [
    // In runs of ten, as the paper counts them.
    ofRuns("solved", ({ solved }) => solved ? 10 : 0),
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
  return { values: runs.map(value), unitOfError: "seed" };
}

/**
 * What the language model shows.
 *
 * @param texts Its own stories, and Shakespeare.
 * @param delimiters One delimiter repeated.
 */
export function storiesCells(
  texts: readonly Job<PromptResult>[],
  delimiters: readonly Job<PromptResult>[],
): Cell[] {
  const largest = (
    results: readonly PromptResult[],
    values: (result: PromptResult) => readonly number[],
  ) => ({
    values: [Math.max(...results.flatMap(values))],
  });
  const received = ({ heads }: PromptResult) => heads.map(({ largest }) => largest);
  const nullReceived = ({ heads }: PromptResult) => heads.map(({ nullLargest }) => nullLargest);
  return [
    cell("stories260k/max-received", texts, (results) => largest(results, received)),
    cell("stories260k/max-received-null", texts, (results) => largest(results, nullReceived)),
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

/** The mean over windows, with the standard error over them. */
function perWindow(values: readonly number[]): Measurement {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  if (values.length === 1) return { values: [mean] };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { values: [mean], standardError: Math.sqrt(variance / values.length), unitOfError: "test item" };
}
