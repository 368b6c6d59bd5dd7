import { argMax, dispose, tidy } from "@tensorflow/tfjs-core";
import {
  batchOf,
  conv2d,
  cosineRate,
  type DataSet,
  dense,
  dropout,
  type LayerMaker,
  Network,
  pool2d,
  startBackend,
  train,
} from "../../../src/nn/mod.ts";
import type { RunContext } from "../../../src/suite/reproduction.ts";
import type { LearningTask } from "./learning_task.ts";

/** What is chosen of a network. */
export type NetworkChoices = {
  /** Filters of the first convolution; 16 take 3.8 MFLOP a digit and direction, 32 take 15. */
  readonly filters: number;
  /** Passes over the training digits. */
  readonly epochs: number;
};

/** Three convolutions, each followed by a pooling that halves the side: 28, 14, 7, 3. */
function makeLayers(first: number): LayerMaker[] {
  return [
    ...[first, 2 * first, 4 * first].flatMap((filters) => [
      conv2d(filters, 3, { activation: "relu" }),
      pool2d("max", 2),
    ]),
    dropout(0.5),
    dense(10),
  ];
}

/** Digits of a step. */
function chooseBatchSize(n: number): number {
  if (n >= 10_000) return 50;
  return n > 1000 ? 20 : 10;
}

/**
 * Trains a convolutional network on digits without distortions, from random filters. Architecture, epochs and dropout
 * were chosen on training digits 50,000 to 54,999 after learning from the first ones.
 *
 * @param task Pixels in [0, 1].
 * @param choices Width and length of the training.
 * @param seed Decides starting values, dropout and the order of the digits.
 * @param context Threads, checkpoint and progress of the job.
 * @returns The labels it gives to the test digits.
 */
export async function classifyByConvnet(
  task: LearningTask,
  { filters, epochs }: NetworkChoices,
  seed: number,
  { threads, checkpoint, progress }: Pick<RunContext, "threads" | "checkpoint" | "progress">,
): Promise<Uint8Array> {
  const backend = await startBackend({ threads });
  try {
    const n = task.train.labels.length;
    const network = new Network([28, 28, 1], makeLayers(filters), seed);
    await train(network, toDataSet(task.train), {
      epochs,
      batchSize: chooseBatchSize(n),
      optimizer: { rule: "adam" },
      rate: cosineRate(2e-3),
      seed,
      progress: (step, steps) => step % 100 === 0 && progress(step / steps),
      checkpoint: {
        path: checkpoint,
        every: 2000,
        settings: `convnet, n = ${n}, ${filters} filters, ${epochs} epochs, seed ${seed}`,
      },
    });
    return predictLabels(network, toDataSet(task.test));
  } finally {
    backend.dispose();
  }
}

/** Pixels as the network takes them. */
function toDataSet({ features, labels }: LearningTask["train"]): DataSet {
  return { shape: [28, 28, 1], inputs: features, labels };
}

/** The labels with the largest output, 500 digits at a time. */
function predictLabels(network: Network, data: DataSet): Uint8Array {
  const found = new Uint8Array(data.labels.length);
  const batch = 500;
  for (let start = 0; start < found.length; start += batch) {
    const rows = Array.from({ length: Math.min(batch, found.length - start) }, (_, i) => start + i);
    const { x, labels } = batchOf(data, rows);
    found.set(tidy(() => argMax(network.apply(x), 1).dataSync()) as Int32Array, start);
    dispose([x, labels]);
  }
  return found;
}
