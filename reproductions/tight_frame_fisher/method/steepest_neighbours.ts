import { add, mul, sub, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { unitRows } from "./unit_rows.ts";

/**
 * For each of some unit vectors the neighbour, a unit vector as well, towards which f expands most, as far as a power iteration
 * finds it: u <- f(y) - f(x), with y = x + radius u. For f(x) = F^T rho(F x) this goes towards the leading eigenvector of
 * the atoms that are active around x, where random neighbours are nearly orthogonal to it and show a contraction even of
 * a frame that expands.
 *
 * @param f Maps `(points, d)` to the same shape.
 * @param x `(points, d)`, rows of norm 1.
 * @param u `(points, d)`: the directions to begin with.
 * @param options How far y lies from x, and how often u is improved.
 * @returns y `(points, d)`.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { mul, type Tensor, tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 * import { largestExpansion } from "./largest_expansion.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const f = (x: Tensor) => mul(x, tensor2d([[1, 0.1, 2]]));
 * const x = tensor2d([[1, 0, 0]]);
 * const y = steepestNeighbours(f, x, tensor2d([[0, 1, 0.01]]), { radius: 0.01, steps: 10 });
 * const expansion = largestExpansion(f, x, y);
 * assert(expansion > 1.99 && expansion < 2.01);
 * backend.dispose();
 * ```
 */
export function steepestNeighbours(
  f: (x: Tensor) => Tensor,
  x: Tensor,
  u: Tensor,
  options: { readonly radius: number; readonly steps: number },
): Tensor {
  const { radius, steps } = options;
  return tidy(() => {
    const start = f(x);
    const neighbour = (u: Tensor) => unitRows(add(x, mul(unitRows(u), radius)));
    let y = neighbour(u);
    for (let i = 0; i < steps; i++) y = tidy(() => neighbour(sub(f(y), start)));
    return y;
  });
}
