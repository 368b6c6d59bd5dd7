/**
 * The cells: ids, and how each is measured from the jobs.
 *
 * @module
 */
import { perSeed } from "../../src/suite/error_rates.ts";
import { type Cell, cell, type Job } from "../../src/suite/reproduction.ts";
import type { ClassImage, DreamRun, GradientCheck } from "./run.ts";

/** The book's classes of ImageNet: flamingo, pelican, ground beetle, Indian cobra. */
export const bookClasses = [130, 144, 302, 63] as const;

/** Ten more. */
export const otherClasses = [291, 323, 366, 7, 985, 817, 805, 954, 340, 22] as const;

/** The stages that dream. */
export const dreamStages = ["fire3", "fire5", "fire7"] as const;

/** The images of classes, for each seed. */
export interface ClassJobs {
  readonly book: readonly Job<ClassImage[]>[];
  readonly regularised: readonly Job<ClassImage[]>[];
  readonly plain: readonly Job<ClassImage[]>[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/** The cells of images of classes. */
export function classCells({ book, regularised, plain }: ClassJobs): Cell[] {
  const rank = (id: string, jobs: readonly Job<ClassImage[]>[]) =>
    cell(
      `class/rank/${id}`,
      jobs,
      (runs) => perSeed(runs.map((images) => median(images.map(({ other }) => other.rank)))),
    );
  const least = (images: readonly ClassImage[]) => Math.min(...images.map(({ own }) => own.probability));
  return [
    rank("regularised", regularised),
    rank("plain", plain),
    rank("book", book),
    cell(
      "class/probability/regularised",
      { book, regularised },
      ({ book, regularised }) =>
        perSeed(book.map((images, seed) => Math.min(least(images), least(regularised[seed]!)))),
    ),
    cell("class/probability/plain", plain, (runs) => perSeed(runs.map(least))),
  ];
}

/** The cells of DeepDream: the gradient, and the stages of {@linkcode dreamStages}. */
export function dreamCells(
  gradient: Job<GradientCheck[]>,
  dreams: Readonly<Record<string, Job<DreamRun>>>,
): Cell[] {
  const of = (id: string, stage: string, value: (run: DreamRun) => number) =>
    cell(`dream/${id}/${stage}`, [dreams[stage]!], ([run]) => ({ values: [value(run!)] }));
  return [
    cell("dream/gradient", [gradient], ([checks]) => ({
      values: checks!.map(({ gradient, difference }) => Math.abs(difference / gradient - 1)),
      unitOfError: "image",
    })),
    ...dreamStages.flatMap((stage) => [
      of("growth", stage, ({ norms }) => norms.at(-1)! / norms[0]!),
      of("noise", stage, ({ norms, noise }) => noise / norms[0]!),
      of(
        "monotone",
        stage,
        ({ norms }) => Math.min(...norms.slice(1).map((norm, step) => norm / norms[step]!)),
      ),
    ]),
  ];
}
