import type { CascadeTables } from "./cascade_tables.ts";
import { writeFilter } from "./filter_table.ts";
import type { GridTable } from "./grid_table.ts";
import { NO_POWER, SPECTRUM_FULL, SPECTRUM_NONE } from "./kernel_constants.ts";
import { type Samples, separateLowPass, writeLowPass } from "./low_pass_table.ts";
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
  const { tables, filters } = cascade;
  const isSeparable = separateLowPass(filters.phi(0), filters.height, filters.width) !== undefined;
  const averages = new Map<GridTable, { lowPass: number; smoother: number }>();
  const writeAverage = (j: number) => {
    const grid = cascade.gridAfter(j);
    const known = averages.get(grid);
    if (known !== undefined) return known;
    const resolution = Math.log2(filters.height / grid.rows);
    const phi = filters.phi(resolution);
    const average = { lowPass: 0, smoother: 0 };
    if (isSeparable) {
      average.lowPass = writeLowPass(tables, separateLowPass(phi, grid.rows, grid.columns)!, grid, {
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
    averages.set(grid, average);
    return average;
  };
  return {
    outlet: (path: PathNode | undefined) => {
      const { lowPass, smoother } = writeAverage(path?.j ?? -1);
      const goesOn = path === undefined || path.children.length > 0;
      const output = (path?.index ?? 0) * samples.rows * samples.columns * tables.realBytes;
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
