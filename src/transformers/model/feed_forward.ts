import { add, erf, mul, sigmoid, tanh, type Tensor } from "@tensorflow/tfjs-core";
import type { LayerWeights } from "./layer_weights.ts";
import { linear } from "./linear.ts";

/**
 * The feed-forward part of a layer: SwiGLU (Shazeer, arXiv 2002.05202), down(silu(gate x) * up x) with
 * silu(z) = z / (1 + e^-z), where there is a gate, else down(gelu(up x)), gelu as defined, z/2 (1 + erf(z / sqrt(2))), or by tanh.
 *
 * @param x `(..., dim)`.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const one = { weight: Float32Array.of(1), shape: [1, 1], rows: "outputs" } as const;
 * const y = feedForward(tensor2d([[2]]), { gate: one, up: one, down: one });
 * assertAlmostEquals(y.dataSync()[0]!, 4 / (1 + Math.exp(-2)), 1e-6);
 * backend.dispose();
 * ```
 */
export function feedForward(x: Tensor, weights: Pick<LayerWeights, "gate" | "up" | "down" | "gelu">): Tensor {
  const up = linear(x, weights.up);
  if (weights.gate === undefined) {
    return linear(weights.gelu === "erf" ? exactGelu(up) : gelu(up), weights.down);
  }
  const gate = linear(x, weights.gate);
  return linear(mul(mul(gate, sigmoid(gate)), up), weights.down);
}

/** gelu(z) = z/2 (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3))), the form of GPT-2 (Hendrycks and Gimpel, arXiv 1606.08415). */
function gelu(z: Tensor): Tensor {
  const cubic = add(z, mul(0.044715, mul(z, mul(z, z))));
  return mul(mul(0.5, z), add(1, tanh(mul(Math.sqrt(2 / Math.PI), cubic))));
}

/** gelu(z) = z/2 (1 + erf(z / sqrt(2))) (Hendrycks and Gimpel, arXiv 1606.08415). */
export function exactGelu(z: Tensor): Tensor {
  return mul(mul(0.5, z), add(1, erf(mul(Math.SQRT1_2, z))));
}
