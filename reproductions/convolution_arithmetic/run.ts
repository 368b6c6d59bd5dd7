/**
 * The work of convolution_arithmetic: networks that are built and counted, identities that are computed on two ways, digits that are
 * shifted.
 *
 * @module
 */
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import { lenet5 } from "../../src/nn/descriptions/lenet5.ts";
import {
  convolvedSide,
  countLayers,
  type LayerCounts,
  type NetworkDescription,
  totalOf,
} from "../../src/nn/descriptions/network_description.ts";
import type { RandomStream } from "../../src/numeric/random/random_stream.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { type BandedResult, compareBanded, imageSide, randomLayers } from "./method/banded_network.ts";
import { type BestPatches, seekPatches } from "./method/best_patch.ts";
import { countBuilt } from "./method/build_layer.ts";
import {
  compareShifts,
  compareSizes,
  crop,
  type EquivarianceResult,
  randomFilters,
  type SquareImage,
} from "./method/engine_convolutions.ts";
import { alexNet, vgg, type VggName, vggNames, withoutGroups } from "./method/networks.ts";
import { onCpu } from "./method/on_cpu.ts";
import {
  measureShifts,
  type NoiseShift,
  type PooledShift,
  type PoolingName,
  shiftNoise,
} from "./method/pooled_shifts.ts";
import { type Sweep, type SweepResult, sweepSizes } from "./method/sweep_sizes.ts";

/** The networks that are built. */
export type NetworkName = "lenet5" | "alexnet" | "vgg";

const networks: Readonly<Record<NetworkName, NetworkDescription>> = {
  lenet5,
  alexnet: alexNet,
  vgg: vgg("D"),
};

/** A network as its description counts it, and as it was built. */
export interface NetworkResult {
  /** From the description. */
  readonly described: readonly LayerCounts[];
  /** From tfjs-layers; connections are NaN where they were not counted. */
  readonly built: readonly LayerCounts[];
  /** The control: all parameters of a built network whose convolutions see every map. */
  readonly builtWithoutGroups: number;
}

/** Counts a network from its description, and builds it. */
async function network(
  { parameters: { name } }: TaskInput<{ readonly name: NetworkName }, Record<never, never>>,
): Promise<NetworkResult> {
  const description = networks[name];
  return await onCpu(() => ({
    described: countLayers(description),
    built: countBuilt(description, name === "lenet5"),
    builtWithoutGroups: name === "vgg"
      ? NaN
      : totalOf(countBuilt(withoutGroups(description), false), "parameters"),
  }));
}

/** What descriptions alone say. */
export interface DescriptionResult {
  /** Parameters of each configuration of VGG. */
  readonly vgg: Readonly<Record<VggName, number>>;
  /** Rows of AlexNet's conv1, from images of 224 and of 227. */
  readonly alexNetSides: Readonly<Record<"224" | "227", number>>;
}

/** Counts networks that are not built. */
function descriptions(): DescriptionResult {
  const side = (input: number) => convolvedSide("conv1", input, 11, 4, 0);
  return {
    vgg: Object.fromEntries(
      vggNames.map((name) => [name, totalOf(countLayers(vgg(name)), "parameters")]),
    ) as Record<VggName, number>,
    alexNetSides: { "224": side(224), "227": side(227) },
  };
}

/** Compares the formulas of sizes with images that are convolved. */
async function sizes({ parameters }: TaskInput<Sweep, Record<never, never>>): Promise<SweepResult> {
  return await onCpu(() => sweepSizes(parameters));
}

type Digits = { readonly test: ImageReading };

/** Identities of convolutions, and how far each is from holding. */
export interface IdentityResult {
  /** Banded matrices. */
  readonly banded: BandedResult;
  /** Shifts. */
  readonly shifts: EquivarianceResult;
  /** Sizes: the largest difference, and the parameters of the layers and of a dense one at each side. */
  readonly sizes: {
    readonly difference: number;
    readonly sides: readonly number[];
    readonly parameters: readonly number[];
    readonly dense: readonly number[];
  };
}

/** Sides of the images that one set of weights is applied to. */
const sides = [28, 40, 64, 128];

/** Computes the identities of convolutions on digits. */
async function identities(
  { parameters: { digits }, reads }: TaskInput<{ readonly digits: number }, Digits>,
  context: RunContext,
): Promise<IdentityResult> {
  const { images, height } = await readImages(reads.test, context);
  const stream = context.rng("convolution_arithmetic/identities", 0);
  const squares = Array.from({ length: digits }, (_, i): SquareImage => ({
    values: Float32Array.from(
      images.subarray(i * height ** 2, (i + 1) * height ** 2),
      (value) => value / 255,
    ),
    side: height,
  }));
  const parameters = await onCpu(() => sides.map(builtParameters));
  const backend = await startBackend({ threads: context.threads });
  try {
    const middle = (height - imageSide) / 2;
    const crops = squares.map((digit) => Float64Array.from(crop(digit, middle, middle, imageSide).values));
    const filters = randomFilters(stream);
    return {
      banded: compareBanded(randomLayers(stream), crops),
      shifts: compareShifts(squares.map((digit) => onNoise(digit, height + 8, stream)), filters),
      sizes: {
        difference: compareSizes(onNoise(squares[0]!, sides.at(-1)!, stream), filters, sides),
        sides,
        parameters: parameters.map(({ convolutions }) => convolutions),
        dense: parameters.map(({ dense }) => dense),
      },
    };
  } finally {
    backend.dispose();
  }
}

/** Parameters of two convolutions, and of a dense layer, that were built for images of a side. */
function builtParameters(side: number): { readonly convolutions: number; readonly dense: number } {
  const count = (layers: NetworkDescription["layers"]) =>
    totalOf(countBuilt({ name: "two layers", input: [side, side, 1], layers }, false), "parameters");
  return {
    convolutions: count([
      { kind: "convolution", name: "first", maps: 8, kernel: 5 },
      { kind: "convolution", name: "second", maps: 8, kernel: 5 },
    ]),
    dense: count([{ kind: "dense", name: "dense", units: 10 }]),
  };
}

/** A digit in the middle of white noise: nothing away from it is 0. */
function onNoise(digit: SquareImage, side: number, stream: RandomStream): SquareImage {
  const values = Float32Array.from({ length: side * side }, () => stream.normal() / 4);
  const margin = Math.floor((side - digit.side) / 2);
  digit.values.forEach((value, i) => {
    values[(Math.floor(i / digit.side) + margin) * side + i % digit.side + margin]! += value;
  });
  return { values, side };
}

/** Seeks the best patches of random filters, and of derivatives of a Gaussian. */
function patches(
  { parameters: { filters, starts } }: TaskInput<
    { readonly filters: number; readonly starts: number },
    Record<never, never>
  >,
  context: RunContext,
): BestPatches {
  const stream = context.rng("convolution_arithmetic/patches", 0);
  const side = 7;
  const weights = Array.from(
    { length: filters },
    (_, filter) =>
      Float64Array.from({ length: side ** 2 }, (_, i) => {
        if (filter % 2 === 0) return stream.normal();
        const [x, y] = [i % side - 3, Math.floor(i / side) - 3];
        const angle = filter * Math.PI / filters;
        return (Math.cos(angle) * x + Math.sin(angle) * y) * Math.exp(-(x * x + y * y) / 4);
      }),
  );
  return seekPatches(weights, starts, stream);
}

/** Digits that are shifted at a time. */
const shiftedAtOnce = 250;

/** Shifts digits by one pixel behind poolings. */
async function pooling(
  { parameters: { digits }, reads }: TaskInput<{ readonly digits: number }, Digits>,
  context: RunContext,
): Promise<Record<PoolingName, PooledShift[]>> {
  const { images, height, count } = await readImages(reads.test, context);
  const taken = Math.min(digits, count);
  const backend = await startBackend({ threads: context.threads });
  try {
    const parts: Record<PoolingName, PooledShift[]>[] = [];
    for (let first = 0; first < taken; first += shiftedAtOnce) {
      const end = Math.min(first + shiftedAtOnce, taken);
      parts.push(measureShifts(images.subarray(first * height ** 2, end * height ** 2)));
      context.progress(end / taken);
    }
    return Object.fromEntries(
      Object.keys(parts[0]!).map((name) => [name, parts.flatMap((part) => part[name as PoolingName])]),
    ) as Record<PoolingName, PooledShift[]>;
  } finally {
    backend.dispose();
  }
}

/** Shifts white noise. */
function noise(
  { parameters: { windows, sides } }: TaskInput<
    { readonly windows: number; readonly sides: readonly number[] },
    Record<never, never>
  >,
  context: RunContext,
): NoiseShift[] {
  return sides.map((side) => shiftNoise(side, windows, context.rng("convolution_arithmetic/noise", side)));
}

/** The tasks of convolution_arithmetic. */
export const tasks = { network, descriptions, sizes, identities, patches, pooling, noise } satisfies Tasks;
