import { DivergedError } from "../../../src/nn/diverged_error.ts";
import { fit } from "../../../src/nn/fit.ts";
import { cosineRate } from "../../../src/nn/schedules.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { AdamLane } from "./adam_lane.ts";
import { type AveragingSequence, sampleAveragingSequence } from "./averaging_task.ts";
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
 * @throws {RangeError} Where a size is wrong.
 * @throws {DivergedError} Where a loss or a parameter is no longer a finite number.
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
    toys.push(...await trainGroup(training, group, first, share));
  }
  return toys;
}

/** Trains up to four networks, of which the first has the number `first`. */
async function trainGroup(
  training: ToyTraining,
  streams: readonly ToyStreams[],
  first: number,
  progress: (share: number) => void,
): Promise<TrainedToy[]> {
  const { length, batch, steps, clip, initialScale } = training;
  const kernel = ToyKernel.start({
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
  const { losses } = await fit({
    // The parameters are the kernel's, and no tensors.
    parameters: [],
    steps,
    batches: () => streams.map(({ sequences }) => sampleBatch(batch, length, sequences)),
    step: (batches, _step, rate) => {
      for (const [lane, batch] of batches.entries()) writeBatch(kernel, lane, training, batch);
      kernel.run();
      for (const optimizer of optimizers) optimizer.update(kernel.parameters, kernel.gradients, rate);
      return { losses: kernel.losses.slice(0, streams.length) };
    },
    locate: (_batches, _step, lane) => `network ${first + lane}`,
    rate: cosineRate(training.rate),
    progress: (step) => step % 100 === 0 && progress(step / steps),
  });
  return streams.map((_, lane) => {
    const parameters = Float64Array.from({ length: count }, (_, p) => kernel.parameters[p * lanes + lane]!);
    if (!parameters.every(Number.isFinite)) {
      throw new DivergedError({
        action: `go on after step ${steps}`,
        finding: "a parameter is not finite",
        place: `network ${first + lane}`,
        lastLoss: losses[lane]!.at(-1),
      });
    }
    return { network: readToyNetwork(parameters, training), losses: meanOfEachPart(losses[lane]!) };
  });
}

/** The means of each hundredth of the losses, or the losses themselves where they are fewer. */
function meanOfEachPart(losses: readonly number[]): number[] {
  const points = Math.min(curvePoints, losses.length);
  const parts = Map.groupBy(losses.keys(), (step) => Math.floor(step * points / losses.length));
  return [...parts.values()].map((steps) =>
    steps.reduce((sum, step) => sum + losses[step]!, 0) / steps.length
  );
}

function sampleBatch(count: number, length: number, stream: RandomStream): AveragingSequence[] {
  return Array.from({ length: count }, () => sampleAveragingSequence(length, stream));
}

/** Writes a batch of one network; the loss is the mean over all tokens of the batch at which it is taken. */
function writeBatch(
  kernel: ToyKernel,
  lane: number,
  { length, loss }: ToyTraining,
  batch: readonly AveragingSequence[],
): void {
  const firstAsked = (separator: number) => loss === "all" ? separator + 1 : length - 1;
  const asked = batch.reduce((sum, { separator }) => sum + length - firstAsked(separator), 0);
  const weights = new Float64Array(length);
  for (const [index, sequence] of batch.entries()) {
    kernel.write(lane, index, sequence, weights.fill(0).fill(1 / asked, firstAsked(sequence.separator)));
  }
}

function checkTraining({ rate, initialScale }: ToyTraining): void {
  for (const [name, value] of Object.entries({ rate, initialScale })) {
    if (value > 0 && value < Infinity) continue;
    throw new RangeError(`Cannot train toy networks: ${name} must be > 0: current value is ${value}`);
  }
}
