import {
  concat,
  customGrad,
  engine,
  matMul,
  neg,
  relu,
  reshape,
  slice,
  sub,
  type Tensor,
  tensor2d,
  transpose,
} from "@tensorflow/tfjs-core";
import type { LayerMaker } from "../../../src/nn/layer.ts";
import { phaseScatteringMatrix } from "./phase_scattering_matrix.ts";

/**
 * The phase scattering of Zarka, Guth and Mallat (2021), section 3.1, along each channel: one scale of complex wavelets, where a
 * rectifier of four phases takes the place of the modulus.
 *
 * (height, width, channels) -> (height / 2, width / 2, channels (1 + 4 L)). The maps of a channel stand together: low-pass; max(u, 0)
 * of u = Re, Im of each wavelet; max(-u, 0) of the same. Nothing is learned.
 *
 * @param L Orientations; 8 by default.
 * @throws {RangeError} Where a side of the input is odd.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(phaseScattering()([8, 8, 3], 0, 1).outputShape, [4, 4, 99]);
 * backend.dispose();
 * ```
 */
export function phaseScattering(L = 8): LayerMaker {
  return (inputShape, index) => {
    const [height, width, channels] = inputShape as [number, number, number];
    const { values, grid, maps } = phaseScatteringMatrix(height, width, L);
    const positions = grid[0] * grid[1];
    const phases = 2 * maps - 1;
    // No parameters, so that checkpoints do not hold them; they last as long as the backend.
    const matrix = tensor2d(values, [height * width, maps * positions]);
    const low = slice(matrix, [0, 0], [-1, positions]);
    const waves = slice(matrix, [0, positions], [-1, -1]);
    matrix.dispose();
    return {
      name: `${index}-phase-scattering`,
      outputShape: [...grid, channels * phases],
      parameters: [],
      state: [],
      apply: (x: Tensor) => {
        const planes = transpose(reshape(x, [-1, height * width, channels]), [0, 2, 1]);
        const rows = reshape(planes, [-1, height * width]);
        const maps = concat([matMul(rows, low), bothSigns(matMul(rows, waves))], 1);
        // Long runs of positions up to here: one exchange of sides is cheaper than short pieces in each step.
        const byPosition = transpose(reshape(maps, [-1, channels * phases, positions]), [0, 2, 1]);
        return reshape(byPosition, [-1, ...grid, channels * phases]);
      },
    };
  };
}

/** max(u, 0) and max(-u, 0) beside each other: (rows, columns) -> (rows, 2 columns). */
function bothSigns(u: Tensor): Tensor {
  const columns = u.shape[1]!;
  const operation = customGrad((u, save) => {
    (save as unknown as (tensors: Tensor[]) => void)([u as Tensor]);
    return {
      value: concat([relu(u as Tensor), relu(neg(u as Tensor))], 1),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const u = saved[0]!;
        const [up, down] = [0, columns].map((first) => slice(dy, [0, first], [-1, columns])) as [
          Tensor,
          Tensor,
        ];
        return sub(masked(up, u), masked(down, neg(u)));
      },
    };
  });
  return operation(u);
}

/** dy where y > 0. */
function masked(dy: Tensor, y: Tensor): Tensor {
  return engine().runKernel("ReluGrad", { dy, y }) as Tensor;
}
