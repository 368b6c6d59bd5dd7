import { type Scalar, type Variable, variableGrads } from "@tensorflow/tfjs-core";
import type { Parameter } from "./layer.ts";
import type { Step } from "./step.ts";

/**
 * The step of a training by a scalar loss: the loss of a batch, and its gradients by the parameters.
 *
 * @param parameters What is differentiated by; each must be part of the loss.
 * @param loss The loss of a batch, a tensor of one value made by operations that have gradients; `step` is counted from 0.
 *
 * @example The squared error
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mean, type Scalar, squaredDifference, tensor1d, variable } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const w = variable(tensor1d([1, 2]));
 * const step = differentiate(
 *   [{ name: "w", variable: w, group: "weight" }],
 *   (target: number[]) => mean(squaredDifference(w, tensor1d(target))) as Scalar,
 * );
 * const { losses, gradients } = step([1, 0], 0, 0.1);
 * assertEquals([Array.from(losses), Array.from(gradients![w.name]!.dataSync())], [[2], [0, 2]]);
 * backend.dispose();
 * ```
 */
export function differentiate<Batch>(
  parameters: readonly Parameter[],
  loss: (batch: Batch, step: number) => Scalar,
): Step<Batch> {
  const variables = parameters.map(({ variable }) => variable as Variable);
  return (batch, step) => {
    const { value, grads } = variableGrads(() => loss(batch, step), variables);
    const losses = [value.dataSync()[0]!];
    value.dispose();
    return { losses, gradients: grads };
  };
}
