import type { KernelRecord } from "../../compute/kernel_record.ts";
import type { CascadeTables } from "./cascade_tables.ts";
import { SPECTRUM_FULL, SPECTRUM_HALF, SPECTRUM_NONE } from "./kernel_constants.ts";
import type { layout } from "./layout.ts";
import type { PathNode } from "./path_tree.ts";

/** How the cotangents of a map come back to it. */
export interface AdjointOutletTable {
  /** The address of an `AdjointOutlet` of the kernel. */
  readonly address: number;
  /** Whether they come to its spectrum, and not only to the map. */
  readonly isSpectral: boolean;
  /** Whether its own spectrum takes part, up to half of the rows. */
  readonly needsSpectrum: boolean;
}

/** What the gradient of a cascade is made of, beside grids and filters. */
export interface AdjointParts {
  /** The paths of order 1, in parts that different threads may work on. */
  readonly parts: readonly (readonly PathNode[])[];
  /** How cotangents come back to the map of a path; `undefined` is the image itself. */
  outlet(path: PathNode | undefined): AdjointOutletTable;
}

/** The gradient of a cascade in the memory of a kernel. */
export interface AdjointTable {
  /** The address of an `AdjointPlan` of the kernel. */
  readonly address: number;
  /** Into how many parts the work on a group of images is cut. */
  readonly parts: number;
  /** Bytes of what comes back through the first wavelets, of a group of images. */
  readonly keptBytes: number;
}

/**
 * Writes the gradient of a cascade as a list of steps for the kernel.
 *
 * @param cascade Grids and filters.
 * @param plan The paths, and how cotangents come back to their maps.
 * @returns What was written.
 */
export function writeAdjoint(cascade: CascadeTables, plan: AdjointParts): AdjointTable {
  const { tables } = cascade;
  const starts = [0];
  const nodes: KernelRecord<(typeof layout)["AdjointNode"]>[] = [];
  let keptBytes = 0;
  const visit = (path: PathNode, lastScale: number) => {
    const { address, isSpectral, needsSpectrum } = plan.outlet(path);
    const goesOn = path.children.length > 0;
    nodes.push({
      depth: path.order,
      filter: cascade.wavelet(lastScale, path.j, path.theta),
      spectrum: goesOn ? SPECTRUM_FULL : needsSpectrum ? SPECTRUM_HALF : SPECTRUM_NONE,
      isSpectral: Number(goesOn || isSpectral),
      outlet: address,
      kept: keptBytes,
    });
    if (path.order === 1) {
      const { rows, columns } = cascade.gridAfter(path.j);
      keptBytes += rows * columns * tables.elementBytes;
    }
    for (const child of path.children) visit(child, path.j);
  };
  for (const part of plan.parts) {
    for (const path of part) visit(path, -1);
    starts.push(nodes.length);
  }
  const address = tables.record("AdjointPlan", {
    outlet: plan.outlet(undefined).address,
    partStarts: tables.words(starts),
    nodes: tables.records("AdjointNode", nodes),
    count: nodes.length,
  });
  return { address, parts: plan.parts.length, keptBytes };
}
