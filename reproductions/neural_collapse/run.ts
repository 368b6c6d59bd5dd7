/**
 * The task of neural_collapse: one training, measured on the way.
 *
 * @module
 */
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import { pixelStatistics } from "../../src/data/sources/pixel_statistics.ts";
import { Network, startBackend } from "../../src/nn/mod.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import { firstOfEachClass, inputsOf } from "./method/balanced_images.ts";
import { layersOf, type NetworkShape } from "./method/networks.ts";
import {
  type CollapseCourse,
  type Course,
  type Training,
  trainToCollapse,
} from "./method/train_to_collapse.ts";

/** What is trained, and how. */
export interface Setting {
  readonly network: NetworkShape;
  readonly training: Training;
}

/** How much a training takes. */
export interface Schedule extends Course {
  /** Training images of each class, the first ones. */
  readonly perClass: number;
}

/** What decides a training beside its images. */
export interface CollapseParameters {
  /** Which run it is: figures tell trainings apart by it. */
  readonly run: string;
  readonly seed: number;
  readonly setting: Setting;
  readonly schedule: Schedule;
}

/** What a training found. */
export interface CollapseResult extends CollapseCourse {
  readonly run: string;
}

/** Classes of both data sets. */
const classes = 10;

async function collapse(
  { parameters, reads }: TaskInput<CollapseParameters, Readonly<Record<"train" | "test", ImageReading>>>,
  context: RunContext,
): Promise<CollapseResult> {
  const { run, seed, setting, schedule } = parameters;
  const { perClass, ...course } = schedule;
  const statistics = pixelStatistics[reads.train.dataset];
  const learned = await readImages(reads.train, context);
  const chosen = firstOfEachClass(learned.labels, { classes, perClass });
  const train = inputsOf(learned, statistics, chosen);
  const test = inputsOf(await readImages(reads.test, context), statistics);
  const backend = await startBackend({ threads: context.threads });
  try {
    const network = new Network(train.shape, layersOf(setting.network, classes), seed);
    const found = await trainToCollapse(network, { train, test }, {
      ...setting.training,
      ...course,
      classes,
      seed,
      progress: (share) => context.progress(share),
      ...(context.checkpoint === "" ? {} : {
        checkpoint: { path: context.checkpoint, settings: JSON.stringify({ parameters, reads }) },
      }),
    });
    return { run, ...found };
  } finally {
    backend.dispose();
  }
}

/** The tasks by name. */
export const tasks = { collapse };
