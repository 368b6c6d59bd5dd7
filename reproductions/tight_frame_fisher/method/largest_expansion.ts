import { reshape, square, sub, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { orderedSum } from "../../../src/compute/tfjs/ordered_sum.ts";

/**
 * The largest ratio ||f(x) - f(y)|| / ||x - y|| over pairs of vectors: at most 1 for a contraction. Pairs of equal vectors are
 * left out.
 *
 * @param f Maps `(pairs, d)` to as many vectors.
 * @param x `(pairs, d)`.
 * @param y `(pairs, d)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mul, tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(largestExpansion((x) => mul(x, 0.5), tensor2d([[1, 2]]), tensor2d([[3, 4]])), 0.5);
 * backend.dispose();
 * ```
 */
export function largestExpansion(f: (x: Tensor) => Tensor, x: Tensor, y: Tensor): number {
  const distances = (a: Tensor, b: Tensor) =>
    orderedSum(square(reshape(sub(a, b), [x.shape[0]!, -1])), [1]).dataSync() as Float32Array;
  return tidy(() => {
    const before = distances(x, y);
    const after = distances(f(x), f(y));
    return Math.sqrt(
      after.reduce(
        (largest, value, i) => before[i] === 0 ? largest : Math.max(largest, value / before[i]!),
        0,
      ),
    );
  });
}
