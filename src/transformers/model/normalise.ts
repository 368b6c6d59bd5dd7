import { add, mul, rsqrt, square, sub, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { orderedMean } from "../../compute/tfjs/ordered_sum.ts";
import type { NormWeights } from "./layer_weights.ts";

/**
 * Normalises the last axis. Without a shift it is RMSNorm (Zhang and Sennrich, arXiv 1910.07467),
 *
 *     y = weight x / sqrt(mean(x^2) + eps),
 *
 * with one LayerNorm (arXiv 1607.06450), where the mean is subtracted first and the shift added last.
 *
 * @param x `(..., dim)`.
 * @param eps Added to the mean square.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const y = normalise(tensor2d([[3, 3, -3, 3]]), { weight: Float32Array.of(1, 1, 1, 2) }, 0);
 * assertEquals(Array.from(y.dataSync(), (value) => Math.round(1e6 * value) / 1e6), [1, 1, -1, 2]);
 * backend.dispose();
 * ```
 */
export function normalise(x: Tensor, { weight, bias }: NormWeights, eps: number): Tensor {
  const last = [x.rank - 1];
  const around = bias === undefined ? x : sub(x, orderedMean(x, last, true));
  const scale = rsqrt(add(orderedMean(square(around), last, true), eps));
  const scaled = mul(mul(around, scale), tensor1d(weight));
  return bias === undefined ? scaled : add(scaled, tensor1d(bias));
}
