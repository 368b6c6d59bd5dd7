/**
 * The trainings, by the name of their line. README.md says what the paper states and what was chosen.
 *
 * @module
 */
import type { Training } from "./method/train_digits.ts";

const softmax: Training = { output: "softmax", rate: 0.02, batchSize: 32, rubbish: 0, frozen: [] };

/** The lines. */
export const lines = {
  /** Distances from bitmaps, and the loss of equation 9. */
  rbf: { output: "rbf", rate: 0.002, batchSize: 64, rubbish: 8.4, frozen: [] },
  softmax,
  /** A control: what comes before C5 is random. */
  frozen: { ...softmax, frozen: ["C1", "S2", "C3", "S4"] },
} as const satisfies Readonly<Record<string, Training>>;

/** The name of a line. */
export type LineName = keyof typeof lines;

/** What figures call the lines. */
export const lineTitles: Readonly<Record<LineName, string>> = {
  rbf: "distances",
  softmax: "softmax",
  frozen: "softmax, random convolutions",
};

/** The parts of the training digits, as the names of cells say them. */
export type Part = "whole" | "half" | "quarter";

/** How many times each part is in the whole. */
export const partsInWhole: Readonly<Record<Part, number>> = { whole: 1, half: 2, quarter: 4 };
