import { div, engine, getBackend, getKernel, sum, type Tensor, util } from "@tensorflow/tfjs-core";

/**
 * Sums in float32 in a fixed order: over leading axes in parts of 256 rows and then part after part, over other axes one
 * element after the other. `sum()` of tfjs is nearer to the truth (this one is off by up to 6e-8 times 256 and the number of
 * parts, or of elements, relative to the sum of magnitudes); this one keeps the bits of accepted results, for a training
 * makes different numbers of a different last bit.
 *
 * @param x float32.
 * @param axes All of them by default.
 * @param keepDims Whether the axes remain, with length 1.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ones } from "@tensorflow/tfjs-core";
 * import { startBackend } from "./start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(Array.from(orderedSum(ones([300, 2]), [0]).dataSync()), [300, 300]);
 * backend.dispose();
 * ```
 */
export function orderedSum(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  const axis = axes === undefined ? x.shape.map((_, i) => i) : [...axes];
  // The cpu backend, which tests compare with.
  if (getKernel("OrderedSum", getBackend()) === undefined) return sum(x, axis, keepDims);
  return engine().runKernel("OrderedSum", { x }, { axis, keepDims }) as Tensor;
}

/**
 * {@linkcode orderedSum}, divided by the number of elements that it adds up.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "./start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(Array.from(orderedMean(tensor2d([[1, 2], [3, 6]]), [1]).dataSync()), [1.5, 4.5]);
 * backend.dispose();
 * ```
 */
export function orderedMean(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  const total = orderedSum(x, axes, keepDims);
  return div(total, x.size / util.sizeFromShape(total.shape));
}
