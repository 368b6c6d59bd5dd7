import type { AdjointParts } from "./adjoint_table.ts";
import type { CascadeTables } from "./cascade_tables.ts";
import { writeFilter } from "./filter_table.ts";
import type { GridTable } from "./grid_table.ts";
import { NO_POWER, SPECTRUM_FULL, SPECTRUM_NONE } from "./kernel_constants.ts";
import { type Samples, separateLowPass, writeAdjointLowPass, writeLowPass } from "./low_pass_table.ts";
import type { PathNode } from "./path_tree.ts";
import type { PlanParts } from "./plan_table.ts";

/**
 * What is done with each map of a scattering transform: it is low-passed and sampled, at its path's place in the
 * output of its image.
 *
 * @param cascade Grids and filters.
 * @param samples The samples that are kept, on the grid of the image.
 * @param outputResolution The logarithm to base 2 of the distance between samples.
 * @returns The part of a plan that is about outputs.
 */
export function transformOutlets(
  cascade: CascadeTables,
  samples: Samples,
  outputResolution: number,
): Pick<PlanParts, "outlet" | "energies" | "powerBytes"> {
  const { tables } = cascade;
  const writeAverage = averages(cascade, samples, outputResolution, writeLowPass);
  return {
    outlet: (path: PathNode | undefined) => {
      const { lowPass, smoother } = writeAverage(path?.j ?? -1);
      const goesOn = path === undefined || path.children.length > 0;
      const output = outputPlace(path, samples) * tables.realBytes;
      return tables.record("Outlet", {
        spectrum: goesOn || smoother ? SPECTRUM_FULL : SPECTRUM_NONE,
        lowPass,
        smoother,
        output,
        power: NO_POWER,
      });
    },
    energies: () => 0,
    powerBytes: 0,
  };
}

/**
 * How the cotangents of these outputs come back to the maps.
 *
 * @param cascade Grids and filters.
 * @param samples As {@linkcode transformOutlets} takes them.
 * @param outputResolution Likewise.
 * @returns The part of a gradient that is about outputs.
 */
export function adjointOutlets(
  cascade: CascadeTables,
  samples: Samples,
  outputResolution: number,
): Pick<AdjointParts, "outlet"> {
  const { tables } = cascade;
  const writeAverage = averages(cascade, samples, outputResolution, writeAdjointLowPass);
  return {
    outlet: (path) => {
      const { lowPass, smoother } = writeAverage(path?.j ?? -1);
      const cotangent = outputPlace(path, samples) * tables.realBytes;
      const address = tables.record("AdjointOutlet", {
        ...{ lowPass, smoother, cotangent },
        ...{ energies: 0, step: 0, weights: 0 },
      });
      return { address, isSpectral: smoother !== 0, needsSpectrum: false };
    },
  };
}

/** The number of the first output of a path among those of an image. */
function outputPlace(path: PathNode | undefined, { rows, columns }: Samples): number {
  return (path?.index ?? 0) * rows * columns;
}

/** What averages maps after scale j: a `LowPass` of the kernel, which `write` writes, or a `Smoother`. */
function averages(
  cascade: CascadeTables,
  samples: Samples,
  outputResolution: number,
  write: typeof writeLowPass,
): (j: number) => { readonly lowPass: number; readonly smoother: number } {
  const { tables, filters } = cascade;
  const isSeparable = separateLowPass(filters.phi(0), filters.height, filters.width) !== undefined;
  const written = new Map<GridTable, { lowPass: number; smoother: number }>();
  return (j) => {
    const grid = cascade.gridAfter(j);
    const known = written.get(grid);
    if (known !== undefined) return known;
    const resolution = Math.log2(filters.height / grid.rows);
    const phi = filters.phi(resolution);
    const average = { lowPass: 0, smoother: 0 };
    if (isSeparable) {
      average.lowPass = write(tables, separateLowPass(phi, grid.rows, grid.columns)!, grid, {
        ...samples,
        first: samples.first / 2 ** resolution,
        stride: samples.stride / 2 ** resolution,
      });
    } else {
      // Where the samples do not divide the grid, the coarsest grid that does is computed, and some of it kept.
      let coarse = outputResolution;
      while (filters.height % 2 ** coarse !== 0 || filters.width % 2 ** coarse !== 0) coarse--;
      const filter = writeFilter(tables, phi, grid, cascade.grid(coarse));
      average.smoother = tables.record("Smoother", {
        filter,
        first: samples.first / 2 ** coarse,
        stride: samples.stride / 2 ** coarse,
        rows: samples.rows,
        columns: samples.columns,
      });
    }
    written.set(grid, average);
    return average;
  };
}
