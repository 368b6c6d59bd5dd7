/**
 * The trainings, by the name of their run. README.md says what the papers leave open and what was chosen.
 *
 * @module
 */
import type { ImageSet } from "../../src/data/sources/labelled_image_sources.ts";
import type { Setting } from "./run.ts";

/** A training without how long it takes. */
export interface Run extends Setting {
  /** What it learns. */
  readonly images: ImageSet;
  /** What figures call it. */
  readonly title: string;
  /** What other runs it stands beside in figures. */
  readonly group: string;
}

const training = { decay: 5e-3, batchSize: 128 };
const squaredError = { ...training, loss: "squared error", rate: 0.05 } as const;
/** Without batch norm the loss grows beyond all bounds at rates of 0.05, 0.02 and 0.01. */
const gentleSquaredError = { ...squaredError, rate: 0.005 } as const;
const crossEntropy = { ...training, loss: "cross-entropy", rate: 0.1 } as const;
const withBatchNorm = { kind: "dense", batchNorm: true } as const;
const plain = { kind: "dense", batchNorm: false } as const;
const digits = { images: "mnist", group: "MNIST" } as const;
const larger = { images: "mnist", group: "MNIST, longer, on more digits and by convolutions" } as const;

/** The runs that are held to the bounds of collapse. */
export const collapsing = {
  "squared-error": { ...digits, title: "squared error", network: withBatchNorm, training: squaredError },
  "cross-entropy": { ...digits, title: "cross-entropy", network: withBatchNorm, training: crossEntropy },
  "squared-error-long": {
    ...larger,
    title: "squared error, longer",
    network: withBatchNorm,
    training: squaredError,
  },
  "squared-error-20000": {
    ...larger,
    title: "squared error, more digits",
    network: withBatchNorm,
    training: squaredError,
  },
  "convnet": {
    ...larger,
    title: "convolutions, cross-entropy",
    network: { kind: "convolutional", batchNorm: true },
    training: crossEntropy,
  },
  "cifar-10": {
    images: "cifar-10",
    group: "CIFAR-10",
    title: "squared error",
    network: withBatchNorm,
    training: squaredError,
  },
} as const satisfies Readonly<Record<string, Run>>;

/** Runs without batch norm, against which the others stand. */
export const controls = {
  "squared-error-plain": {
    ...digits,
    title: "squared error, no batch norm",
    network: plain,
    training: gentleSquaredError,
  },
  "cross-entropy-plain": {
    ...digits,
    title: "cross-entropy, no batch norm",
    network: plain,
    training: crossEntropy,
  },
  /** The weight decay of the paper, a tenth of that of the other runs. */
  "cross-entropy-plain-light": {
    ...digits,
    title: "no batch norm, less decay",
    network: plain,
    training: { ...crossEntropy, decay: 5e-4 },
  },
} as const satisfies Readonly<Record<string, Run>>;

/** Every run by its name. */
export const runs: Readonly<Record<RunName, Run>> = { ...collapsing, ...controls };

/** The name of a run. */
export type RunName = keyof typeof collapsing | keyof typeof controls;
