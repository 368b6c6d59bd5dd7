import { cosineRate } from "../../../src/nn/schedules.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { AdamLane } from "./adam_lane.ts";
import { sampleAveragingSequence } from "./averaging_task.ts";
import { lanes, ToyKernel } from "./toy_kernel.ts";
import {
  countToyParameters,
  initialToyParameters,
  readToyNetwork,
  type ToyNetwork,
  type ToyShape,
} from "./toy_network.ts";

/** How toy networks are trained on the averaging task. */
export interface ToyTraining extends ToyShape {
  /** Tokens of a sequence. */
  readonly length: number;
  /** Where the loss is taken: at every token after [SEP], or at the last token alone. */
  readonly loss: "all" | "last";
  /** Sequences of a step. */
  readonly batch: number;
  /** Steps. */
  readonly steps: number;
  /** Adam's rate at the start; it falls to 0 along half a cosine. */
  readonly rate: number;
  /** The largest norm of a gradient. */
  readonly clip: number;
  /** The scale of the parameters at the start, see `initialToyParameters()`. */
  readonly initialScale: number;
}

/** The random streams of one network. */
export interface ToyStreams {
  /** Of the parameters at the start. */
  readonly initial: RandomStream;
  /** Of the sequences. */
  readonly sequences: RandomStream;
}

/** A trained network. */
export interface TrainedToy {
  /** The network. */
  readonly network: ToyNetwork;
  /** Its training loss, averaged over each hundredth of the steps (of each step where they are fewer). */
  readonly losses: readonly number[];
}

/** Points of a curve of losses. */
const curvePoints = 100;

/**
 * Trains toy networks, four at a time side by side. A network comes out the same, bit for bit, whichever others are
 * trained beside it: each has its own streams, its own lane and its own clipping.
 *
 * @param training Shape and recipe, the same for all.
 * @param streams Of each network.
 * @param progress Told the share of steps done, now and then.
 * @returns As many networks as there are streams.
 * @throws {RangeError} Where a size is wrong, or the loss is no longer a finite number.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { randomStream } from "../../../src/numeric/random/random_stream.ts";
 *
 * const training: ToyTraining = {
 *   ...{ width: 4, layers: 2, length: 8, loss: "all", batch: 16, steps: 100, rate: 0.01, clip: 1 },
 *   initialScale: 1,
 * };
 * const streams = [0, 1].map((seed) => ({
 *   initial: randomStream("initial", seed),
 *   sequences: randomStream("sequences", seed),
 * }));
 * const toys = await trainToys(training, streams);
 * assert(toys.every(({ losses }) => losses.at(-1)! < losses[0]!));
 * ```
 */
export async function trainToys(
  training: ToyTraining,
  streams: readonly ToyStreams[],
  progress: (share: number) => void = () => {},
): Promise<TrainedToy[]> {
  checkTraining(training);
  const toys: TrainedToy[] = [];
  for (let first = 0; first < streams.length; first += lanes) {
    const group = streams.slice(first, first + lanes);
    const share = (done: number) => progress((first + done * group.length) / streams.length);
    toys.push(...await trainGroup(training, group, share));
  }
  return toys;
}

/** Trains up to four networks. */
async function trainGroup(
  training: ToyTraining,
  streams: readonly ToyStreams[],
  progress: (share: number) => void,
): Promise<TrainedToy[]> {
  const { length, batch, steps, clip, initialScale } = training;
  const kernel = await ToyKernel.start({
    width: training.width,
    layers: training.layers,
    length,
    sequences: batch,
  });
  const count = countToyParameters(training);
  for (const [lane, { initial }] of streams.entries()) {
    for (const [p, value] of initialToyParameters(training, initialScale, initial).entries()) {
      kernel.parameters[p * lanes + lane] = value;
    }
  }
  const optimizers = streams.map((_, lane) => new AdamLane(count, { lane, lanes, clip }));
  const schedule = cosineRate(training.rate);
  const sums = streams.map(() => new Float64Array(Math.min(curvePoints, steps)));
  const counts = new Float64Array(Math.min(curvePoints, steps));
  for (let step = 0; step < steps; step++) {
    for (const [lane, { sequences }] of streams.entries()) writeBatch(kernel, lane, training, sequences);
    kernel.run();
    const point = Math.floor(step * counts.length / steps);
    counts[point]!++;
    for (const [lane, optimizer] of optimizers.entries()) {
      const loss = kernel.losses[lane]!;
      if (!Number.isFinite(loss)) {
        throw new RangeError(`Cannot go on training: the loss of network ${lane} is ${loss} at step ${step}`);
      }
      sums[lane]![point]! += loss;
      optimizer.update(kernel.parameters, kernel.gradients, schedule(step / steps));
    }
    if (step % 100 === 99) progress((step + 1) / steps);
  }
  return streams.map((_, lane) => ({
    network: readToyNetwork(
      Float64Array.from({ length: count }, (_, p) => kernel.parameters[p * lanes + lane]!),
      training,
    ),
    losses: Array.from(sums[lane]!, (sum, point) => sum / counts[point]!),
  }));
}

/** Samples a batch for one network; the loss is the mean over all tokens of the batch at which it is taken. */
function writeBatch(kernel: ToyKernel, lane: number, training: ToyTraining, stream: RandomStream): void {
  const { length, loss, batch } = training;
  const sampled = Array.from({ length: batch }, () => sampleAveragingSequence(length, stream));
  const firstAsked = (separator: number) => loss === "all" ? separator + 1 : length - 1;
  const asked = sampled.reduce((sum, { separator }) => sum + length - firstAsked(separator), 0);
  const weights = new Float64Array(length);
  for (const [index, sequence] of sampled.entries()) {
    const first = firstAsked(sequence.separator);
    for (let i = 0; i < length; i++) weights[i] = i < first ? 0 : 1 / asked;
    kernel.write(lane, index, sequence, weights);
  }
}

function checkTraining({ steps, rate, initialScale }: ToyTraining): void {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new RangeError(
      `Cannot train toy networks: steps must be an integer >= 1: current value is ${steps}`,
    );
  }
  for (const [name, value] of Object.entries({ rate, initialScale })) {
    if (value > 0 && value < Infinity) continue;
    throw new RangeError(`Cannot train toy networks: ${name} must be > 0: current value is ${value}`);
  }
}
