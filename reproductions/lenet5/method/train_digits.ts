import { argMax, dispose, neg, tidy } from "@tensorflow/tfjs-core";
import {
  batchOf,
  cosineRate,
  crossEntropy,
  type DataSet,
  differentiate,
  fit,
  type LabelledBatch,
  MiniBatches,
  type Network,
  shuffledBatches,
} from "../../../src/nn/mod.ts";
import type { Output } from "./build_network.ts";
import { discriminativeLoss } from "./distance_output.ts";

/** How LeNet-5 is trained. */
export interface Training {
  /** What the loss is of: with distances the paper's, with softmax the cross-entropy. */
  readonly output: Output;
  /** The learning rate at the start; it falls to 0 along half a cosine. */
  readonly rate: number;
  /** Digits of a step. */
  readonly batchSize: number;
  /** j of the paper's loss. */
  readonly rubbish: number;
  /** Layers that stay as they were sampled. */
  readonly frozen: readonly string[];
}

/** Errors after a pass. */
export interface PassErrors {
  /** Passes before. */
  readonly pass: number;
  /** On the first training digits, in per cent. */
  readonly train: number;
  /** On the test digits, in per cent. */
  readonly test: number;
}

/** Digits at a time where classes are found. */
const evaluated = 500;

/**
 * Trains a network, and counts its errors after passes.
 *
 * @param network The network.
 * @param data What it learns from and is tested on.
 * @param options Training, `passes` over the digits, the seed of their orders, training digits that errors are counted on (`probe`),
 * whether that is done after each pass or after the last alone (`followed`), and a checkpoint.
 */
export async function trainDigits(
  network: Network,
  { train, test }: { readonly train: DataSet; readonly test: DataSet },
  options: Training & {
    readonly passes: number;
    readonly seed: number;
    readonly probe: number;
    readonly followed: boolean;
    readonly progress?: (share: number) => void;
    readonly checkpoint?: { readonly path: string; readonly settings: string };
    readonly stopAfter?: number;
  },
): Promise<PassErrors[]> {
  const { output, rate, batchSize, rubbish, frozen, passes, seed, probe, followed, checkpoint } = options;
  const order = new MiniBatches(train.labels.length, batchSize, seed);
  const isTrained = ({ name }: { readonly name: string }) => !frozen.includes(name);
  const parameters = network.layers.filter(isTrained).flatMap(({ parameters }) => parameters);
  const { records } = await fit({
    parameters,
    state: network.tensors.filter((tensor) => !parameters.includes(tensor)),
    steps: passes * order.perEpoch,
    stepsPerEpoch: order.perEpoch,
    batches: shuffledBatches(train, order),
    step: differentiate(parameters, ({ x, labels }: LabelledBatch) => {
      const results = network.apply(x);
      return output === "softmax"
        ? crossEntropy(results, labels)
        : discriminativeLoss(neg(results), labels, rubbish);
    }),
    locate: ({ x }) => `first in ${network.firstNonFinite(x) ?? "the loss"}`,
    optimizer: { rule: "sgd" },
    rate: cosineRate(rate),
    record: (pass) =>
      pass === 0 || !followed && pass < passes
        ? undefined
        : { train: percentWrong(network, train, probe), test: percentWrong(network, test) },
    progress: (step, steps) => options.progress?.(step / steps),
    ...(checkpoint === undefined ? {} : { checkpoint: { ...checkpoint, every: order.perEpoch } }),
    ...(options.stopAfter === undefined ? {} : { stopAfter: options.stopAfter }),
  });
  return records.map(({ epoch, train, test }) => ({ pass: epoch, train, test }));
}

/**
 * The classes that the network says.
 *
 * @param count Of the first so many inputs; of all by default.
 */
export function classify(network: Network, data: DataSet, count = data.labels.length): Uint8Array {
  const found = new Uint8Array(count);
  for (let first = 0; first < count; first += evaluated) {
    const rows = Array.from({ length: Math.min(evaluated, count - first) }, (_, i) => first + i);
    const { x, labels } = batchOf(data, rows);
    found.set(tidy(() => argMax(network.apply(x), 1).dataSync()), first);
    dispose([x, labels]);
  }
  return found;
}

function percentWrong(network: Network, data: DataSet, count = data.labels.length): number {
  const found = classify(network, data, Math.min(count, data.labels.length));
  return 100 * found.reduce((sum, label, i) => label === data.labels[i] ? sum : sum + 1, 0) / found.length;
}
