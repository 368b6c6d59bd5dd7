import { assertAlmostEquals } from "@std/assert";
import { matMul, relu, sum, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { gram } from "../../../src/compute/linalg/gram.ts";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { orthogonal } from "../../../src/nn/initializers.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";

const dimension = 24;
const atoms = 96;
const components = 4;
const points = 10_000;

/** The sum over the points x = A^T g of relu(F x), for each atom. */
function rectifiedSums(F: Tensor, A: Tensor, g: Tensor): Float32Array {
  return tidy(() => sum(relu(matMul(matMul(g, A), F, false, true)), 0).dataSync()) as Float32Array;
}

function quadraticForm(matrix: Float64Array, v: Float32Array): number {
  let total = 0;
  for (let i = 0; i < v.length; i++) {
    for (let j = 0; j < v.length; j++) total += v[i]! * v[j]! * matrix[i * v.length + j]!;
  }
  return total;
}

// A theorem of the slides, (2 pi)^(1/2) E(rho(F x)) = diag(F Sigma F^T)^(1/2) for x of zero mean and covariance Sigma: it holds, and
// so tests the rectifier, the products and the normal numbers that everything here is made of.
Deno.test("relu() of F x for a Gaussian x has the mean that the variance along each atom says, to the error of sampling", async () => {
  const backend = await startBackend({ threads: 2 });
  const seed = 3;
  const frame = orthogonal(randomStream("tight_frame_fisher/identity/frame", seed), [atoms, dimension]);
  const F = tensor2d(frame, [atoms, dimension]);
  let squares = 0;
  for (let component = 0; component < components; component++) {
    const stream = randomStream(`tight_frame_fisher/identity/component${component}`, seed);
    // x = A^T g of a standard normal g has the covariance A^T A; row k of A is scaled by 1 / (k + 1).
    const A = Float32Array.from(
      { length: dimension * dimension },
      (_, i) => stream.normal() / (1 + Math.floor(i / dimension)),
    );
    const g = Float32Array.from({ length: points * dimension }, () => stream.normal());
    const sums = rectifiedSums(
      F,
      tensor2d(A, [dimension, dimension]),
      tensor2d(g, [points, dimension]),
    );
    const covariance = gram(Float64Array.from(A), dimension, dimension);
    for (let k = 0; k < atoms; k++) {
      const atom = frame.subarray(k * dimension, (k + 1) * dimension);
      const expected = Math.sqrt(quadraticForm(covariance, atom));
      squares += (Math.sqrt(2 * Math.PI) * sums[k]! / points / expected - 1) ** 2;
    }
  }
  const relativeError = Math.sqrt(squares / (components * atoms));
  // relu(u) of a normal u has a standard deviation of sqrt(pi - 1) times its mean.
  const sampling = Math.sqrt((Math.PI - 1) / points);
  assertAlmostEquals(relativeError / sampling, 1, 0.25);
  backend.dispose();
});
