import { reshape } from "@tensorflow/tfjs-core";
import { type Activation, fusedDense } from "./fused_gradients.ts";
import { constant, type Initializer, scaledNormal } from "./initializers.ts";
import type { LayerMaker } from "./layer.ts";
import { makeParameter } from "./make_parameter.ts";

/** Options of {@linkcode dense}. */
export interface DenseOptions {
  /** "linear" by default. */
  readonly activation?: Activation;
  /** Starting weights; He's normal values by default. */
  readonly init?: Initializer;
}

/**
 * A dense layer: x W + b, then the activation. Inputs of more than one side are flattened.
 *
 * @param units Outputs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const layer = dense(10)([28, 28], 0, 1);
 * assertEquals(layer.parameters.map(({ name, variable }) => [name, variable.shape]), [
 *   ["0-dense/weights", [784, 10]],
 *   ["0-dense/bias", [10]],
 * ]);
 * backend.dispose();
 * ```
 */
export function dense(units: number, options: DenseOptions = {}): LayerMaker {
  const { activation = "linear", init = scaledNormal(Math.SQRT2) } = options;
  return (inputShape, index, seed) => {
    const name = `${index}-dense`;
    const inputs = inputShape.reduce((product, side) => product * side, 1);
    const weights = makeParameter(`${name}/weights`, [inputs, units], "weight", init, seed);
    const bias = makeParameter(`${name}/bias`, [units], "bias", constant(0), seed);
    return {
      name,
      outputShape: [units],
      parameters: [weights, bias],
      state: [],
      apply: (x) => {
        const rows = x.shape.length === 2 ? x : reshape(x, [-1, inputs]);
        return fusedDense(rows, weights.variable, bias.variable, activation);
      },
    };
  };
}
