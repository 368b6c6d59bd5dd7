/**
 * Bruna & Mallat 2013, Table 4: errors on the 10,000 test digits of MNIST after learning from 300 to 60,000, from
 * pixels, windowed Fourier moduli and scattering of one and two orders. README.md says what the paper leaves open
 * and what was chosen.
 *
 * @module
 */
import { brunaMallat2013 } from "../papers.ts";
import type { Figure, FigureSource } from "../../src/figure.ts";
import type { Job, Measurement, Plan, Profile, Reproduction, RunContext } from "../../src/reproduction.ts";
import { classifyByConvnet, epochsOf } from "./convnet.ts";
import { difference, type ErrorCount, errorRate } from "../error_rates.ts";
import { type ImageCounts, inputFiles } from "../image_sets.ts";
import { largestDrawn } from "./draws.ts";
import { type DigitCoefficients, figure7, scatterThree } from "./figure_7.ts";
import { errorByTrainingSize, filters } from "./figures.ts";
import { classifyByPca } from "./pca.ts";
import { classifyBySvm, countDifferent } from "./svm.ts";
import { cellOf, type Column, columns, type Ordering, orderings, sizes } from "./table.ts";
import { loadTask } from "./task.ts";

/** What one job does: it measures one column after one training set, or it scatters the digit of figure 7. */
type Parameters = ColumnParameters | { readonly figure7: true; readonly standIns: ImageCounts | null };

type ColumnParameters = {
  readonly column: Column;
  readonly n: number;
  readonly draw: number;
  /** Of the convolutional network. */
  readonly epochs: number;
  readonly standIns: ImageCounts | null;
};

/** What a job found. */
type Result = ColumnResult | DigitCoefficients;

type ColumnResult = ErrorCount & {
  readonly cell: string;
  /** What cross-validation chose. */
  readonly chosen: Readonly<Record<string, number>>;
};

/** The largest training set of each column. */
const largest: Record<Profile, (column: Column) => number> = {
  smoke: () => 300,
  standard: ({ classifier }) => classifier === "pca" ? 10_000 : 5000,
  full: () => 60_000,
};

/** Whether one training keeps every core busy; two such tasks would not fit into 3 GiB either. */
function isWide({ classifier }: Column, n: number): boolean {
  return n >= (classifier === "convnet" ? 10_000 : 20_000);
}

/** Digits that are drawn where MNIST is not read. */
const drawn: Record<Profile, ImageCounts> = {
  smoke: { train: 330, test: 200 },
  standard: { train: 10_000, test: 10_000 },
  full: { train: 60_000, test: 10_000 },
};

/** Table 4 as a reproduction. */
export const reproduction: Reproduction<Parameters, Result> = {
  id: "mnist_scattering",
  paper: brunaMallat2013,
  datasets: ["mnist"],
  seeds: { smoke: 1, standard: 3, full: 5 },
  expectedMinutes: { smoke: 0.1, standard: 5, full: 120 },

  jobs({ profile, seeds, dataset }: Plan): Job<Parameters>[] {
    const standIns = dataset("mnist").source === "stand-in" ? drawn[profile] : null;
    const inputs = inputFiles("mnist", standIns);
    const drawing = { id: "figure-7", cells: [], inputs, parameters: { figure7: true, standIns } as const };
    const measuring = columns.flatMap((column) =>
      sizes.filter((n) => n <= largest[profile](column)).flatMap((n) =>
        Array.from({ length: n <= largestDrawn ? seeds : 1 }, (_, draw) => {
          const cell = cellOf(column, n);
          const cells = [cell, ...orderingCells(column, n, profile)];
          const epochs = profile === "smoke" ? 5 : epochsOf[n]!;
          const parameters = { column, n, draw, epochs, standIns };
          return { id: `${cell}/draw=${draw}`, cells, inputs, parameters, wide: isWide(column, n) };
        })
      )
    );
    return [...measuring, drawing];
  },

  async run({ parameters }: Job<Parameters>, context: RunContext): Promise<Result> {
    if ("figure7" in parameters) return await scatterThree(parameters.standIns, context);
    const { column, n, draw, epochs, standIns } = parameters;
    const { feature, classifier } = column;
    const task = await loadTask({ feature, n, draw, standIns }, context);
    const folds = context.rng(`mnist_scattering/folds of ${n}`, draw);
    const { labels, ...chosen } = classifier === "pca"
      ? await classifyByPca(task, feature, folds, context.threads)
      : classifier === "svm"
      ? await classifyBySvm(task, folds, context.threads)
      : { labels: await classifyByConvnet(task, epochs, draw, context) };
    const errors = countDifferent(labels, task.test.labels);
    return { cell: cellOf(column, n), errors, tested: labels.length, chosen };
  },

  measure(cell: string, found: readonly Result[]): Measurement {
    const results = found.filter((result) => "errors" in result);
    if (!cell.startsWith("order/")) {
      return errorRate(results.filter((result) => result.cell === cell), "draw");
    }
    const ordering = orderings.find(({ name }) => cell.endsWith(`/${name}`))!;
    const [fewer, more] = [ordering.fewer, ordering.more].map((name) =>
      errorRate(results.filter((result) => result.cell.endsWith(`/${name}`)), "draw")
    ) as [Measurement, Measurement];
    return difference(fewer, more, "draw");
  },

  figures(source: FigureSource<Result>): Figure[] {
    const digits = source.results.map(({ result }) => result).filter((result) => "digit" in result);
    return [errorByTrainingSize(source), filters(), ...digits.map(figure7)];
  },
};

/** The orderings that a column takes part in and whose other column is measured as well. */
function orderingCells(column: Column, n: number, profile: Profile): string[] {
  if (column.table !== "table4") return [];
  const isMeasured = (name: string) =>
    n <= largest[profile](columns.find((other) => other.table === "table4" && other.name === name)!);
  return orderings
    .filter(({ fewer, more, holds }: Ordering) => holds(n) && [fewer, more].includes(column.name))
    .filter(({ fewer, more }) => isMeasured(fewer) && isMeasured(more))
    .map(({ name }) => `order/n=${n}/${name}`);
}
