import type { AveragingSequence } from "./averaging_task.ts";
import { causalAttention } from "./causal_attention.ts";
import type { ToyNetwork } from "./toy_network.ts";

/** What a layer made of one sequence. */
export interface ToyLayerTrace {
  /** The attention A, `(T, T)`. */
  readonly weights: Float64Array;
  /** Value vectors V, `(T, width)`. */
  readonly values: Float64Array;
  /** Outputs Z = A V, `(T, width)`. */
  readonly outputs: Float64Array;
  /** The residual stream after the layer, `(T, width)`. */
  readonly residual: Float64Array;
}

/** Everything that a network computes from one sequence. */
export interface ToyTrace {
  /** The embedded tokens, `(T, width)`. */
  readonly embedded: Float64Array;
  /** The layers, in order. */
  readonly layers: readonly ToyLayerTrace[];
  /** The prediction at each token, `(T)`. */
  readonly predictions: Float64Array;
}

/**
 * Runs a network over one sequence in float64 and keeps every intermediate.
 *
 * @param network Of any width and number of layers.
 * @param sequence Numbers and the position of the separator.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readToyNetwork } from "./toy_network.ts";
 *
 * // One layer of width 1 without attention to tell keys apart: a token's own number plus the running mean.
 * const network = readToyNetwork(Float64Array.of(1, 0, 0, 0, 0, 1, 1, 0), { width: 1, layers: 1 });
 * const { predictions } = toyForward(network, { numbers: Float64Array.of(2, 0, 4), separator: 1 });
 * assertEquals(Array.from(predictions), [4, 1, 6]);
 * ```
 */
export function toyForward(
  network: ToyNetwork,
  { numbers, separator }: Pick<AveragingSequence, "numbers" | "separator">,
): ToyTrace {
  const { width, slope, offset } = network;
  const length = numbers.length;
  const embedded = Float64Array.from({ length: length * width }, (_, at) => {
    const i = Math.floor(at / width);
    const k = at % width;
    return i === separator ? network.separator[k]! : numbers[i]! * slope[k]! + offset[k]!;
  });
  let stream = embedded;
  const layers = network.layers.map(({ query, key, value }) => {
    const values = multiply(stream, value, width);
    const { outputs, weights } = causalAttention({
      queries: multiply(stream, query, width),
      keys: multiply(stream, key, width),
      values,
      length,
      width,
    }, { scaling: "none" });
    stream = stream.map((before, at) => before + outputs[at]!);
    return { weights, values, outputs, residual: stream };
  });
  const predictions = multiply(stream, network.readout, width).map((sum) => sum + network.bias);
  return { embedded, layers, predictions };
}

/** The product of rows of `inner` numbers and a matrix of `inner` rows. */
function multiply(x: Float64Array, matrix: Float64Array, inner: number): Float64Array {
  const rows = x.length / inner;
  const columns = matrix.length / inner;
  const product = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = x[i * inner + k]!;
      for (let j = 0; j < columns; j++) product[i * columns + j]! += factor * matrix[k * columns + j]!;
    }
  }
  return product;
}
