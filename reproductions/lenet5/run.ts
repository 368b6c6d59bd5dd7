/**
 * The task of lenet5: one training of the network on so many digits.
 *
 * @module
 */
import { type Mistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import { lenet5 } from "../../src/nn/descriptions/lenet5.ts";
import { startBackend } from "../../src/nn/mod.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import { buildNetwork } from "./method/build_network.ts";
import { paddedDigits } from "./method/padded_digits.ts";
import { classify, type PassErrors, trainDigits, type Training } from "./method/train_digits.ts";

/** What decides a training beside its digits. */
export interface DigitParameters {
  /** Which line it belongs to: figures tell trainings apart by it. */
  readonly line: string;
  readonly seed: number;
  readonly training: Training;
  /** The first so many digits. */
  readonly digits: number;
  /** Passes over them. */
  readonly passes: number;
  /** Training digits, the first ones, whose errors are counted. */
  readonly probe: number;
  /** Whether errors are counted after each pass, or after the last alone. */
  readonly followed: boolean;
  /** Test digits that it misses which are kept, the first ones. */
  readonly kept: number;
}

/** A test digit that was put into a wrong class. */
export interface MissedDigit {
  /** What it is. */
  readonly label: number;
  /** What the network says. */
  readonly found: number;
  /** Its pixels, row by row, a byte each; base64. */
  readonly pixels: string;
}

/** What a training found. */
export interface DigitResult {
  readonly line: string;
  readonly digits: number;
  /** Errors after the passes that were followed. */
  readonly passes: readonly PassErrors[];
  /** On the test digits, at the end. */
  readonly mistakes: Mistakes;
  /** How many test digits of each class (row) were put into each class (column), `(10, 10)`. */
  readonly confusion: readonly number[];
  /** The first of those that it misses. */
  readonly missed: readonly MissedDigit[];
  /** Rows and columns of a digit. */
  readonly side: number;
}

/** Classes of digits. */
const classes = 10;

async function learn(
  { parameters, reads }: TaskInput<DigitParameters, Readonly<Record<"train" | "test", ImageReading>>>,
  context: RunContext,
): Promise<DigitResult> {
  const { line, seed, training, digits, passes, probe, followed, kept } = parameters;
  const [side] = lenet5.input;
  const tested = await readImages(reads.test, context);
  const train = paddedDigits(await readImages(reads.train, context), side, digits);
  const test = paddedDigits(tested, side);
  const backend = await startBackend({ threads: context.threads });
  try {
    const network = buildNetwork(lenet5, training.output, seed);
    const errors = await trainDigits(network, { train, test }, {
      ...training,
      passes,
      seed,
      probe,
      followed,
      progress: (share) => context.progress(share),
      ...(context.checkpoint === "" ? {} : {
        checkpoint: { path: context.checkpoint, settings: JSON.stringify({ parameters, reads }) },
      }),
    });
    const found = classify(network, test);
    const confusion = new Array<number>(classes ** 2).fill(0);
    for (const [i, label] of found.entries()) confusion[tested.labels[i]! * classes + label]!++;
    const pixels = tested.height * tested.width;
    const wrong = Array.from(found.keys()).filter((i) => found[i] !== tested.labels[i]);
    return {
      line,
      digits: train.labels.length,
      passes: errors,
      mistakes: mistakesOf(found, tested.labels),
      confusion,
      missed: wrong.slice(0, kept).map((i) => ({
        label: tested.labels[i]!,
        found: found[i]!,
        pixels: tested.images.slice(i * pixels, (i + 1) * pixels).toBase64(),
      })),
      side: tested.width,
    };
  } finally {
    backend.dispose();
  }
}

/** The tasks by name. */
export const tasks = { learn };
