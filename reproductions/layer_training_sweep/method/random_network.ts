import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { requireWhole } from "../../../src/nn/require_whole.ts";

/** The sides of a hard-tanh network: inputs -> width -> depth times (width -> width) -> classes. */
export interface NetworkShape {
  /** Values of an input. */
  readonly inputs: number;
  /** Units of every hidden layer, k in the paper. */
  readonly width: number;
  /** Layers of width x width weights: W^(1) ... W^(depth) in the paper. */
  readonly depth: number;
  /** Units of the read-out. */
  readonly classes: number;
}

/** Variances of the normal values that a network is sampled from. */
export interface WeightScale {
  /** sigma_w^2: a weight has this variance divided by the inputs of its unit. */
  readonly weightVariance: number;
  /** sigma_b^2, the variance of a bias. */
  readonly biasVariance: number;
}

/** A network at random initialisation. Layer 0 takes the inputs, layer `depth` + 1 is the read-out. */
export interface RandomNetwork extends NetworkShape {
  /** `depth` + 2 matrices, (inputs of the layer, units), row-major. */
  readonly weights: readonly Float32Array[];
  /** `depth` + 2 rows. */
  readonly biases: readonly Float32Array[];
}

/**
 * Samples a network (Raghu et al., section 2.1): weights from N(0, sigma_w^2 / inputs), biases from N(0, sigma_b^2), each
 * layer from a stream of its own, so that networks of one seed and different depth share their first layers.
 *
 * @param shape Its sides.
 * @param scale Its variances.
 * @param seed Decides all values.
 * @throws {RangeError} Where a side is not a whole number >= 1, or a variance is negative or not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const shape = { inputs: 5, width: 3, depth: 2, classes: 4 };
 * const { weights, biases } = sampleNetwork(shape, { weightVariance: 2, biasVariance: 0 }, 1);
 * assertEquals(weights.map(({ length }) => length), [15, 9, 9, 12]);
 * assertEquals(biases.map((row) => [...row]), [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0, 0]]);
 * ```
 */
export function sampleNetwork(shape: NetworkShape, scale: WeightScale, seed: number): RandomNetwork {
  const { inputs, width, depth, classes } = shape;
  requireWhole("sample a network", { inputs, width, depth, classes });
  const { weightVariance, biasVariance } = scale;
  for (const [name, value] of Object.entries({ weightVariance, biasVariance })) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(
        `Cannot sample a network with ${name} = ${value}: it must be a finite number >= 0`,
      );
    }
  }
  const sides = [inputs, ...Array<number>(depth + 1).fill(width), classes];
  const layers = sides.slice(1).map((units, layer) => {
    // The read-out has a name of its own: depth does not move it to another stream.
    const name = layer === depth + 1 ? "read-out" : `layer${layer}`;
    const stream = randomStream(`init/${name}`, seed);
    const sample = (count: number, variance: number) => {
      const deviation = Math.sqrt(variance);
      return Float32Array.from({ length: count }, () => deviation * stream.normal());
    };
    return {
      weights: sample(sides[layer]! * units, weightVariance / sides[layer]!),
      // Nothing is sampled for zeros, whose sign would be random.
      biases: biasVariance === 0 ? new Float32Array(units) : sample(units, biasVariance),
    };
  });
  return {
    inputs,
    width,
    depth,
    classes,
    weights: layers.map(({ weights }) => weights),
    biases: layers.map(({ biases }) => biases),
  };
}
