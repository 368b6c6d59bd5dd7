import type { FeatureName } from "./method/features.ts";

/** The two classifiers of features. */
export type ClassifierName = "pca" | "svm";

/** What a column of the printed table is about, apart from the convolutional network. */
export type PrintedFeature = "x" | "wf" | "scat1" | "scat2";

/**
 * The lines of the table. `table4` has every column, scattering with the printed wavelet on a grid of 8 x 8. Scattering stands in
 * three more of them: reduced by a cosine transform along paths, on a grid of 4 x 4, and with elliptic wavelets. What needs no
 * wavelets is the same in all.
 */
export type LineName = "table4" | "table4-cosine" | "table4-4x4" | "table4-elliptic";

/** One column of a line. */
export interface Column {
  /** The line. */
  readonly line: LineName;
  /** What is printed at its head. */
  readonly printed: PrintedFeature;
  /** What digits are described by. */
  readonly feature: FeatureName;
  /** What classifies them. */
  readonly classifier: ClassifierName;
}

/** A convolutional network, which learns features of its own. */
export interface NetworkRow {
  /** The id of the cell with its error. */
  readonly id: string;
  /** The training size. */
  readonly n: number;
  /** Filters of its first convolution. */
  readonly filters: number;
}

/** The training sizes of Table 4. */
export const sizes: readonly number[] = [300, 1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000];

const features = ["x", "wf", "scat1", "scat2"] as const;
const scatterings = ["scat1", "scat2"] as const;
const classifiers = ["pca", "svm"] as const;

/** The lines that have columns of scattering alone. */
const otherLines = [
  { line: "table4-cosine", kind: "cosine" },
  { line: "table4-4x4", kind: "4x4" },
  { line: "table4-elliptic", kind: "elliptic" },
] as const;

/** The columns of all lines. */
export const columns: readonly Column[] = [
  ...features.flatMap((feature) =>
    classifiers.map((classifier): Column => ({ line: "table4", printed: feature, feature, classifier }))
  ),
  ...otherLines.flatMap(({ line, kind }) =>
    scatterings.flatMap((printed) =>
      classifiers.map((classifier): Column => ({
        line,
        printed,
        feature: `${printed}-${kind}`,
        classifier,
      }))
    )
  ),
];

/** The size from which on the column of the network has the wider one. */
const wideFrom = 10_000;
const narrow = 16;
const wide = 32;

/** The column of the network, the size at which it changes with both widths. */
export const networks: readonly NetworkRow[] = [
  ...sizes.map((n) => ({ id: `table4/n=${n}/convnet`, n, filters: n < wideFrom ? narrow : wide })),
  { id: `table4/n=${wideFrom}/convnet-${narrow}`, n: wideFrom, filters: narrow },
];

/** The id of the cell with the error of a column. */
export function errorCell({ line, printed, classifier }: Column, n: number): string {
  return `${line}/n=${n}/${printed}/${classifier}`;
}

/** What the table prints of two columns: one has fewer errors than the other. */
export interface Ordering {
  /** The id of its cell. */
  readonly id: string;
  /** The training size. */
  readonly n: number;
  /** The column with fewer errors. */
  readonly lower: Column;
  /** The column with more. */
  readonly upper: Column;
}

/**
 * Where the printed errors of the two classifiers of a feature cross: the PCA has fewer up to one size, the SVM from another one
 * on. At sizes between the two they are equal.
 */
const crossings: Readonly<Record<PrintedFeature, { readonly pcaUpTo: number; readonly svmFrom: number }>> = {
  x: { pcaUpTo: 2000, svmFrom: 5000 },
  wf: { pcaUpTo: 300, svmFrom: 2000 },
  scat1: { pcaUpTo: 2000, svmFrom: 10_000 },
  scat2: { pcaUpTo: 10_000, svmFrom: 20_000 },
};

/** With an SVM the windowed Fourier transform is printed ahead of the first order at fewer digits. */
const firstOrderAheadFrom = { pca: 300, svm: 2000 } as const;

/** The features in the order of their printed errors with one classifier, that with the fewest first. */
function rankFeatures(classifier: ClassifierName, n: number): readonly PrintedFeature[] {
  return n >= firstOrderAheadFrom[classifier] ? ["scat2", "scat1", "wf", "x"] : ["scat2", "wf", "scat1", "x"];
}

/** Every pair of a ranking, the better one first. */
function pairs<Item>(ranking: readonly Item[]): (readonly [Item, Item])[] {
  return ranking.flatMap((lower, i) => ranking.slice(i + 1).map((upper) => [lower, upper] as const));
}

/** The column that a line compares: its own, or that of `table4` for what needs no wavelets. */
function findColumn(line: LineName, printed: PrintedFeature, classifier: ClassifierName): Column {
  const named = columns.filter((column) => column.printed === printed && column.classifier === classifier);
  return named.find((column) => column.line === line) ?? named[0]!;
}

/** Whether an ordering of features is another one on this line: what needs no wavelets is compared in `table4` alone. */
function isOwn(line: LineName, ...printed: readonly PrintedFeature[]): boolean {
  return line === "table4" || scatterings.some((feature) => printed.includes(feature));
}

function orderingsOfLine(line: LineName, prefix: string, n: number): Ordering[] {
  const betweenFeatures = classifiers.flatMap((classifier) =>
    pairs(rankFeatures(classifier, n)).filter((pair) => isOwn(line, ...pair)).map(([lower, upper]) => ({
      id: `${prefix}/n=${n}/${lower}-${upper}/${classifier}`,
      n,
      lower: findColumn(line, lower, classifier),
      upper: findColumn(line, upper, classifier),
    }))
  );
  const betweenClassifiers = features.filter((feature) => isOwn(line, feature)).flatMap((feature) => {
    const { pcaUpTo, svmFrom } = crossings[feature];
    if (n > pcaUpTo && n < svmFrom) return [];
    const lower = n <= pcaUpTo ? "pca" : "svm";
    const upper = n <= pcaUpTo ? "svm" : "pca";
    return [{
      id: `${prefix}/n=${n}/${feature}/${lower}-${upper}`,
      n,
      lower: findColumn(line, feature, lower),
      upper: findColumn(line, feature, upper),
    }];
  });
  return [...betweenFeatures, ...betweenClassifiers];
}

/**
 * Every ordering of the printed table between two columns that differ in one thing, the feature or the classifier, for each line
 * that has both. Equal printed errors are no ordering. The network differs from every other column in both, so that no ordering
 * names it.
 */
export const orderings: readonly Ordering[] = sizes.flatMap((n) => [
  ...orderingsOfLine("table4", "order", n),
  ...otherLines.flatMap(({ line, kind }) => orderingsOfLine(line, `order-${kind}`, n)),
]);
