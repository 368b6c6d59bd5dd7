/**
 * The work of adversarial: classifiers of digits and of photographs, and one step against them.
 *
 * @module
 */
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { PhotographReading } from "../../src/data/sources/photographs.ts";
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import type { DataSet, Network } from "../../src/nn/mod.ts";
import { readInColour } from "../../src/pretrained/sources/class_photographs.ts";
import { inputFor, loadNetwork, networks } from "../../src/pretrained/sources/load_network.ts";
import { loadClassNames, type NetworkReading } from "../../src/pretrained/sources/network_source.ts";
import type { Reading, RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { attackDigits, type ChangedDigits, type DigitChange } from "./method/attack_digits.ts";
import {
  bestClasses,
  changedInput,
  changeName,
  changes,
  type Guess,
  guess,
  isEvenly,
  type Shown,
  type Signs,
  signsFor,
  signsOnGrid,
  transferred,
} from "./method/attack_photographs.ts";
import {
  attackLogisticRegression,
  threesAndSevens,
  type ThreeSevenRun,
} from "./method/attack_logistic_regression.ts";
import { type ClosedFormErrors, closedFormErrors, type LinearClassifier } from "./method/closed_form.ts";
import {
  digitInputs,
  type DigitTraining,
  side,
  trainedDigitNetwork,
  trainedTwoClasses,
} from "./method/digit_networks.ts";

/** What jobs on digits read. */
type DigitReadings = { readonly train: ImageReading; readonly test: ImageReading };

/** The step on digits. */
export type DigitStep = {
  /** The largest change of a pixel of [0, 1]. */
  readonly eps: number;
  /** How many of the first test digits. */
  readonly tested: number;
};

/** What a classifier makes of changed digits. */
export interface DigitRun {
  /** By change. */
  readonly changed: Partial<Record<DigitChange, ChangedDigits>>;
  /** The closed form; of softmax regression alone. */
  readonly closedForm: ClosedFormErrors | null;
}

/** Attacks a classifier of digits through itself, or through another one. */
async function digits(
  { parameters, reads }: TaskInput<
    DigitStep & {
      readonly target: DigitTraining;
      readonly source: DigitTraining;
      readonly changes: readonly DigitChange[];
      readonly checked: number;
    },
    DigitReadings
  >,
  context: RunContext,
): Promise<DigitRun> {
  const { eps, tested, checked } = parameters;
  const backend = await startBackend({ threads: context.threads });
  try {
    const target = await trainedDigitNetwork(parameters.target, reads.train, context);
    const source = await trainedDigitNetwork(parameters.source, reads.train, context);
    const test = digitInputs(await readImages(reads.test, context), tested);
    const signs = context.rng("adversarial/signs of digits", parameters.target.seed);
    const changed = attackDigits(target, source, test, eps, signs, parameters.changes);
    const closedForm = checked === 0
      ? null
      : closedFormErrors(...firstDigits(test, checked), linearClassifier(target), eps, signs);
    return { changed, closedForm };
  } finally {
    backend.dispose();
  }
}

function firstDigits({ inputs, labels }: DataSet, count: number): [Float32Array, ArrayLike<number>] {
  return [inputs.subarray(0, count * side * side), labels.subarray(0, count)];
}

/** Softmax regression as it is. */
function linearClassifier(network: Network): LinearClassifier {
  const [weights, bias] = network.parameters.map(({ variable }) => variable.dataSync());
  return { weights: weights!, bias: bias! };
}

/** Attacks logistic regression of threes against sevens. */
async function threeSeven(
  { parameters: { eps, epochs, seed }, reads }: TaskInput<
    { readonly eps: number; readonly epochs: number; readonly seed: number },
    DigitReadings
  >,
  context: RunContext,
): Promise<ThreeSevenRun> {
  const learned = threesAndSevens(digitInputs(await readImages(reads.train, context), Infinity));
  const test = threesAndSevens(digitInputs(await readImages(reads.test, context), Infinity));
  const backend = await startBackend({ threads: context.threads });
  try {
    const classifier = linearClassifier(await trainedTwoClasses(learned, epochs, seed));
    return attackLogisticRegression(classifier, test, eps);
  } finally {
    backend.dispose();
  }
}

/** A class of photographs, as a job is told. */
export type AttackedClass = {
  /** Its number in ImageNet, or several kinds of it. */
  readonly ids: readonly number[];
  /** Whether there is one class that means the same. */
  readonly exact: boolean;
  /** How many photographs the job reads of it. */
  readonly count: number;
};

/** What a network makes of one photograph. */
export interface PhotographRun {
  /** Whether its class is one of those it may be called. */
  readonly exact: boolean;
  /** Whether the network's first class is right, and whether one of its first five is. */
  readonly right: readonly [boolean, boolean];
  /** By change, whether its first class is right still, and how sure it is; `clean` is none. Empty where it is not attacked. */
  readonly changed: Readonly<Record<string, { readonly right: boolean; readonly confidence: number }>>;
  /** The same of another network; empty where there is none. */
  readonly transferred: Readonly<Record<string, { readonly right: boolean; readonly confidence: number }>>;
}

/** What jobs on photographs are told. */
type PhotographParameters = {
  /** The classes, in the order of the photographs. */
  readonly classes: readonly AttackedClass[];
  /** How many photographs of each exact class are attacked, evenly among them. */
  readonly attacked: number;
};

type PhotographReadings = { readonly photographs: PhotographReading; readonly network: NetworkReading };

function shown(network: LayersModel, reading: NetworkReading): Shown {
  return { network, format: { ...networks[reading.network].input, side: reading.side } };
}

/** Shows a network photographs, as they are and changed. */
function photographs(
  { parameters, reads }: TaskInput<PhotographParameters, PhotographReadings>,
  context: RunContext,
): Promise<PhotographRun[]> {
  return attackPhotographs(parameters, reads, null, context);
}

/** The same, and shows another network what was made against the first. */
function transfer(
  { parameters, reads }: TaskInput<
    PhotographParameters,
    PhotographReadings & { readonly onto: NetworkReading }
  >,
  context: RunContext,
): Promise<PhotographRun[]> {
  return attackPhotographs(parameters, reads, reads.onto, context);
}

async function attackPhotographs(
  { classes, attacked }: PhotographParameters,
  reads: PhotographReadings,
  onto: NetworkReading | null,
  context: RunContext,
): Promise<PhotographRun[]> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const first = shown(await loadNetwork(reads.network, context), reads.network);
    const second = onto === null ? null : shown(await loadNetwork(onto, context), onto);
    const places = classes.flatMap((one) =>
      Array.from({ length: one.count }, (_, place) => ({
        ...one,
        place,
        isAttacked: one.exact && isEvenly(place, one.count, attacked),
      }))
    );
    const runs: PhotographRun[] = [];
    for await (const image of readInColour(reads.photographs, context)) {
      const { ids, exact, place, isAttacked } = places[runs.length]!;
      const x = inputFor(image, reads.network);
      const best = bestClasses(first, x, 5);
      const judge = ({ label, confidence }: Guess) => ({ right: ids.includes(label), confidence });
      const named = (names: readonly string[], guesses: readonly Guess[]) =>
        Object.fromEntries(names.map((name, i) => [name, judge(guesses[i]!)]));
      let changed = {};
      let moved = {};
      if (isAttacked) {
        const random = context.rng(`adversarial/signs of photographs/${ids[0]!}`, place);
        const signs = signsFor(first, x, ids[0]!, random);
        const inputs = changes.map((change) => changedInput(x, signs[change.signs], change, first.format));
        changed = named(["clean", ...changes.map(changeName)], guess(first, [x, ...inputs]));
        if (second !== null) {
          const other = inputFor(image, onto!);
          const onGrid: Signs = {
            fgsm: signsOnGrid(signs.fgsm, first.format, second.format),
            noise: signsOnGrid(signs.noise, first.format, second.format),
          };
          const seen = transferred.map((change) =>
            changedInput(other, onGrid[change.signs], change, second.format)
          );
          moved = named(["clean", ...transferred.map(changeName)], guess(second, [other, ...seen]));
        }
      }
      runs.push({
        exact,
        right: [ids.includes(best[0]!), best.some((id) => ids.includes(id))],
        changed,
        transferred: moved,
      });
      context.progress(runs.length / places.length);
    }
    return runs;
  } finally {
    backend.dispose();
  }
}

/** One photograph before and after the step, for a figure. */
export interface PhotographExample {
  /** Rows and columns of the pictures. */
  readonly side: number;
  /** Grey levels of the step. */
  readonly eps: number;
  /** The photograph, the signs and their sum: `(side, side, 3)` in 0..255, red first, and what the network calls it. */
  readonly pictures: readonly {
    readonly values: readonly number[];
    readonly name: string;
    readonly confidence: number;
  }[];
}

/** Attacks the photograph of a class that the network is surest of. */
async function example(
  { parameters: { id, eps }, reads }: TaskInput<
    { readonly id: number; readonly eps: number },
    PhotographReadings & { readonly names: Reading }
  >,
  context: RunContext,
): Promise<PhotographExample> {
  const names = await loadClassNames(reads.names, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const first = shown(await loadNetwork(reads.network, context), reads.network);
    let chosen: { x: Float32Array; confidence: number } | undefined;
    for await (const image of readInColour(reads.photographs, context)) {
      const x = inputFor(image, reads.network);
      const [{ label, confidence }] = guess(first, [x]) as [Guess];
      const own = label === id ? confidence : 0;
      if (chosen === undefined || own > chosen.confidence) chosen = { x, confidence: own };
    }
    const { x } = chosen!;
    const { fgsm } = signsFor(first, x, id, context.rng("adversarial/example", 0));
    const after = changedInput(x, fgsm, { eps, clipped: true }, first.format);
    const onlySigns = fgsm.map((sign, i) =>
      (127.5 + 127.5 * sign - first.format.mean[i % 3]!) / first.format.scale
    );
    const inputs = [x, onlySigns, after];
    const guesses = guess(first, inputs);
    return {
      side: reads.network.side,
      eps,
      pictures: inputs.map((input, i) => ({
        values: samplesOf(input, first.format),
        name: names[guesses[i]!.label]!,
        confidence: guesses[i]!.confidence,
      })),
    };
  } finally {
    backend.dispose();
  }
}

/** An input of a network as samples 0..255, red first, rounded. */
function samplesOf(x: Float32Array, { channels, mean, scale }: Shown["format"]): number[] {
  const samples = new Array<number>(x.length);
  x.forEach((value, i) => {
    const channel = i % 3;
    samples[i - channel + channels[channel]!] = Math.round(
      Math.min(255, Math.max(0, value * scale + mean[channel]!)),
    );
  });
  return samples;
}

/** The tasks of adversarial. */
export const tasks = { digits, threeSeven, photographs, transfer, example } satisfies Tasks;
