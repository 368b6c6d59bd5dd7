import { mul, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { unitRows } from "./unit_rows.ts";

/**
 * Scales each atom to the norm sqrt(d / p), which all have in a tight frame (F^T F = Id) of atoms of equal norms.
 *
 * @param F `(p, d)`, atoms in rows. It is not changed.
 * @returns `(p, d)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(Array.from(normaliseRows(tensor2d([[3], [1], [-1], [7]])).dataSync()), [0.5, 0.5, -0.5, 0.5]);
 * backend.dispose();
 * ```
 */
export function normaliseRows(F: Tensor): Tensor {
  const [p, d] = F.shape as [number, number];
  return tidy(() => mul(unitRows(F), Math.sqrt(d / p)));
}
