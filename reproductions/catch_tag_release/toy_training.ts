/**
 * The trained toy: networks of two attention layers learn to average the numbers after [SEP] (section 7 and appendix K.1 of
 * the paper); README.md says which parts of the recipe are ours.
 *
 * @module
 */
import type { ToyTraining } from "../../src/attention/train_toys.ts";
import { trainToys } from "../../src/attention/train_toys.ts";
import type { Profile, RunContext } from "../../src/reproduction.ts";
import { measureToy, type ToyRun } from "./measure_toy.ts";

/** Where the loss is taken: at every token after [SEP], or at the last token alone. */
export type ToyLoss = ToyTraining["loss"];

/** Tokens of a sequence. */
export const sequenceLength = 16;

/** What both trainings share; README.md says what of it is ours. */
const common = { width: 8, layers: 2, length: sequenceLength, rate: 1e-2, clip: 1 } as const;

/** The recipes of the standard and full profiles. */
const recipes: Readonly<Record<ToyLoss, ToyTraining>> = {
  all: { ...common, loss: "all", batch: 128, steps: 3000, initialScale: 0.5 },
  last: { ...common, loss: "last", batch: 256, steps: 4000, initialScale: 1 },
};

/** The recipe of a profile: smoke cuts the steps, the others differ in seeds alone. */
export function recipeOf(loss: ToyLoss, profile: Profile): ToyTraining {
  if (profile !== "smoke") return recipes[loss];
  return { ...recipes[loss], batch: 64, steps: loss === "all" ? 500 : 100 };
}

/** What a training job depends on. */
export interface TrainingParameters {
  readonly kind: "training";
  readonly training: ToyTraining;
  /** The seeds that are trained side by side. */
  readonly seeds: readonly number[];
}

/** What a training job found. */
export interface TrainingResult {
  readonly kind: "training";
  readonly loss: ToyLoss;
  readonly runs: readonly ToyRun[];
}

/** Trains the networks of some seeds side by side and measures each. */
export async function runTraining(
  { training, seeds }: TrainingParameters,
  context: RunContext,
): Promise<TrainingResult> {
  const { loss } = training;
  const streams = seeds.map((seed) => ({
    initial: context.rng(`catch_tag_release/${loss}/initial`, seed),
    sequences: context.rng(`catch_tag_release/${loss}/sequences`, seed),
  }));
  const toys = await trainToys(training, streams, (share) => context.progress(share));
  const runs = toys.map(({ network, losses }, i) => {
    // Every network is measured on the same sequences.
    const stream = context.rng("catch_tag_release/test", 0);
    return { ...measureToy(network, training, stream), seed: seeds[i]!, losses };
  });
  return { kind: "training", loss, runs };
}
