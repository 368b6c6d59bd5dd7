import type { AdjointParts } from "../engine/adjoint_table.ts";
import type { CascadeTables } from "../engine/cascade_tables.ts";
import type { PathNode } from "../engine/path_tree.ts";
import type { RealArray } from "../engine/tables.ts";
import { cachedWeights, firstJ, type LowPassAt } from "./energy_plan.ts";

/**
 * How the cotangents of energies come back to the maps: through sum_J c[J] |phi_J|^2 U, where c[J] is the cotangent of the energy
 * ||U * phi_J||^2.
 *
 * @param cascade Grids and filters.
 * @param lowPassAt The low-pass filters under which energies are measured.
 * @param rowOf The row of a path among the energies of an image under one low-pass; `undefined` is the image itself.
 * @param rows The number of rows.
 * @returns The part of a gradient that is about energies.
 */
export function energyAdjointOutlets(
  cascade: CascadeTables,
  lowPassAt: LowPassAt,
  rowOf: (path: PathNode | undefined) => number,
  rows: number,
): Pick<AdjointParts, "outlet"> {
  const { tables } = cascade;
  const weights = cachedWeights(cascade, lowPassAt);
  const lists = new Map<number, { readonly energies: number; readonly weights: number }>();
  const listAfter = (j: number) => {
    const known = lists.get(j);
    if (known !== undefined) return known;
    const addresses = weights(j);
    const list = { energies: addresses.length, weights: tables.words(addresses) };
    lists.set(j, list);
    return list;
  };
  return {
    outlet: (path) => {
      const j = path?.j ?? -1;
      const address = tables.record("AdjointOutlet", {
        ...{ lowPass: 0, smoother: 0 },
        ...listAfter(j),
        cotangent: ((firstJ(j) - 1) * rows + rowOf(path)) * tables.realBytes,
        step: rows * tables.realBytes,
      });
      return { address, isSpectral: true, needsSpectrum: true };
    },
  };
}

/**
 * From the gradient of N = sum c ||U * phi||^2 to that of 100 N / ||x||^2. N is homogeneous of degree 2, so that N = x dN / 2 and
 *
 *     d (100 N / ||x||^2) = 100 / ||x||^2 (dN - x (x dN) / ||x||^2):
 *
 * what is left of dN is perpendicular to the image, since a ratio of energies does not depend on its size.
 *
 * @param image The image x.
 * @param scale A power of two that the image is divided by, so that no square is out of range.
 * @param derivative The gradient of N at x / scale, which the result takes the place of.
 * @returns ||x / scale||^2.
 */
export function divideByEnergy(image: RealArray, scale: number, derivative: RealArray): number {
  let norm = 0;
  let along = 0;
  for (let i = 0; i < image.length; i++) {
    norm += (image[i]! / scale) ** 2;
    along += image[i]! / scale * derivative[i]!;
  }
  for (let i = 0; i < image.length; i++) {
    derivative[i] = 100 / norm / scale * (derivative[i]! - image[i]! / scale * along / norm);
  }
  return norm;
}
