import type { FeatureName } from "./features.ts";

/** The two classifiers of features; a convolutional network learns its own. */
export type ClassifierName = "pca" | "svm" | "convnet";

/** The lines of the table: its own, and the scattering columns with the isotropic wavelet that the paper prints. */
export type TableName = "table4" | "table4-iso";

/** One column of a line. */
export interface Column {
  readonly table: TableName;
  /** As in the cell: `scat2/pca`. */
  readonly name: string;
  readonly feature: FeatureName;
  readonly classifier: ClassifierName;
}

/** The training sizes of Table 4. */
export const sizes: readonly number[] = [300, 1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000];

const classifiers = ["pca", "svm"] as const;

/** The columns of both lines. */
export const columns: readonly Column[] = [
  ...(["x", "wf", "scat1", "scat2"] as const).flatMap((feature) =>
    classifiers.map((classifier): Column => {
      return { table: "table4", name: `${feature}/${classifier}`, feature, classifier };
    })
  ),
  { table: "table4", name: "convnet", feature: "x", classifier: "convnet" },
  ...(["scat1", "scat2"] as const).flatMap((feature) =>
    classifiers.map((classifier): Column => ({
      table: "table4-iso",
      name: `${feature}/${classifier}`,
      feature: `${feature}-iso`,
      classifier,
    }))
  ),
];

/** The id of a cell of the table. */
export function cellOf({ table, name }: Column, n: number): string {
  return `${table}/n=${n}/${name}`;
}

/** A claim that one column has fewer errors than another. */
export interface Ordering {
  /** What the cell is called behind `order/n=.../`. */
  readonly name: string;
  readonly fewer: string;
  readonly more: string;
  readonly holds: (n: number) => boolean;
}

/** Orderings of the printed table, each at the sizes at which it holds there. */
export const orderings: readonly Ordering[] = [
  ...classifiers.flatMap((classifier): Ordering[] =>
    [["scat2", "scat1"], ["scat1", "wf"], ["wf", "x"]].map(([fewer, more]) => ({
      name: `${fewer}-${more}/${classifier}`,
      fewer: `${fewer}/${classifier}`,
      more: `${more}/${classifier}`,
      // With an SVM the windowed Fourier transform is ahead of the first order at 300 and 1000.
      holds: (n) => classifier === "pca" || fewer !== "scat1" || n >= 2000,
    }))
  ),
  ...["scat1", "scat2"].flatMap((feature): Ordering[] => [
    {
      name: `${feature}/pca-svm`,
      fewer: `${feature}/pca`,
      more: `${feature}/svm`,
      holds: (n) => n <= 2000,
    },
    {
      name: `${feature}/svm-pca`,
      fewer: `${feature}/svm`,
      more: `${feature}/pca`,
      holds: (n) => n >= 20_000,
    },
  ]),
];
