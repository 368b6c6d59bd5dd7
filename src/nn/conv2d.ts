import { type Activation, fusedConv2d } from "./fused_gradients.ts";
import { constant, type Initializer, scaledNormal } from "./initializers.ts";
import type { LayerMaker } from "./layer.ts";
import { makeParameter } from "./make_parameter.ts";

/** Options of {@linkcode conv2d}. */
export interface Conv2dOptions {
  /** "same" (zeros around the image) by default. */
  readonly pad?: "same" | "valid";
  /** "linear" by default. */
  readonly activation?: Activation;
  /** Starting filter; He's normal values by default. */
  readonly init?: Initializer;
}

/**
 * A convolution with stride 1 over (batch, height, width, channels), with bias and activation.
 *
 * @param filters Channels of the result.
 * @param size Side of the square filter.
 * @throws {RangeError} Where inputs are not images, or smaller than a filter without padding.
 */
export function conv2d(filters: number, size: number, options: Conv2dOptions = {}): LayerMaker {
  const { pad = "same", activation = "linear", init = scaledNormal(Math.SQRT2) } = options;
  return (inputShape, index, seed) => {
    const [height, width, channels] = inputShape as [number, number, number];
    if (inputShape.length !== 3 || (pad === "valid" && Math.min(height, width) < size)) {
      throw new RangeError(
        `Cannot convolve inputs of shape (${inputShape}) with a filter of side ${size}: ` +
          "they must be (height, width, channels) and no smaller than a filter without padding",
      );
    }
    const name = `${index}-conv2d`;
    const filter = makeParameter(`${name}/filter`, [size, size, channels, filters], "weight", init, seed);
    const bias = makeParameter(`${name}/bias`, [filters], "bias", constant(0), seed);
    const lost = pad === "same" ? 0 : size - 1;
    return {
      name,
      outputShape: [height - lost, width - lost, filters],
      parameters: [filter, bias],
      state: [],
      apply: (x) => fusedConv2d(x, filter.variable, bias.variable, pad, activation),
    };
  };
}
