import { matMul, relu, sum, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { gram } from "../../src/linalg/gram.ts";
import { orthogonal } from "../../src/nn/initializers.ts";
import type { RunContext } from "../../src/reproduction.ts";

/** Dimension, atoms and components of the mixture. */
const d = 24;
const p = 96;
const components = 4;
/** Points of a component that are drawn at a time. */
const batch = 10_000;

/** How much is drawn. */
export interface IdentityParameters {
  readonly kind: "identity";
  /** Batches of each component. */
  readonly batches: number;
  readonly seed: number;
}

/** How well the identity holds. */
export interface IdentityResult {
  readonly kind: "identity";
  /** The root mean square over components and atoms of the relative deviation. */
  readonly relativeError: number;
  /** Points of each component. */
  readonly draws: number;
}

/**
 * (2 pi)^(1/2) E(rho(F x)) = diag(F Sigma F^T)^(1/2) for a ReLU and x of zero mean and covariance Sigma: by Monte Carlo for each
 * component of a mixture of Gaussians, F a tight frame.
 */
export async function measureIdentity(
  parameters: IdentityParameters,
  context: RunContext,
): Promise<IdentityResult> {
  const { batches, seed } = parameters;
  const backend = await startBackend({ threads: context.threads });
  try {
    const atoms = orthogonal(context.rng("tight_frame_fisher/identity/frame", seed), [p, d]);
    const F = tensor2d(atoms, [p, d]);
    let squares = 0;
    for (let component = 0; component < components; component++) {
      const stream = context.rng(`tight_frame_fisher/identity/component${component}`, seed);
      // x = A^T g of a standard normal g has the covariance A^T A; row k of A is scaled by 1 / (k + 1).
      const A = Float32Array.from({ length: d * d }, (_, i) => stream.normal() / (1 + Math.floor(i / d)));
      const sums = new Float64Array(p);
      for (let i = 0; i < batches; i++) {
        const g = Float32Array.from({ length: batch * d }, () => stream.normal());
        const part = rectifiedSums(F, tensor2d(A, [d, d]), tensor2d(g, [batch, d]));
        for (let k = 0; k < p; k++) sums[k]! += part[k]!;
      }
      const covariance = gram(Float64Array.from(A), d, d);
      for (let k = 0; k < p; k++) {
        const atom = atoms.subarray(k * d, (k + 1) * d);
        const expected = Math.sqrt(quadraticForm(covariance, atom));
        squares += (Math.sqrt(2 * Math.PI) * sums[k]! / (batches * batch) / expected - 1) ** 2;
      }
      context.progress((component + 1) / components);
    }
    return { kind: "identity", relativeError: Math.sqrt(squares / (components * p)), draws: batches * batch };
  } finally {
    backend.dispose();
  }
}

/** The sum over the points x = A^T g of relu(F x), for each atom. */
function rectifiedSums(F: Tensor, A: Tensor, g: Tensor): Float32Array {
  const values = tidy(() => sum(relu(matMul(matMul(g, A), F, false, true)), 0).dataSync()) as Float32Array;
  A.dispose();
  g.dispose();
  return values;
}

function quadraticForm(matrix: Float64Array, v: Float32Array): number {
  let total = 0;
  for (let i = 0; i < v.length; i++) {
    for (let j = 0; j < v.length; j++) total += v[i]! * v[j]! * matrix[i * v.length + j]!;
  }
  return total;
}
