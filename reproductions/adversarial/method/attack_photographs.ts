/**
 * Trained networks on photographs, and one step against them.
 *
 * @module
 */
import { concat, softmax, type Tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largest } from "../../../src/numeric/largest.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { bilinear, resize } from "../../../src/data/readers/images/resize.ts";
import type { InputFormat } from "../../../src/pretrained/input.ts";
import { signStep } from "../../../src/saliency/sign_step.ts";
import { randomSigns } from "./attack_digits.ts";

/** A change of a photograph: what it follows, how many grey levels at most, and whether the result stays within 0..255. */
export interface PhotographChange {
  /** The step against the network, or random signs. */
  readonly signs: "fgsm" | "noise";
  /** Grey levels. */
  readonly eps: number;
  /** Whether samples are clipped to 0..255. */
  readonly clipped: boolean;
}

/** The changes that networks are shown. */
export const changes: readonly PhotographChange[] = [
  ...[0.25, 0.5, 1, 2, 4, 8].map((eps) => ({ signs: "fgsm" as const, eps, clipped: false })),
  { signs: "fgsm", eps: 1, clipped: true },
  { signs: "fgsm", eps: 8, clipped: true },
  ...[1, 8].map((eps) => ({ signs: "noise" as const, eps, clipped: false })),
];

/** Those that another network is shown. */
export const transferred: readonly PhotographChange[] = changes.filter(({ eps, clipped }) =>
  !clipped && [1, 8].includes(eps)
);

/** A change in words. */
export function changeName({ signs, eps, clipped }: PhotographChange): string {
  return `${signs}/eps=${eps}${clipped ? "-clipped" : ""}`;
}

/** What a network makes of one image. */
export interface Guess {
  /** Its class. */
  readonly label: number;
  /** The probability that it gives to it. */
  readonly confidence: number;
}

/** A network with the images that it takes. */
export interface Shown {
  /** The network. */
  readonly network: LayersModel;
  /** How images become its input, with the side that it is shown. */
  readonly format: InputFormat;
}

/** Signs of both kinds for one image: `(side, side, 3)`, in the order of the network's channels. */
export interface Signs {
  /** Against the network. */
  readonly fgsm: Float32Array;
  /** Random. */
  readonly noise: Float32Array;
}

/** The signs of a step against a network's class, and random ones. */
export function signsFor(
  { network, format }: Shown,
  x: Float32Array,
  label: number,
  stream: RandomStream,
): Signs {
  const { side } = format;
  const fgsm = tidy(() =>
    signStep((x) => network.apply(x) as Tensor, tensor4d(x, [1, side, side, 3]), [label])
      .dataSync() as Float32Array
  );
  return { fgsm: fgsm.slice(), noise: randomSigns(x.length, stream) };
}

/** An input of a network after a change. */
export function changedInput(
  x: Float32Array,
  signs: ArrayLike<number>,
  { eps, clipped }: Pick<PhotographChange, "eps" | "clipped">,
  { mean, scale }: InputFormat,
): Float32Array {
  return x.map((value, i) => {
    const moved = value + eps / scale * signs[i]!;
    if (!clipped) return moved;
    const centre = mean[i % 3]!;
    return Math.min((255 - centre) / scale, Math.max(-centre / scale, moved));
  });
}

/** Signs of one network on the grid and in the channels of another: resized as images are, so none of them is ±1 any more. */
export function signsOnGrid(signs: Float32Array, from: InputFormat, to: InputFormat): Float32Array {
  const result = new Float32Array(to.side * to.side * 3);
  to.channels.forEach((colour, channel) => {
    const source = from.channels.indexOf(colour);
    const plane = Float64Array.from({ length: from.side ** 2 }, (_, i) => signs[3 * i + source]!);
    const { data } = resize({ height: from.side, width: from.side, data: plane }, to.side, to.side, bilinear);
    data.forEach((value, i) => result[3 * i + channel] = value);
  });
  return result;
}

/** What a network makes of some inputs `(side, side, 3)`. */
export function guess({ network, format: { side } }: Shown, inputs: readonly Float32Array[]): Guess[] {
  const probabilities = tidy(() => {
    const batch = concat(inputs.map((x) => tensor4d(x, [1, side, side, 3])), 0);
    return softmax(network.predict(batch) as Tensor).dataSync();
  });
  const classes = probabilities.length / inputs.length;
  return inputs.map((_, i): Guess => {
    const own = probabilities.subarray(i * classes, (i + 1) * classes);
    const confidence = largest(own);
    return { label: own.indexOf(confidence), confidence };
  });
}

/** The classes of one input by falling logit, the first `count`. */
export function bestClasses({ network, format: { side } }: Shown, x: Float32Array, count: number): number[] {
  const logits = tidy(() => (network.predict(tensor4d(x, [1, side, side, 3])) as Tensor).dataSync());
  return [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!).slice(0, count);
}

/** Whether item `place` of `count` is one of `chosen` that are spread evenly: those of number floor(k count / chosen). */
export function isEvenly(place: number, count: number, chosen: number): boolean {
  const many = Math.min(chosen, count);
  return Array.from({ length: many }, (_, k) => Math.floor(k * count / many)).includes(place);
}
