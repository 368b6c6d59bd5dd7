/**
 * The work of synthetic_images.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { decodeImage } from "../../src/data/readers/images/decode_image.ts";
import { resize } from "../../src/data/readers/images/resize.ts";
import type { PictureReading } from "../../src/data/sources/pictures.ts";
import type { Reading } from "../../src/data/sources/source.ts";
import { deadLeaves } from "../../src/data/stand_ins/dead_leaves.ts";
import { power } from "../../src/numeric/linalg/power.ts";
import { mobileNet, squeezeNet } from "../../src/pretrained/mod.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { ascend, type Ascent, startImage } from "./method/ascend.ts";
import { answer, dream } from "./method/dream.ts";
import {
  asImage,
  asInput,
  asPicture,
  classNames,
  judge,
  type Judgement,
  loadNetwork,
  upTo,
} from "./method/networks.ts";

/** Pixels of a side of a picture in a result. */
const shownSide = 112;

/** Grey levels `(side, side, 3)`, shrunk to be shown. */
function shown(image: Float32Array, side: number): number[] {
  const planes = [0, 1, 2].map((channel) => {
    const data = Float64Array.from({ length: side * side }, (_, i) => image[3 * i + channel]!);
    return resize({ height: side, width: side, data }, shownSide, shownSide).data;
  });
  return Array.from({ length: 3 * shownSide ** 2 }, (_, i) => Math.round(planes[i % 3]![Math.floor(i / 3)]!));
}

/** The image of a class. */
export interface ClassImage {
  /** The class. */
  readonly label: number;
  /** Its first name. */
  readonly name: string;
  /** What SqueezeNet, whose image it is, says of it, rounded to 8 bits. */
  readonly own: Judgement;
  /** What MobileNet says of it. */
  readonly other: Judgement;
  /** `(112, 112, 3)`, 0..255. */
  readonly picture: readonly number[];
}

/** Makes images of classes by ascent of SqueezeNet's mean pre-activation of the class. */
async function classes(
  { parameters: { labels, seed, ascent }, reads: { networks } }: TaskInput<
    { readonly labels: readonly number[]; readonly seed: number; readonly ascent: Ascent },
    { readonly networks: Reading }
  >,
  context: RunContext,
): Promise<ClassImage[]> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const own = await loadNetwork(squeezeNet, networks, context);
    const other = await loadNetwork(mobileNet, networks, context);
    const names = await classNames(networks, context);
    const format = squeezeNet.input;
    const { side } = format;
    const last = squeezeNet.stages.at(-2)!;
    const features = upTo(own, last.after);
    const kernel = own.getLayer(squeezeNet.stages.at(-1)!.before).getWeights()[0]!;
    const found: ClassImage[] = [];
    for (const [done, label] of labels.entries()) {
      // The last convolution is 1x1: the mean of its channel is, but for a factor and its bias, the sum of weighted features.
      const weights = tf.tidy(() => tf.reshape(tf.slice(kernel, [0, 0, 0, label], [1, 1, -1, 1]), [-1]));
      const gradient = (image: Float32Array) =>
        tf.tidy(() => {
          const score = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(features.apply(x) as tf.Tensor, weights)));
          return asImage(score(asInput(image, side, format)).dataSync() as Float32Array, format);
        });
      const rng = context.rng(`synthetic_images/class ${label}`, seed);
      const image = ascend(side, ascent, gradient, rng);
      weights.dispose();
      const picture = asPicture(image, side);
      found.push({
        label,
        name: names[label]!,
        own: judge(own, format, picture, label),
        other: judge(other, mobileNet.input, picture, label),
        picture: shown(image, side),
      });
      context.progress((done + 1) / labels.length);
    }
    return found;
  } finally {
    backend.dispose();
  }
}

/** A photograph that a stage dreamt of. */
export interface DreamRun {
  /** The stage. */
  readonly stage: string;
  /** The norm of its answer before each step and after the last. */
  readonly norms: readonly number[];
  /** That of the photograph with random signs of the same size. */
  readonly noise: number;
  /** The photograph before and after, and after dreaming at several sizes, the smallest first: `(112, 112, 3)`. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly octaves: readonly number[];
}

async function readPhotograph(
  { dataset, files, leaves }: PictureReading,
  side: number,
  context: RunContext,
): Promise<Float32Array> {
  if (leaves !== null) {
    const { data } = deadLeaves(side, side, context.rng("pictures/dead leaves", leaves.seeds[0]!));
    return Float32Array.from({ length: 3 * side * side }, (_, i) => data[Math.floor(i / 3)]!);
  }
  const image = decodeImage(await context.read({ dataset, name: files[0]! }), files[0]!);
  return resized(Float32Array.from(image.data), image.height, image.width, side);
}

function resized(values: Float32Array, height: number, width: number, side: number): Float32Array {
  const out = new Float32Array(3 * side * side);
  for (let channel = 0; channel < 3; channel++) {
    const data = Float64Array.from({ length: height * width }, (_, i) => values[3 * i + channel]!);
    resize({ height, width, data }, side, side).data.forEach((value, i) => out[3 * i + channel] = value);
  }
  return out;
}

/** Lets a stage dream of a photograph. */
async function dreams(
  { parameters: { stage: name, steps, size, octaves, ratio }, reads: { networks, photograph } }: TaskInput<
    {
      readonly stage: string;
      readonly steps: number;
      readonly size: number;
      /** How many sizes, and each one's ratio to the next smaller. */
      readonly octaves: number;
      readonly ratio: number;
    },
    { readonly networks: Reading; readonly photograph: PictureReading }
  >,
  context: RunContext,
): Promise<DreamRun> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const format = squeezeNet.input;
    const { side } = format;
    const stage = upTo(
      await loadNetwork(squeezeNet, networks, context),
      squeezeNet.stages.find((stage) => stage.name === name)!.before,
    );
    const start = await readPhotograph(photograph, side, context);
    const { image, norms } = dream(stage, format, start, side, { steps, size });
    const change = Math.sqrt(
      image.reduce((sum, value, i) => sum + (value - start[i]!) ** 2, 0) / image.length,
    );
    const rng = context.rng("synthetic_images/signs", 0);
    const signs = start.map((value) =>
      Math.min(255, Math.max(0, value + (rng.uniform() < 0.5 ? change : -change)))
    );
    // Of each size the change is kept, stretched to the next, and dreamt on.
    let detail = new Float32Array(start.length);
    let small = side;
    for (let octave = octaves - 1; octave >= 0; octave--) {
      const now = Math.round(side / power(ratio, octave));
      const base = resized(start, side, side, now);
      const begin = resized(detail, small, small, now).map((value, i) => value + base[i]!);
      const { image } = dream(stage, format, begin, now, { steps: Math.ceil(steps / 2), size });
      detail = image.map((value, i) => value - base[i]!);
      small = now;
    }
    return {
      stage: name,
      norms,
      noise: answer(stage, format, signs, side).norm,
      before: shown(start, side),
      after: shown(image, side),
      octaves: shown(detail.map((value, i) => value + start[i]!), side),
    };
  } finally {
    backend.dispose();
  }
}

/** A derivative along a direction, in two ways. */
export interface GradientCheck {
  /** The gradient times the direction. */
  readonly gradient: number;
  /** The central difference. */
  readonly difference: number;
}

/** Compares the gradient of half the squared norm with central differences, on noise, along its own direction and random ones. */
async function gradients(
  { parameters: { stage: name, step, draws }, reads: { networks } }: TaskInput<
    { readonly stage: string; readonly step: number; readonly draws: number },
    { readonly networks: Reading }
  >,
  context: RunContext,
): Promise<GradientCheck[]> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const format = squeezeNet.input;
    const { side } = format;
    const stage = upTo(
      await loadNetwork(squeezeNet, networks, context),
      squeezeNet.stages.find((stage) => stage.name === name)!.before,
    );
    return Array.from({ length: draws }, (_, draw) => {
      const rng = context.rng("synthetic_images/gradient", draw);
      const image = startImage(side, rng);
      const { gradient } = answer(stage, format, image, side);
      const length = Math.sqrt(gradient.reduce((sum, value) => sum + value ** 2, 0) / gradient.length);
      const direction = gradient.map((value) => length === 0 ? 0 : value / length);
      const half = (sign: number) =>
        answer(stage, format, image.map((value, i) => value + sign * step * direction[i]!), side).norm ** 2 /
        2;
      return {
        gradient: gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0),
        difference: (half(1) - half(-1)) / (2 * step),
      };
    });
  } finally {
    backend.dispose();
  }
}

/** The tasks of synthetic_images. */
export const tasks = { classes, dreams, gradients } satisfies Tasks;
