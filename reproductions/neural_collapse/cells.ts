/**
 * The cells: how far a training has collapsed at its end, against its first epoch.
 *
 * @module
 */
import { difference, perSeed } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import type { Collapse } from "./method/train_to_collapse.ts";
import type { CollapseResult } from "./run.ts";

/** Trainings of one run, one a seed. */
type Trainings = readonly Job<CollapseResult>[];

/** What is claimed of a run that collapses. */
export function collapseCells(run: string, trainings: Trainings): Cell[] {
  const claim = (id: string, measure: (first: Collapse, last: Collapse) => number) =>
    cell(id, trainings, (found) => eachSeed(found, measure));
  return [
    nc1Fall(`nc1-fall/${run}`, trainings),
    claim(`fisher-growth/${run}`, (first, last) => last.fisher / first.fisher),
    claim(`cov/means/${run}`, (_, last) => last.covMeans),
    claim(`cov/classifiers/${run}`, (_, last) => last.covClassifiers),
    coherenceOfMeans(`coherence/means/${run}`, trainings),
    claim(`coherence/classifiers/${run}`, (_, last) => last.coherenceClassifiers),
    claim(`nc3/${run}`, (_, last) => last.nc3),
    claim(`nc4/${run}`, (_, last) => last.nc4),
    claim(`order/coherence/${run}/end-first`, (first, last) => last.coherenceMeans - first.coherenceMeans),
    claim(`order/nc3/${run}/end-first`, (first, last) => last.nc3 - first.nc3),
    claim(`test-gap/${run}`, (_, last) => last.fisher / last.testFisher),
    claim(`test-growth/${run}`, (first, last) => last.testFisher / first.testFisher),
  ];
}

/** That a training may fail to collapse. */
export function controlCells(run: string, trainings: Trainings): Cell[] {
  return [
    nc1Fall(`control/nc1-fall/${run}`, trainings),
    cell(`control/nc1/${run}`, trainings, (found) => eachSeed(found, (_, last) => last.nc1)),
    coherenceOfMeans(`control/coherence/means/${run}`, trainings),
  ];
}

/** That one run ends nearer to collapse than another. */
export function orderCell(
  lower: { readonly run: string; readonly trainings: Trainings },
  upper: { readonly run: string; readonly trainings: Trainings },
): Cell {
  const logarithm = (_: Collapse, last: Collapse) => Math.log10(last.nc1);
  return cell(
    `order/nc1/${lower.run}-${upper.run}`,
    { lower: lower.trainings, upper: upper.trainings },
    (found) => difference(eachSeed(found.lower, logarithm), eachSeed(found.upper, logarithm), "seed"),
  );
}

function nc1Fall(id: string, trainings: Trainings): Cell {
  return cell(id, trainings, (found) => eachSeed(found, (first, last) => first.nc1 / last.nc1));
}

function coherenceOfMeans(id: string, trainings: Trainings): Cell {
  return cell(id, trainings, (found) => eachSeed(found, (_, last) => last.coherenceMeans));
}

/** One value a seed, from the first and the last epoch that were measured. */
function eachSeed(
  found: readonly CollapseResult[],
  measure: (first: Collapse, last: Collapse) => number,
): Measurement {
  return perSeed(found.map(({ epochs }) => measure(epochs[0]!, epochs.at(-1)!)));
}
