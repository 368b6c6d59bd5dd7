/**
 * Mallat's tables of separation and concentration (Zarka, Guth & Mallat 2021): test errors and Fisher ratios of two-layer
 * networks whose first layer is a tight frame, and of networks behind a scattering, on MNIST and CIFAR-10. README.md says what the
 * paper leaves open and what was chosen.
 *
 * @module
 */
import { pairedJackknifeError } from "../../src/classify/fisher/jackknife.ts";
import {
  cifar10,
  type ImageDataset,
  type ImageSource,
  mnist,
} from "../../src/data/sources/labelled_image_sources.ts";
import { difference, errorDifference, errorRate, perSeed } from "../../src/suite/error_rates.ts";
import {
  type Cell,
  cell,
  type Job,
  jobMaker,
  type Measurement,
  type Paper,
  type Plan,
  type PlanRequest,
  type Reproduction,
} from "../../src/suite/reproduction.ts";
import { figures } from "./figures.ts";
import type { FisherReports } from "./method/fisher_report.ts";
import type { FrameReport } from "./method/frame_report.ts";
import type { SetName } from "./method/image_sets.ts";
import { type FrameRow, profiles, type ScatteringRow, type Settings } from "./profiles.ts";
import type {
  FrameResult,
  FrameRowName,
  ScatteringResult,
  ScatteringRowName,
  SeparationResult,
  tasks,
} from "./run.ts";

const paper: Paper = {
  title: "Separation and Concentration in Deep Networks",
  authors: ["John Zarka", "Florentin Guth", "Stéphane Mallat"],
  year: 2021,
  venue: "International Conference on Learning Representations",
  arxiv: "2012.10424",
};

const job = jobMaker<typeof tasks>();

/** Where the images of a job come from. */
const sources: Readonly<Record<SetName, ImageDataset>> = { mnist, cifar10 };

/** A row of a table: one network, trained once a seed. */
interface Row<Name, Result extends SeparationResult> {
  /** Its images. */
  readonly set: SetName;
  /** Its name within the table. */
  readonly name: Name;
  /** One a seed. */
  readonly jobs: readonly Job<Result>[];
  /** What is measured of it alone. */
  readonly cells: readonly Cell[];
}

/** A quantity that is printed of several rows of a table. */
type Quantity = "error" | "fisher";

/** The Fisher ratio of the test images. */
type TestedRatio = FisherReports["test"];

/** What the seeds of a row have of a printed quantity. */
const printed: Readonly<Record<Quantity, (results: readonly SeparationResult[]) => Measurement>> = {
  error: (results) => errorRate(results.map(({ mistakes }) => mistakes), "seed"),
  fisher: (results) => measureFisher(results, ({ ratio }) => ratio),
};

/** A printed quantity of one row less that of another, seed by seed. */
const differences: Readonly<
  Record<Quantity, (lower: readonly SeparationResult[], upper: readonly SeparationResult[]) => Measurement>
> = {
  error: (lower, upper) =>
    errorDifference(lower.map(({ mistakes }) => mistakes), upper.map(({ mistakes }) => mistakes), "seed"),
  fisher: (lower, upper) => {
    const { values } = difference(printed.fisher(lower), printed.fisher(upper), "seed");
    if (values.length !== 1) return { values, unitOfError: "seed" };
    const [one, other] = [lower[0]!, upper[0]!].map(({ fisher }) => fisher.test.jackknife);
    return { values, standardError: pairedJackknifeError(one!, other!), unitOfError: "test item" };
  },
};

/** The Fisher ratio with a factor of Sigma_B; that of a single seed has the standard error over test images. */
function measureFisher(
  results: readonly SeparationResult[],
  ratioOf: (test: TestedRatio) => number,
): Measurement {
  const values = results.map(({ fisher }) => ratioOf(fisher.test));
  if (values.length !== 1) return { values, unitOfError: "seed" };
  const { ratio, standardError } = results[0]!.fisher.test;
  return { values, standardError: standardError * values[0]! / ratio, unitOfError: "test item" };
}

/** The Fisher ratio with either factor of Sigma_B, which of them is printed being open: 1/C, and 1/(C - 1). */
function fisherCells(name: string, jobs: readonly Job<SeparationResult>[]): Cell[] {
  return [
    cell(`${name}/fisher`, jobs, printed.fisher),
    cell(`${name}/fisher-unbiased`, jobs, (results) => measureFisher(results, ({ unbiased }) => unbiased)),
  ];
}

/** JCoScat, and the same with one of its reductions halved. */
const jcoscats = [
  "jcoscat",
  "jcoscat-channels-x2",
  "jcoscat-atoms-x2",
  "jcoscat-epochs-x2",
] as const satisfies ScatteringRowName[];

/** ReLU, and the same with another beta. */
const relus = ["relu", "relu-authors-beta"] as const satisfies FrameRowName[];

/** Of whose rows behind a scattering a Fisher ratio is printed beside the error. */
const withFisherRatio: Readonly<Record<SetName, readonly ScatteringRowName[]>> = {
  mnist: [],
  cifar10: ["scat", "1coscat", ...jcoscats],
};

/** How the rows of a data set are printed: those of equal numbers together, and variants of a row with it; the smallest number first. */
interface PrintedOrder<Name> {
  readonly set: SetName;
  readonly quantity: Quantity;
  readonly ranks: readonly (readonly Name[])[];
}

const ordersOfFrames: readonly PrintedOrder<FrameRowName>[] = [
  { set: "mnist", quantity: "error", ranks: [["soft", "relu"], ["x"]] },
  { set: "mnist", quantity: "fisher", ranks: [["x"], ["soft", "relu"]] },
  { set: "cifar10", quantity: "error", ranks: [relus, ["soft"], ["x"]] },
  { set: "cifar10", quantity: "fisher", ranks: [["x"], ["soft"], relus] },
];

const ordersOfScattering: readonly PrintedOrder<ScatteringRowName>[] = [
  { set: "cifar10", quantity: "error", ranks: [jcoscats, ["1coscat"], ["scat"]] },
  { set: "cifar10", quantity: "fisher", ranks: [["scat"], ["1coscat"], jcoscats] },
  // Printed on slides of their own, of the same network.
  { set: "cifar10", quantity: "error", ranks: [["scat-J4"], ["scat"]] },
];

function planTables({ settings, seeds }: PlanRequest<Settings>): Plan {
  const numbers = Array.from({ length: seeds }, (_, seed) => seed);
  const frames = entries(settings.frames).flatMap(([set, rows]) =>
    entries(rows).map(([name, row]) => frameRow(set, name, row, numbers))
  );
  const scattering = entries(settings.scattering).flatMap(([set, rows]) =>
    entries(rows).map(([name, row]) => scatteringRow(set, name, row, numbers))
  );
  return {
    cells: [
      ...frames.flatMap(({ cells }) => cells),
      ...orderings(frames, ordersOfFrames),
      ...scattering.flatMap(({ cells }) => cells),
      ...orderings(scattering, ordersOfScattering),
    ],
  };
}

/** A two-layer network: what is printed of it, and what holds of its frame. */
function frameRow(
  set: SetName,
  row: FrameRowName,
  { images, ...choices }: FrameRow,
  seeds: readonly number[],
): Row<FrameRowName, FrameResult> {
  const name = `frames/${set}/${row}`;
  const jobs = seeds.map((seed) =>
    job("frame", {
      id: `${name}/seed=${seed}`,
      parameters: { set, row, seed, ...choices },
      reads: firstImages(set, images),
      wide: true,
    })
  );
  const ofFrame = (measure: (frame: FrameReport) => number) => (results: readonly FrameResult[]) =>
    perSeed(results.map(({ frame }) => measure(frame!)));
  const cells = [
    cell(`${name}/error`, jobs, printed.error),
    ...fisherCells(name, jobs),
    ...(choices.method === "x" ? [] : [
      cell(`${name}/tightness`, jobs, ofFrame(({ tightness }) => tightness)),
      cell(`${name}/contraction`, jobs, ofFrame(({ contraction }) => contraction)),
    ]),
  ];
  return { set, name: row, jobs, cells };
}

/** A network behind a scattering: what is printed of it, and how tight the least tight of its frames is. */
function scatteringRow(
  set: SetName,
  row: ScatteringRowName,
  { images, ...choices }: ScatteringRow,
  seeds: readonly number[],
): Row<ScatteringRowName, ScatteringResult> {
  const name = `scattering/${set}/${row}`;
  const jobs = seeds.map((seed) =>
    job("scattering", {
      id: `${name}/seed=${seed}`,
      parameters: { set, row, seed, ...choices },
      reads: firstImages(set, images),
      wide: true,
    })
  );
  const hasFrame = choices.blocks.some(({ atoms }) => atoms > 0);
  const cells = [
    cell(`${name}/error`, jobs, printed.error),
    ...(withFisherRatio[set].includes(row) ? fisherCells(name, jobs) : []),
    ...(hasFrame ? [cell(`${name}/tightness`, jobs, leastTight)] : []),
  ];
  return { set, name: row, jobs, cells };
}

function leastTight(results: readonly ScatteringResult[]): Measurement {
  return perSeed(results.map(({ tightness }) => Math.max(...tightness)));
}

function firstImages(
  set: SetName,
  { train, test }: FrameRow["images"],
): Record<"train" | "test", ImageSource> {
  return { train: sources[set].train.first(train), test: sources[set].test.first(test) };
}

/** Every pair of rows whose numbers are printed in an order; of rows that are there alone. */
function orderings<Name, Result extends SeparationResult>(
  rows: readonly Row<Name, Result>[],
  orders: readonly PrintedOrder<Name>[],
): Cell[] {
  return orders.flatMap(({ set, quantity, ranks }) => {
    const rowsOfRank = (names: readonly Name[]) =>
      rows.filter((row) => row.set === set && names.includes(row.name));
    return ranks.flatMap((names, rank) =>
      rowsOfRank(names).flatMap((lower) =>
        ranks.slice(rank + 1).flatMap(rowsOfRank).map((upper) =>
          cell(
            `order/${set}/${quantity}/${lower.name}-${upper.name}`,
            { lower: lower.jobs, upper: upper.jobs },
            ({ lower, upper }) => differences[quantity](lower, upper),
          )
        )
      )
    );
  });
}

/** Names of a record with what they stand for; the compiler forgets the names. */
function entries<Name extends string, Value>(
  record: Readonly<Partial<Record<Name, Value>>>,
): [Name, Value][] {
  return Object.entries(record) as [Name, Value][];
}

/** The tables as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "tight_frame_fisher",
  paper,
  statement:
    "A learned tight frame with a threshold separates classes: the Fisher ratio grows and a linear classifier errs less.",
  datasets: ["mnist", "cifar-10"],
  profiles,
  plan: planTables,
  figures,
};
