import { add, conv2d, relu, tensor, type Tensor4D, tidy, transpose } from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import {
  bandedMatrix,
  convolveByFourier,
  type Filters,
  type Matrix,
  multiply,
  relativeDifference,
} from "./banded_matrix.ts";

/** Rows and columns of the images: small, since the matrices are dense. */
export const imageSide = 12;

/** sigma(b2 + W2^T sigma(b1 + W1^T x)), as the slide has it. */
export interface TwoLayers {
  /** The filters of both layers. */
  readonly filters: readonly [Filters, Filters];
  /** A bias for each map. */
  readonly biases: readonly [Float64Array, Float64Array];
}

/** Two layers of random filters, of 3 and 4 maps and 3 x 3 kernels. */
export function randomLayers(stream: RandomStream): TwoLayers {
  const normal = (length: number) => Float64Array.from({ length }, () => stream.normal() / 3);
  const filters = (maps: number, channels: number) => ({
    maps,
    channels,
    kernel: 3,
    values: normal(maps * channels * 9),
  });
  return { filters: [filters(3, 1), filters(4, 3)], biases: [normal(3), normal(4)] };
}

/** How far the banded matrices are from other ways. */
export interface BandedResult {
  /** One layer, matrix against Fourier transform: the largest over every unit impulse and the images. */
  readonly layer1: number;
  /** Two layers: the largest over the images. */
  readonly layer2: number;
  /** Two layers, matrix against the float32 convolutions of tfjs: the largest over the images. */
  readonly engine: number;
  /** The control: a matrix that wraps around against one that does not, the largest over every unit impulse. */
  readonly circulant: number;
  /** The share of the two matrices that is not 0. */
  readonly filled: readonly [number, number];
}

/**
 * Compares the network as products with banded matrices with two other ways of computing it.
 *
 * @param layers The network.
 * @param images `(12, 12)` each.
 */
export function compareBanded({ filters, biases }: TwoLayers, images: readonly Float64Array[]): BandedResult {
  const [first, second] = filters;
  const inner = imageSide - first.kernel + 1;
  const w1 = bandedMatrix(first, imageSide, "valid");
  const w2 = bandedMatrix(second, inner, "valid");
  const impulses = Array.from({ length: imageSide ** 2 }, (_, i) => {
    const impulse = new Float64Array(imageSide ** 2);
    impulse[i] = 1;
    return impulse;
  });
  const byMatrix = (image: Float64Array) =>
    activate(multiply(w2, activate(multiply(w1, image), biases[0])), biases[1]);
  const byFourier = (image: Float64Array) => {
    const hidden = activate(convolveByFourier(first, image, imageSide), biases[0]);
    return activate(convolveByFourier(second, hidden, inner), biases[1]);
  };
  const zero = bandedMatrix(first, imageSide, "zero");
  const circular = bandedMatrix(first, imageSide, "circular");
  return {
    layer1: largest(
      [...impulses, ...images],
      (image) => distance(multiply(w1, image), convolveByFourier(first, image, imageSide), image),
    ),
    layer2: largest(images, (image) => relativeDifference(byFourier(image), byMatrix(image))),
    engine: largest(
      images,
      (image) => relativeDifference(byEngine({ filters, biases }, image), byMatrix(image)),
    ),
    circulant: largest(
      impulses,
      (image) => distance(multiply(circular, image), multiply(zero, image), image),
    ),
    filled: [filledShare(w1), filledShare(w2)],
  };
}

/** ‖a - b‖ / ‖image‖: an impulse in a corner has hardly any output to be compared with. */
function distance(a: Float64Array, b: Float64Array, image: Float64Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...image);
}

function largest(images: readonly Float64Array[], measure: (image: Float64Array) => number): number {
  return Math.max(...images.map(measure));
}

function filledShare({ values }: Matrix): number {
  return values.filter((value) => value !== 0).length / values.length;
}

/** Adds the bias of each map, and replaces what is negative by 0. */
function activate(maps: Float64Array, biases: Float64Array): Float64Array {
  const places = maps.length / biases.length;
  return maps.map((value, i) => Math.max(0, value + biases[Math.floor(i / places)]!));
}

/** The same network by the convolutions of the current backend of tfjs. */
function byEngine({ filters, biases }: TwoLayers, image: Float64Array): ArrayLike<number> {
  return tidy(() => {
    let x = tensor(Float32Array.from(image), [1, imageSide, imageSide, 1]) as Tensor4D;
    for (const [i, { values, maps, channels, kernel }] of filters.entries()) {
      const filter = transpose(tensor(Float32Array.from(values), [maps, channels, kernel, kernel]), [
        2,
        3,
        1,
        0,
      ]);
      const sums = conv2d(x, filter as Tensor4D, 1, "valid");
      x = relu(add(sums, tensor(Float32Array.from(biases[i]!))));
    }
    return transpose(x, [0, 3, 1, 2]).dataSync();
  });
}
