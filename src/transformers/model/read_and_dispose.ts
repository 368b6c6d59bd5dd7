import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * The values of a tensor that is needed no more. `tidy(() => tensor.dataSync())` would do too, but looks for tensors among the numbers that
 * it gives back, which takes a microsecond each.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor1d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(readAndDispose(tensor1d([1, 2])), Float32Array.of(1, 2));
 * backend.dispose();
 * ```
 */
export function readAndDispose(tensor: Tensor): Float32Array {
  const values = tensor.dataSync() as Float32Array;
  tensor.dispose();
  return values;
}
