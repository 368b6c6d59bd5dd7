/**
 * What is measured of a trained toy: whether it solves its task, and whether it does so by catch, tag and release.
 *
 * @module
 */
import { type AveragingSequence, sampleAveragingSequence } from "./averaging_task.ts";
import { betweenGroupShare } from "./between_group_share.ts";
import { catchMass } from "../../../src/transformers/attention/catch_mass.ts";
import { explainedBySinks } from "../../../src/transformers/attention/explained_by_sinks.ts";
import { findSinks } from "../../../src/transformers/attention/find_sinks.ts";
import type { Points } from "../../../src/transformers/attention/points.ts";
import { componentColours } from "./principal_components.ts";
import { purity } from "./purity.ts";
import { releaseMass } from "../../../src/transformers/attention/release_mass.ts";
import { silhouette } from "./silhouette.ts";
import { toyForward, type ToyTrace } from "./toy_forward.ts";
import type { ToyNetwork } from "./toy_network.ts";
import type { ToyTraining } from "./train_toys.ts";
import { twoMeans } from "./two_means.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** Sequences that a network is measured on. */
const testSequences = 256;
/** Those of them whose tokens are clustered, all together. */
const clusteredSequences = 64;
/** A network with a smaller mean squared error has solved its task. */
const solvedBelow = 1e-4;
/** The separator of the example for the figures. */
const exampleSeparator = 6;

/** How far two groups of tokens lie apart: those before [SEP] and those after it. */
export interface Separation {
  /** Purity of two clusters found by 2-means. */
  readonly purity: number;
  readonly silhouette: number;
  /** The share of variance between the groups. */
  readonly between: number;
}

/** One sequence as a network sees it, for the figures. */
export interface ToyExample {
  readonly numbers: readonly number[];
  readonly separator: number;
  /** The attention of each layer, `(T, T)`. */
  readonly attention: readonly (readonly number[])[];
  /** Principal components as colours, one for each token. */
  readonly colours: Readonly<Record<"values" | "outputs" | "residual", [number, number, number][]>>;
}

/** What is measured of one network. */
export interface ToyMeasures {
  /** Mean squared error where the training takes its loss. */
  readonly error: number;
  readonly solved: boolean;
  /** Layer 1: what tokens after [SEP] give to it. */
  readonly catch: number;
  /** Layer 2: what the last token gives to the tokens after [SEP]. */
  readonly release: number;
  /** The share of sequences in which [SEP] is a sink of layer 1, of those with enough tokens after it. */
  readonly sinkShare: number;
  /** Other sinks of layer 1 in a sequence, on average. */
  readonly otherSinks: number;
  /** The share of variance of the outputs of layer 1 that the value vector of [SEP] explains. */
  readonly tagShare: number;
  /** Of layer 1; the residual stream is that after it. */
  readonly separation: Readonly<Record<"values" | "outputs" | "residual", Separation>>;
  readonly example: ToyExample;
}

/** A trained network as it is kept. */
export interface ToyRun extends ToyMeasures {
  readonly seed: number;
  /** The course of the training loss. */
  readonly losses: readonly number[];
}

/**
 * Measures a network on sequences of its task.
 *
 * @param network The network, of two layers.
 * @param training How it was trained: tokens of a sequence, and where the loss is taken.
 * @param stream Where the sequences are sampled from.
 */
export function measureToy(
  network: ToyNetwork,
  { length, loss }: Pick<ToyTraining, "length" | "loss">,
  stream: RandomStream,
): ToyMeasures {
  const sequences = Array.from({ length: testSequences }, () => sampleAveragingSequence(length, stream));
  const seen = sequences.map((sequence) => ({ sequence, trace: toyForward(network, sequence) }));
  const mean = (measure: (one: Seen) => number, of: readonly Seen[] = seen) =>
    of.reduce((sum, one) => sum + measure(one), 0) / of.length;
  const error = squaredError(seen, loss);
  const first = ({ trace }: Seen) => ({ length, weights: trace.layers[0]!.weights });
  const second = ({ trace }: Seen) => ({ length, weights: trace.layers[1]!.weights });
  // The sink rule wants at least T/4 queries after a key.
  const eligible = seen.filter(({ sequence }) => length - 1 - sequence.separator >= length / 4);
  const example = seen.find(({ sequence }) => sequence.separator === exampleSeparator)!;
  return {
    error,
    solved: error < solvedBelow,
    catch: mean((one) => catchMass(first(one), [one.sequence.separator])),
    release: mean((one) => releaseMass(second(one), positionsAfter(one.sequence))),
    sinkShare: mean((one) => findSinks(first(one)).includes(one.sequence.separator) ? 1 : 0, eligible),
    otherSinks: mean((one) => findSinks(first(one)).filter((j) => j !== one.sequence.separator).length),
    tagShare: mean(({ sequence, trace }) => {
      return explainedBySinks({ ...trace.layers[0]!, dimension: network.width }, [sequence.separator]).share;
    }),
    separation: {
      values: separate(seen, network.width, ({ trace }) => trace.layers[0]!.values),
      outputs: separate(seen, network.width, ({ trace }) => trace.layers[0]!.outputs),
      residual: separate(seen, network.width, ({ trace }) => trace.layers[0]!.residual),
    },
    example: exampleSequence(example, network.width),
  };
}

/** A sequence and what the network made of it. */
interface Seen {
  readonly sequence: AveragingSequence;
  readonly trace: ToyTrace;
}

function positionsAfter({ numbers, separator }: AveragingSequence): number[] {
  return Array.from(numbers.keys()).slice(separator + 1);
}

/** The mean over all tokens at which the loss is taken. */
function squaredError(seen: readonly Seen[], loss: ToyTraining["loss"]): number {
  let sum = 0;
  let count = 0;
  for (const { sequence, trace } of seen) {
    for (const i of positionsAfter(sequence).slice(loss === "all" ? 0 : -1)) {
      sum += (trace.predictions[i]! - sequence.targets[i]!) ** 2;
      count++;
    }
  }
  return sum / count;
}

/** Clusters the tokens of many sequences; [SEP] itself belongs to neither group. */
function separate(seen: readonly Seen[], width: number, pick: (one: Seen) => Float64Array): Separation {
  const rows: number[] = [];
  const labels: number[] = [];
  for (const one of seen.slice(0, clusteredSequences)) {
    const { numbers, separator } = one.sequence;
    const activations = pick(one);
    for (let i = 0; i < numbers.length; i++) {
      if (i === separator) continue;
      rows.push(...activations.subarray(i * width, (i + 1) * width));
      labels.push(i > separator ? 1 : 0);
    }
  }
  const points: Points = { values: Float64Array.from(rows), dimension: width };
  return {
    purity: purity(twoMeans(points), labels),
    silhouette: silhouette(points, labels),
    between: betweenGroupShare(points, labels),
  };
}

function exampleSequence({ sequence, trace }: Seen, dimension: number): ToyExample {
  const colours = (values: Float64Array) => componentColours({ values, dimension });
  const first = trace.layers[0]!;
  const second = trace.layers[1]!;
  return {
    numbers: Array.from(sequence.numbers),
    separator: sequence.separator,
    attention: [Array.from(first.weights), Array.from(second.weights)],
    colours: {
      values: colours(first.values),
      outputs: colours(first.outputs),
      residual: colours(second.residual),
    },
  };
}
