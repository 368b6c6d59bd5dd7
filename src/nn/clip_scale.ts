import { addN, type NamedTensorMap, square, sum, tidy } from "@tensorflow/tfjs-core";

/**
 * The factor by which gradients have to be multiplied so that their common norm is at most `limit`.
 *
 * @returns min(1, limit / norm); 0 or no number where the norm is not finite.
 * @throws {RangeError} Where the limit is not positive.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor1d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(clipScale({ a: tensor1d([3]), b: tensor1d([0, 4]) }, 1), 0.2);
 * backend.dispose();
 * ```
 */
export function clipScale(gradients: NamedTensorMap, limit: number): number {
  requireClipNorm(limit);
  const norm = tidy(() => {
    return Math.sqrt(addN(Object.values(gradients).map((gradient) => sum(square(gradient)))).dataSync()[0]!);
  });
  return Math.min(1, limit / norm);
}

/**
 * Throws unless gradients can be clipped to a norm.
 *
 * @throws {RangeError} Where it is not positive.
 */
export function requireClipNorm(limit: number): void {
  if (!(limit > 0)) throw new RangeError(`Cannot clip gradients to a norm of ${limit}: it must be > 0`);
}
