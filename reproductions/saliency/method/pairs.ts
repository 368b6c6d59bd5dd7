/**
 * Two photographs of different classes side by side.
 *
 * @module
 */
import { type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";
import type { PhotographReading } from "../../../src/data/sources/photographs.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { readInColour } from "../../../src/pretrained/sources/class_photographs.ts";
import { inputFor } from "../../../src/pretrained/sources/load_network.ts";
import type { NetworkReading } from "../../../src/pretrained/sources/network_source.ts";
import type { RunContext } from "../../../src/suite/reproduction.ts";

/** A class of photographs, as a job is told. */
export type CountedClass = {
  /** Its number in ImageNet. */
  readonly id: number;
  /** How many photographs the job may read of it. */
  readonly count: number;
};

/** Which photograph stands where: places in the list of all, and the numbers of their classes. */
export interface Pair {
  /** Left, then right. */
  readonly places: readonly [number, number];
  /** See `places`. */
  readonly ids: readonly [number, number];
}

/** A pair as a network is shown it. */
export interface ShownPair extends Pair {
  /** `(side, 2 side, 3)`. */
  readonly input: Float32Array;
}

/** Samples pairs of photographs of classes with different numbers. */
export function samplePairs(classes: readonly CountedClass[], count: number, stream: RandomStream): Pair[] {
  const first = classes.map((_, i) => classes.slice(0, i).reduce((sum, one) => sum + one.count, 0));
  const pick = () => {
    const i = stream.integer(classes.length);
    return { id: classes[i]!.id, place: first[i]! + stream.integer(classes[i]!.count) };
  };
  return Array.from({ length: count }, () => {
    const left = pick();
    let right = pick();
    while (right.id === left.id) right = pick();
    return { places: [left.place, right.place], ids: [left.id, right.id] };
  });
}

/** The part of what a job may read that stands at some places. */
export function readingOfPlaces(reading: PhotographReading, places: readonly number[]): PhotographReading {
  const { files, leaves } = reading;
  return {
    ...reading,
    files: leaves === null ? places.map((place) => files[place]!) : [],
    leaves: leaves && { ...leaves, seeds: places.map((place) => leaves.seeds[place]!) },
  };
}

/** Reads pairs, one after the other. */
export async function* readPairs(
  pairs: readonly Pair[],
  photographs: PhotographReading,
  network: NetworkReading,
  context: Pick<RunContext, "read" | "rng">,
): AsyncGenerator<ShownPair> {
  for (const pair of pairs) {
    const inputs: Float32Array[] = [];
    for await (const image of readInColour(readingOfPlaces(photographs, pair.places), context)) {
      inputs.push(inputFor(image, network));
    }
    yield { ...pair, input: sideBySide(inputs[0]!, inputs[1]!, network.side) };
  }
}

/** Two images `(side, side, 3)` as one `(side, 2 side, 3)`. */
export function sideBySide(left: Float32Array, right: Float32Array, side: number): Float32Array {
  const both = new Float32Array(2 * left.length);
  const length = 3 * side;
  for (let row = 0; row < side; row++) {
    both.set(left.subarray(row * length, (row + 1) * length), 2 * row * length);
    both.set(right.subarray(row * length, (row + 1) * length), (2 * row + 1) * length);
  }
  return both;
}

/** The size of a pair. */
export function pairSize({ side }: Pick<NetworkReading, "side">): { height: number; width: number } {
  return { height: side, width: 2 * side };
}

/** A pair as a tensor `(1, side, 2 side, 3)`. */
export function pairTensor(
  { input }: Pick<ShownPair, "input">,
  { side }: Pick<NetworkReading, "side">,
): Tensor4D {
  return tensor4d(input, [1, side, 2 * side, 3]);
}
