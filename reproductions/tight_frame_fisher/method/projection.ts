import { matMul, reshape, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { orthogonal } from "../../../src/nn/initializers.ts";
import type { LayerMaker, Parameter } from "../../../src/nn/layer.ts";
import { makeParameter } from "../../../src/nn/make_parameter.ts";
import { parsevalStep } from "./parseval_step.ts";
import type { ConstrainedLayer } from "./tight_frame.ts";

/** Options of {@linkcode projection}. */
export interface ProjectionOptions {
  /** Rows of P: channels that are left, at most those of the input. */
  readonly channels: number;
  /** Of the Parseval step. */
  readonly beta: number;
}

/** A {@linkcode projection}. */
export interface ProjectionLayer extends ConstrainedLayer {
  /** P `(channels, d)`. */
  readonly projection: Parameter;
}

/**
 * The 1 x 1 projection x -> P x of Zarka, Guth and Mallat (2021), section 3: a learned linear map of the channels at each
 * position to fewer ones, without bias.
 *
 * P starts with orthonormal rows. `constrain()` takes one Parseval step, which keeps P P^T near the identity; the rows are not
 * scaled, as in the authors' code. P is of the group `"frame"`, so that it has no weight decay.
 *
 * @throws {RangeError} Where the number of channels is not whole, or larger than that of the input.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const layer = projection({ channels: 128, beta: 5e-4 })([4, 4, 651], 1, 1);
 * assertEquals(layer.outputShape, [4, 4, 128]);
 * assertEquals(layer.parameters.map(({ name, variable }) => [name, variable.shape]), [["1-projection/P", [128, 651]]]);
 * backend.dispose();
 * ```
 */
export function projection({ channels, beta }: ProjectionOptions): LayerMaker {
  return (inputShape, index, seed): ProjectionLayer => {
    const d = inputShape.at(-1)!;
    if (!Number.isInteger(channels) || channels < 1 || channels > d) {
      throw new RangeError(
        `Cannot project ${d} channels to ${channels}: the number must be whole and from 1 to ${d}, ` +
          "or the rows of P cannot be orthonormal",
      );
    }
    const name = `${index}-projection`;
    const parameter = makeParameter(`${name}/P`, [channels, d], "frame", orthogonal, seed);
    const outputShape = [...inputShape.slice(0, -1), channels];
    return {
      name,
      outputShape,
      parameters: [parameter],
      state: [],
      projection: parameter,
      apply: (x: Tensor) =>
        reshape(matMul(reshape(x, [-1, d]), parameter.variable, false, true), [-1, ...outputShape]),
      constrain: (strength = 1) => {
        tidy(() => parameter.variable.assign(parsevalStep(parameter.variable, strength * beta)));
      },
    };
  };
}
