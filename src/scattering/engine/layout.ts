/**
 * The records that the kernel reads, field by field in the order of the classes of assembly/layout.ts, which says what
 * they mean; a test compares the two. Every field is a 32-bit word: a number, or the address of something else.
 *
 * @module
 */

/** The records by name. */
export const layout = {
  Pass: ["radix", "rest", "done", "twiddles", "roots"],
  Transform: ["length", "passes", "first"],
  Grid: ["rows", "columns", "step", "along", "across", "rowBlock", "columnBlock"],
  Group: ["sources", "count", "offsets", "values"],
  Block: ["row", "rows", "groups", "first"],
  Filter: ["grid", "blocks", "first"],
  LowPass: ["rows", "columns", "rowMatrix", "columnMatrix"],
  Smoother: ["filter", "first", "stride", "rows", "columns"],
  Outlet: ["spectrum", "lowPass", "smoother", "output", "power"],
  Energy: ["power", "count", "weights"],
  Energies: ["count", "first", "result"],
  Node: ["depth", "filter", "outlet", "energies"],
  Plan: [
    ...["height", "width", "sourceRows", "sourceColumns", "grid", "outlet"] as const,
    ...["parts", "partStarts", "nodes", "energies", "powerBytes"] as const,
  ],
  Work: ["image", "fold", "transform", "real", "packed", "lowRows", "low", "map", "power", "spectra"],
  Job: [
    ...["plan", "works", "images", "output", "outputStep", "scales"] as const,
    ...["spectra", "spectrumBytes", "energies", "energyBytes"] as const,
  ],
  AdjointOutlet: ["lowPass", "smoother", "cotangent", "energies", "step", "weights"],
  AdjointNode: ["depth", "filter", "spectrum", "isSpectral", "outlet", "kept"],
  AdjointPlan: ["outlet", "partStarts", "nodes", "count"],
  AdjointWork: ["low", "lowRows", "real", "path", "maps", "sums", "image"],
  AdjointJob: [
    ...["forward", "plan", "works", "cotangents", "count", "scales"] as const,
    ...["kept", "keptBytes", "gradients", "firstPart", "parts"] as const,
  ],
  Sheet: ["rows", "columns", "groups", "step", "block", "along", "across"],
  SheetWork: ["lines", "moved", "transform", "real", "packed"],
  SheetJob: [
    ...["works", "source", "spectrum", "filter", "values"] as const,
    ...["target", "map", "spectrumOut", "lowPass", "lowRows", "output"] as const,
    ...["image", "width", "sourceRows", "sourceColumns", "scale"] as const,
    ...["keptFirst", "keptStride", "keptRows", "keptColumns"] as const,
  ],
} as const;

/** The name of a record. */
export type RecordName = keyof typeof layout;
