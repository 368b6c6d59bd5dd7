import type { CascadeTables } from "./cascade_tables.ts";
import type { PathNode } from "./path_tree.ts";

/** What a plan is made of, beside grids and filters. */
export interface PlanParts {
  /** Rows of the images. */
  readonly height: number;
  /** Columns of the images. */
  readonly width: number;
  /** For each padded row the row of the image, or `OUTSIDE`. */
  readonly sourceRows: readonly number[];
  /** For each padded column the column of the image, or `OUTSIDE`. */
  readonly sourceColumns: readonly number[];
  /** The paths of order 1, in parts that different threads may work on. */
  readonly parts: readonly (readonly PathNode[])[];
  /** The address of the `Outlet` of a path; `undefined` is the image itself. */
  outlet(path: PathNode | undefined): number;
  /** The address of the `Energies` that are measured behind a path, perhaps the last one of its part. */
  energies(path: PathNode | undefined, isLast: boolean): number;
  /** Bytes of the power spectra of a thread. */
  readonly powerBytes: number;
}

/** A plan, or consecutive parts of one, in the memory of a kernel. */
export interface PlanSlice {
  /** The address of a `Plan` of the kernel. */
  readonly address: number;
  /** Into how many parts the work on a group of images is cut. */
  readonly parts: number;
}

/** A plan in the memory of a kernel. */
export interface PlanTable extends PlanSlice {
  /**
   * Writes the plan as several that do the same one after another.
   *
   * @param most Parts of each, at most.
   */
  slices(most: number): PlanSlice[];
}

/**
 * Writes a cascade as a list of steps for the kernel.
 *
 * @param cascade Grids and filters.
 * @param plan The images, paths, and what is done with each map.
 * @returns What was written.
 */
export function writePlan(cascade: CascadeTables, plan: PlanParts): PlanTable {
  const { tables } = cascade;
  const starts = [0];
  const nodes: { depth: number; filter: number; outlet: number; energies: number }[] = [];
  const visit = (path: PathNode, lastScale: number, isLast: boolean) => {
    const { children } = path;
    nodes.push({
      depth: path.order,
      filter: cascade.wavelet(lastScale, path.j, path.theta),
      outlet: plan.outlet(path),
      energies: plan.energies(path, isLast && children.length === 0),
    });
    children.forEach((child, i) => visit(child, path.j, isLast && i === children.length - 1));
  };
  for (const part of plan.parts) {
    part.forEach((path, i) => visit(path, -1, i === part.length - 1));
    starts.push(nodes.length);
  }
  const partStarts = tables.words(starts);
  const fields = {
    height: plan.height,
    width: plan.width,
    sourceRows: tables.words(plan.sourceRows),
    sourceColumns: tables.words(plan.sourceColumns),
    grid: cascade.grid(0).address,
    outlet: plan.outlet(undefined),
    nodes: tables.records("Node", nodes),
    energies: plan.energies(undefined, true),
    powerBytes: plan.powerBytes,
  };
  const write = (first: number, parts: number): PlanSlice => ({
    parts,
    address: tables.record("Plan", { ...fields, parts, partStarts: partStarts + first * WORD_BYTES }),
  });
  const all = plan.parts.length;
  return {
    ...write(0, all),
    slices: (most) =>
      Array.from(
        { length: Math.ceil(all / most) },
        (_, i) => write(i * most, Math.min(most, all - i * most)),
      ),
  };
}

/** Bytes of a field of a record. */
const WORD_BYTES = 4;
