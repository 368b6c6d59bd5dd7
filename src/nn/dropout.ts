import { mul, tensor } from "@tensorflow/tfjs-core";
import { randomStream } from "../numeric/random/random_stream.ts";
import type { LayerMaker } from "./layer.ts";

/**
 * Sets values to 0 with probability `rate` while the network is trained, and divides the others by 1 - rate. The
 * mask of a step depends on the seed, the layer and the step alone, so that a resumed training samples the same. Inputs of any shape.
 *
 * @throws {RangeError} Where the rate is not in [0, 1).
 */
export function dropout(rate: number): LayerMaker {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`Cannot drop values at rate ${rate}: it must be at least 0 and below 1`);
  }
  return (inputShape, index, seed) => {
    const name = `${index}-dropout`;
    return {
      name,
      outputShape: inputShape,
      parameters: [],
      state: [],
      apply: (x, { training, step }) => {
        if (!training || rate === 0) return x;
        const stream = randomStream(`${name}/step${step}`, seed);
        const mask = Float32Array.from(
          { length: x.size },
          () => stream.uniform() < rate ? 0 : 1 / (1 - rate),
        );
        return mul(x, tensor(mask, x.shape));
      },
    };
  };
}
