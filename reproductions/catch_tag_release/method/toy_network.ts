import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** One layer: a head whose output is added to the residual stream. Tokens are rows: q = x query. */
export interface ToyLayer {
  /** `(width, width)`, row-major: from the residual stream (rows) to queries (columns). */
  readonly query: Float64Array;
  /** `(width, width)`, to keys. */
  readonly key: Float64Array;
  /** `(width, width)`, to values. */
  readonly value: Float64Array;
}

/**
 * A transformer of attention alone: no positions, no normalisation, no feed-forward layers, one head a layer and no scaling of
 * inner products. It reads numbers and one separator.
 */
export interface ToyNetwork {
  /** The width d of the residual stream. */
  readonly width: number;
  /** A number x enters as x slope + offset, the separator as separator; `(width)` each. */
  readonly slope: Float64Array;
  readonly offset: Float64Array;
  readonly separator: Float64Array;
  /** The layers, in order. */
  readonly layers: readonly ToyLayer[];
  /** The prediction at a token is x . readout + bias; `(width)`. */
  readonly readout: Float64Array;
  readonly bias: number;
}

/** The shape of a network. */
export interface ToyShape {
  /** The width d of the residual stream. */
  readonly width: number;
  /** The number of layers. */
  readonly layers: number;
}

/** How many parameters a network of a shape has. */
export function countToyParameters({ width, layers }: ToyShape): number {
  return 4 * width + 1 + 3 * layers * width ** 2;
}

/**
 * Reads a network from its parameters: slope, offset, separator, then query, key and value of each layer, then readout and
 * bias.
 *
 * @param parameters As many as the shape has.
 * @throws {RangeError} Where there are more or fewer.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const network = readToyNetwork(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), { width: 1, layers: 1 });
 * assertEquals([network.separator[0], network.layers[0]!.value[0], network.bias], [3, 6, 8]);
 * ```
 */
export function readToyNetwork(parameters: Float64Array, shape: ToyShape): ToyNetwork {
  const { width } = shape;
  const expected = countToyParameters(shape);
  if (parameters.length !== expected) {
    throw new RangeError(
      `Cannot read a network of width ${width} and ${shape.layers} layers: it has ${expected} parameters: current number is ${parameters.length}`,
    );
  }
  let next = 0;
  const take = (count: number) => parameters.slice(next, next += count);
  const slope = take(width);
  const offset = take(width);
  const separator = take(width);
  const layers = Array.from({ length: shape.layers }, () => {
    const query = take(width ** 2);
    const key = take(width ** 2);
    const value = take(width ** 2);
    return { query, key, value };
  });
  return { width, slope, offset, separator, layers, readout: take(width), bias: take(1)[0]! };
}

/**
 * The parameters of a network at the start of training, all normal with mean 0: embeddings with the standard deviation
 * `scale`, matrices with `scale` / sqrt(width), the readout with 1 / sqrt(width); the bias is 0.
 *
 * @param shape Of the network.
 * @param scale Of embeddings and matrices.
 * @param stream Where they are sampled from, in the order of {@linkcode readToyNetwork}.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../../src/numeric/random/random_stream.ts";
 *
 * const parameters = initialToyParameters({ width: 8, layers: 2 }, 0.5, randomStream("toy", 0));
 * assertEquals([parameters.length, parameters.at(-1)], [417, 0]);
 * ```
 */
export function initialToyParameters(shape: ToyShape, scale: number, stream: RandomStream): Float64Array {
  const { width } = shape;
  const count = countToyParameters(shape);
  const readout = count - width - 1;
  return Float64Array.from({ length: count }, (_, p) => {
    if (p === count - 1) return 0;
    return stream.normal() * (p < 3 * width ? scale : (p < readout ? scale : 1) / Math.sqrt(width));
  });
}
