import type { CascadeTables } from "../engine/cascade_tables.ts";
import type { GridTable } from "../engine/grid_table.ts";
import type { PathNode } from "../engine/path_tree.ts";
import { SPECTRUM_FULL, SPECTRUM_HALF } from "../engine/kernel_constants.ts";
import type { PlanParts } from "../engine/plan_table.ts";

/** Gives the low-pass filter of scale J, in the Fourier domain, of the shape of the grid at a resolution. */
export type LowPassAt = (J: number, resolution: number) => Float64Array;

/** Where the energies of one order or path stand among the results of an image. */
export interface EnergyPlace {
  /** The number of the path, or the order. */
  readonly row: number;
  /** The scale of the last wavelet; -1 for the image. */
  readonly j: number;
  /** The first result; they stand for J = {@linkcode firstJ}(j), ... */
  readonly result: number;
}

/**
 * The smallest scale J of a low-pass behind a path.
 *
 * @param j The scale of its last wavelet; -1 for the image.
 * @returns The smallest J >= 1 above j.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([-1, 0, 1].map(firstJ), [1, 1, 2]);
 * ```
 */
export function firstJ(j: number): number {
  return Math.max(1, j + 1);
}

/** The part of a plan that is about energies. */
export interface EnergyOutlets extends Pick<PlanParts, "outlet" | "energies" | "powerBytes"> {
  /** Where every energy stands; those of one row are to be added. */
  readonly places: readonly EnergyPlace[];
  /** The number of results of an image. */
  readonly results: number;
}

/**
 * What is done with each map where energies are measured: its power spectrum is added to those of all paths with
 * the same order and last scale, and at the end of a part of the plan ||U * phi_J||^2 follows from the sums by
 * Parseval's identity. Or, path by path, it follows from each power spectrum at once.
 *
 * @param cascade Grids and filters.
 * @param maxOrder The largest order.
 * @param lowPassAt The low-pass filters under which energies are measured.
 * @param pathByPath Whether each path is measured, rather than each order.
 * @returns The part of a plan that is about energies.
 */
export function energyOutlets(
  cascade: CascadeTables,
  maxOrder: number,
  lowPassAt: LowPassAt,
  pathByPath: boolean,
): EnergyOutlets {
  const { tables, filters: { J } } = cascade;
  const slots = pathByPath ? [] : powerSlots(cascade, maxOrder);
  const powerAddress = (path: PathNode | undefined) =>
    path === undefined || pathByPath ? 0 : slots[(path.order - 1) * J + path.j]!.power;

  const weights = cachedWeights(cascade, lowPassAt);
  /** The `Energy` records of a sum: every scale above its last one. */
  const energyRecords = (j: number, power: number) =>
    weights(j).map((address) => ({ power, count: halfSize(cascade.gridAfter(j)), weights: address }));

  const places: EnergyPlace[] = [];
  let results = 0;
  /** Writes the `Energies` of some sums. */
  const writeEnergies = (sums: readonly { row: number; j: number; power: number }[]) => {
    const records = sums.flatMap(({ j, power }) => energyRecords(j, power));
    const address = tables.record("Energies", {
      count: records.length,
      first: tables.records("Energy", records),
      result: results,
    });
    for (const { row, j } of sums) {
      places.push({ row, j, result: results });
      results += J + 1 - firstJ(j);
    }
    return address;
  };
  const outlets = new Map<number, number>();
  const writeOutlet = (part: number, power: number) => {
    const key = power * 4 + part;
    const known = outlets.get(key);
    if (known !== undefined) return known;
    const address = tables.record("Outlet", { spectrum: part, lowPass: 0, smoother: 0, output: 0, power });
    outlets.set(key, address);
    return address;
  };
  const image = writeEnergies([{ row: 0, j: -1, power: 0 }]);
  return {
    outlet: (path) => {
      const goesOn = path === undefined ? maxOrder > 0 : path.children.length > 0;
      return writeOutlet(goesOn ? SPECTRUM_FULL : SPECTRUM_HALF, powerAddress(path));
    },
    energies: (path, isLast) => {
      if (path === undefined) return image;
      if (pathByPath) return writeEnergies([{ row: path.index, j: path.j, power: 0 }]);
      return isLast ? writeEnergies(slots.filter(({ row, j }) => j >= row - 1)) : 0;
    },
    powerBytes: pathByPath ? countPowerBytes(cascade, 0) : countPowerBytes(cascade, maxOrder),
    places,
    get results() {
      return results;
    },
  };
}

/**
 * The bytes of the power spectra of a thread.
 *
 * @param cascade Grids.
 * @param maxOrder The largest order.
 * @returns One spectrum for the image, and one for each order and last scale.
 */
export function countPowerBytes(cascade: CascadeTables, maxOrder: number): number {
  const slots = powerSlots(cascade, maxOrder);
  const last = slots.at(-1) ?? { j: -1, power: 0 };
  return last.power + slotBytes(cascade, last.j);
}

/** The sums of power spectra: slot (order - 1) J + j, whether or not there are paths of that order and last scale. */
function powerSlots(cascade: CascadeTables, maxOrder: number): { row: number; j: number; power: number }[] {
  const { J } = cascade.filters;
  let power = slotBytes(cascade, -1);
  return Array.from({ length: maxOrder * J }, (_, i) => {
    const slot = { row: 1 + Math.floor(i / J), j: i % J, power };
    power += slotBytes(cascade, slot.j);
    return slot;
  });
}

function slotBytes(cascade: CascadeTables, j: number): number {
  return halfSize(cascade.gridAfter(j)) * cascade.tables.realsBytes;
}

/** The elements of the half of a spectrum that tells those of a real map. */
function halfSize({ rows, columns }: GridTable): number {
  return (Math.floor(rows / 2) + 1) * columns;
}

/** For maps after scale j, the addresses of the weights of all scales from firstJ(j) on. */
export function cachedWeights(cascade: CascadeTables, lowPassAt: LowPassAt): (j: number) => number[] {
  const { tables, filters: { J, height, width } } = cascade;
  const written = new Map<string, number>();
  return (j) => {
    const { rows, columns } = cascade.gridAfter(j);
    const resolution = Math.log2(height / rows);
    // Spectra are kept doubled; the sum over a coarse grid stands for height width samples.
    const factor = height * width / (4 * (rows * columns) ** 2);
    return Array.from({ length: J + 1 - firstJ(j) }, (_, i) => {
      const scale = firstJ(j) + i;
      const key = `${resolution} ${scale}`;
      const known = written.get(key);
      if (known !== undefined) return known;
      const address = tables.reals(halfWeights(lowPassAt(scale, resolution), rows, columns, factor));
      written.set(key, address);
      return address;
    });
  };
}

/** factor |phi|^2 on half of the frequencies, with that of the opposite frequency where only one of the two is there. */
function halfWeights(phi: Float64Array, rows: number, columns: number, factor: number): Float64Array {
  const weights = new Float64Array((Math.floor(rows / 2) + 1) * columns);
  for (let k = 0; 2 * k <= rows; k++) {
    const isAlone = k === 0 || 2 * k === rows;
    for (let l = 0; l < columns; l++) {
      const opposite = isAlone ? 0 : phi[(rows - k) * columns + (columns - l) % columns]!;
      weights[k * columns + l] = factor * (phi[k * columns + l]! ** 2 + opposite ** 2);
    }
  }
  return weights;
}
