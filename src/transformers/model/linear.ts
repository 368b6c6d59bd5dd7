import { add, matMul, reshape, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import type { LinearWeights } from "./layer_weights.ts";

/**
 * x W + b over the last axis, for either layout of W.
 *
 * @param x `(..., inputs)`.
 * @returns `(..., outputs)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const weights = { weight: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2], rows: "outputs" } as const;
 * assertEquals(Array.from(linear(tensor2d([[1, 1]]), weights).dataSync()), [3, 7, 11]);
 * backend.dispose();
 * ```
 */
export function linear(x: Tensor, { weight, shape, rows, bias }: LinearWeights): Tensor {
  const [inputs, outputs] = rows === "outputs" ? [shape[1], shape[0]] : shape;
  const product = matMul(reshape(x, [-1, inputs]), tensor2d(weight, [...shape]), false, rows === "outputs");
  const sum = bias === undefined ? product : add(product, tensor1d(bias));
  return reshape(sum, [...x.shape.slice(0, -1), outputs]);
}
