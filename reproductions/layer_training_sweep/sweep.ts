import { frozenFeatures } from "../../src/expressivity/frozen_features.ts";
import type { LabelledFrozenFeatures } from "../../src/expressivity/labelled_features.ts";
import { LayerSweep } from "../../src/expressivity/layer_sweep.ts";
import { drawNetwork } from "../../src/expressivity/random_network.ts";
import { accuracies, type SweepEpoch, trainSweep } from "../../src/expressivity/train_sweep.ts";
import { cosineRate, startBackend } from "../../src/nn/mod.ts";
import type { RunContext } from "../../src/reproduction.ts";
import type { Half, ImageCounts } from "../image_sets.ts";
import { loadImages } from "./images.ts";
import { inputsOf } from "./inputs.ts";
import type { Setting } from "./protocol.ts";

/** What a sweep found: for each layer from 1 on the accuracy of the network in which it was trained. */
export interface SweepResult {
  readonly experiment: string;
  /** After each epoch; accuracy on the training set is that on its first inputs. */
  readonly epochs: readonly SweepEpoch[];
  /** At the end, on every training input: shares in [0, 1]. */
  readonly train: readonly number[];
  /** At the end. */
  readonly test: readonly number[];
}

/** Trains every hidden layer of a random network, each in a copy of its own, and measures the copies. */
export async function runSweep(
  setting: Setting,
  seed: number,
  standIns: ImageCounts | null,
  context: RunContext,
): Promise<SweepResult> {
  const { dataset, scaling, width, depth, readout } = setting;
  const load = (half: Half) => loadImages(dataset, half, standIns, context);
  const [learned, tested] = await Promise.all([load("train"), load("test")]);
  const count = Math.min(setting.inputs, learned.labels.length);
  const backend = await startBackend({ threads: context.threads });
  try {
    const shape = { inputs: learned.images.length / learned.labels.length, width, depth, classes: 10 };
    const network = drawNetwork(shape, setting, seed);
    const featuresOf = (images: typeof learned, rows: number): LabelledFrozenFeatures => ({
      features: frozenFeatures(network, inputsOf(images, rows, scaling, dataset)),
      labels: images.labels.subarray(0, rows),
    });
    const train = featuresOf(learned, count);
    const test = featuresOf(tested, tested.labels.length);
    const layers = Array.from({ length: depth }, (_, i) => i + 1);
    const sweep = new LayerSweep(network, { layers, readout });
    const epochs = trainSweep(sweep, train, test, {
      epochs: setting.epochs,
      batchSize: setting.batchSize,
      optimizer: { rule: setting.rule },
      rate: cosineRate(setting.rate),
      seed,
      probe: setting.probe,
      progress: context.progress,
      ...(context.checkpoint === "" ? {} : {
        checkpoint: { path: context.checkpoint, settings: JSON.stringify({ setting, seed, standIns }) },
      }),
    });
    return {
      experiment: setting.experiment,
      epochs,
      train: accuracies(sweep, train),
      test: epochs.at(-1)!.test,
    };
  } finally {
    backend.dispose();
  }
}
