import { matMul, reshape, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { orthogonal } from "../../../src/nn/initializers.ts";
import type { Initializer } from "../../../src/nn/initializers.ts";
import type { Layer, LayerMaker, Parameter } from "../../../src/nn/layer.ts";
import { makeParameter } from "../../../src/nn/make_parameter.ts";
import { normaliseRows } from "./normalise_rows.ts";
import { parsevalStep } from "./parseval_step.ts";
import { threshold, type ThresholdKind } from "./threshold.ts";

/** Options of {@linkcode tightFrame}. */
export interface TightFrameOptions {
  /** p, the number of atoms: at least the dimension d. */
  readonly atoms: number;
  /** The non-linearity. */
  readonly kind: ThresholdKind;
  /** Its level in units of 1 / sqrt(p), the root mean square of F x for a unit vector x. */
  readonly level: number;
  /** Of the Parseval step. */
  readonly beta: number;
}

/** A layer whose parameters keep to a constraint that gradients know nothing of. */
export interface ConstrainedLayer extends Layer {
  /**
   * Brings the parameters back; to be called after every update.
   *
   * @param strength What beta is multiplied by; 1 by default.
   */
  constrain(strength?: number): void;
}

/** A {@linkcode tightFrame}. */
export interface FrameLayer extends ConstrainedLayer {
  /** F `(p, d)`, atoms in rows. */
  readonly frame: Parameter;
  /** rho(F x): (..., d) -> (vectors, p). */
  code(x: Tensor): Tensor;
}

/**
 * The concentration x -> F^T rho(F x) of Zarka, Guth and Mallat (2021), section 2, along the last side of its input: patches,
 * or the channels at each position of a feature map (a 1 x 1 frame).
 *
 * F starts with orthonormal columns and rows scaled to the norm sqrt(d / p). `constrain()` takes one Parseval step and scales the
 * rows again: that is what the authors do after an update and before the next pass. F is of the group `"frame"`.
 *
 * @throws {RangeError} Where there are fewer atoms than dimensions: they are not a frame.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const layer = tightFrame({ atoms: 32, kind: "relu", level: 1, beta: 5e-4 })([3, 3, 16], 0, 1);
 * assertEquals(layer.parameters.map(({ name, variable }) => [name, variable.shape]), [["0-frame/atoms", [32, 16]]]);
 * assertEquals(layer.outputShape, [3, 3, 16]);
 * backend.dispose();
 * ```
 */
export function tightFrame(options: TightFrameOptions): LayerMaker {
  const { atoms, kind, level, beta } = options;
  return (inputShape, index, seed): FrameLayer => {
    const d = inputShape.at(-1)!;
    if (!Number.isInteger(atoms) || atoms < d) {
      throw new RangeError(
        `Cannot make a frame of ${atoms} atoms in ${d} dimensions: the number must be whole and at least ${d}, ` +
          "or the atoms are not a frame",
      );
    }
    const name = `${index}-frame`;
    const frame = makeParameter(`${name}/atoms`, [atoms, d], "frame", orthogonalAtoms, seed);
    const code = (x: Tensor) => {
      return threshold(
        matMul(reshape(x, [-1, d]), frame.variable, false, true),
        kind,
        level / Math.sqrt(atoms),
      );
    };
    return {
      name,
      outputShape: inputShape,
      parameters: [frame],
      state: [],
      frame,
      code,
      apply: (x) => reshape(matMul(code(x), frame.variable), x.shape),
      constrain: (strength = 1) => {
        tidy(() => frame.variable.assign(normaliseRows(parsevalStep(frame.variable, strength * beta))));
      },
    };
  };
}

/** Orthonormal columns, then rows of the norm sqrt(d / p). */
const orthogonalAtoms: Initializer = (stream, shape) => {
  const [p, d] = shape as [number, number];
  const values = orthogonal(stream, shape);
  for (let row = 0; row < p; row++) {
    const atom = values.subarray(row * d, (row + 1) * d);
    const scale = Math.sqrt(d / p / atom.reduce((sum, value) => sum + value * value, 0));
    for (let k = 0; k < d; k++) atom[k]! *= scale;
  }
  return values;
};

/** Whether a layer has a constraint. */
export function isConstrained(layer: Layer): layer is ConstrainedLayer {
  return "constrain" in layer;
}
