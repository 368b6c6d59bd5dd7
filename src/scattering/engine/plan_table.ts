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

/** A plan in the memory of a kernel. */
export interface PlanTable {
  /** The address of a `Plan` of the kernel. */
  readonly address: number;
  /** Into how many parts the work on a group of images is cut. */
  readonly parts: number;
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
  const address = tables.record("Plan", {
    height: plan.height,
    width: plan.width,
    sourceRows: tables.words(plan.sourceRows),
    sourceColumns: tables.words(plan.sourceColumns),
    grid: cascade.grid(0).address,
    outlet: plan.outlet(undefined),
    parts: plan.parts.length,
    partStarts: tables.words(starts),
    nodes: tables.records("Node", nodes),
    energies: plan.energies(undefined, true),
    powerBytes: plan.powerBytes,
  });
  return { address, parts: plan.parts.length };
}
