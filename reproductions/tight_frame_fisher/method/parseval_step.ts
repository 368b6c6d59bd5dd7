import { add, matMul, mul, type Tensor, tidy } from "@tensorflow/tfjs-core";

/**
 * One step towards a tight frame: F <- (1 + beta) F - beta F F^T F, the gradient step of beta / 4 on ||F^T F - Id||^2
 * (Cisse and others, Parseval networks, ICML 2017, equation 7). A singular value 1 + e becomes about 1 + (1 - 2 beta) e.
 *
 * @param F `(p, d)`, atoms in rows. It is not changed.
 * @returns `(p, d)`.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertAlmostEquals(parsevalStep(tensor2d([[2]]), 0.1).dataSync()[0]!, 1.1 * 2 - 0.1 * 8, 1e-6);
 * backend.dispose();
 * ```
 */
export function parsevalStep(F: Tensor, beta: number): Tensor {
  return tidy(() => add(mul(F, 1 + beta), mul(matMul(F, matMul(F, F, true, false)), -beta)));
}
