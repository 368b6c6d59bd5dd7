/**
 * What the kernels of SVMs read, field by field in the order of their classes in assembly/; a test compares the two.
 *
 * @module
 */

/** The arguments of each job, an export of assembly/index.ts. */
export const svmArguments = {
  gatherRow: ["points", "positions", "rows"],
  kernelStrips: ["points", "rows", "norms", "targets", "items"],
  decide: ["points", "rows", "norms", "count", "classes", "firstPanels", "coefficients", "sums"],
  /** Both read the address of a list of addresses of problems. */
  selectWorkingSet: ["problems"],
  solveWorkingSet: ["problems"],
} as const;

/** A job of the kernels of SVMs. */
export type SvmJob = keyof typeof svmArguments;

/** Points in panels: three words, and a float32. */
export const pointFields = ["panels", "norms", "steps", "scale"] as const;

/** An item of the list of strips. */
export const stripItem = ["firstStrip", "strips", "firstPanel", "panels", "origin"] as const;

/** The problem of two classes: float64 values, and words behind them. */
export const pairDoubles = ["C", "tolerance", "up", "low", "steps"] as const;
export const pairWords = [
  ...[
    "positives",
    "border",
    "negatives",
    "alpha",
    "residual",
    "marks",
    "workingSet",
    "size",
    "strips",
  ] as const,
] as const;
