/**
 * The cells: test errors, and how they depend on digits, passes and what is trained.
 *
 * @module
 */
import { errorDifference, errorRate, perSeed } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job } from "../../src/suite/reproduction.ts";
import type { LineName, Part } from "./protocol.ts";
import type { DigitResult } from "./run.ts";

/** Trainings on one part of the digits, one a seed. */
type Trainings = readonly Job<DigitResult>[];

/** What is claimed of one output. */
export function outputCells(line: LineName, parts: Readonly<Record<Part, Trainings>>): Cell[] {
  return [
    cell(`error/${line}`, parts.whole, (found) => errorRate(found.map(({ mistakes }) => mistakes), "seed")),
    orderCell(`order/${line}/whole-half`, parts.whole, parts.half),
    orderCell(`order/${line}/half-quarter`, parts.half, parts.quarter),
    cell(
      `overtraining/${line}`,
      parts.whole,
      (found) =>
        perSeed(found.map(({ passes }) => passes.at(-1)!.test - Math.min(...passes.map(({ test }) => test)))),
    ),
  ];
}

/** That convolutions which learn are better than random ones. */
export function controlCell(learned: Trainings, frozen: Trainings): Cell {
  return orderCell("order/softmax/learned-frozen", learned, frozen);
}

function orderCell(id: string, lower: Trainings, upper: Trainings): Cell {
  const mistakes = (found: readonly DigitResult[]) => found.map(({ mistakes }) => mistakes);
  return cell(
    id,
    { lower, upper },
    (found) => errorDifference(mistakes(found.lower), mistakes(found.upper), "seed"),
  );
}
