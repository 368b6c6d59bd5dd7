/**
 * Mallat's tables of separation and concentration (Zarka, Guth & Mallat 2021): test errors and Fisher ratios of two-layer
 * networks whose first layer is a tight frame, and of networks behind a scattering, on MNIST and CIFAR-10. README.md says what the
 * paper leaves open and what was chosen.
 *
 * @module
 */
import {
  cifar10,
  type ImageDataset,
  type ImageSource,
  mnist,
} from "../../src/data/sources/labelled_image_sources.ts";
import { difference, errorDifference, errorRate } from "../../src/suite/error_rates.ts";
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
import type { FrameMethod } from "./method/frame_network.ts";
import type { FrameReport } from "./method/frame_report.ts";
import type { SetName } from "./method/image_sets.ts";
import { type FrameRow, profiles, type ScatteringRow, type Settings } from "./profiles.ts";
import type { FrameResult, ScatteringMethod, ScatteringResult, SeparationResult, tasks } from "./run.ts";

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
interface Row<Method, Result extends SeparationResult> {
  /** Its images. */
  readonly set: SetName;
  /** Its name within the table. */
  readonly method: Method;
  /** One a seed. */
  readonly jobs: readonly Job<Result>[];
  /** What is measured of it alone. */
  readonly cells: readonly Cell[];
}

/** A quantity that is printed of several rows of a table. */
type Quantity = "error" | "fisher";

/** What the seeds of a row have of a printed quantity. */
const printed: Readonly<Record<Quantity, (results: readonly SeparationResult[]) => Measurement>> = {
  error: (results) => errorRate(results.map(({ mistakes }) => mistakes), "seed"),
  fisher: (results) => perSeed(results.map(({ fisher }) => fisher.test.ratio)),
};

/** A printed quantity of one row less that of another, seed by seed. */
const differences: Readonly<
  Record<Quantity, (lower: readonly SeparationResult[], upper: readonly SeparationResult[]) => Measurement>
> = {
  error: (lower, upper) =>
    errorDifference(lower.map(({ mistakes }) => mistakes), upper.map(({ mistakes }) => mistakes), "seed"),
  fisher: (lower, upper) => difference(printed.fisher(lower), printed.fisher(upper), "seed"),
};

/** Of whose rows behind a scattering a Fisher ratio is printed beside the error. */
const withFisherRatio: Readonly<Record<SetName, readonly ScatteringMethod[]>> = {
  mnist: [],
  cifar10: ["scat", "1coscat", "jcoscat"],
};

/** How the rows of a data set are printed: those of equal numbers together, the smallest number first. */
interface PrintedOrder<Method> {
  readonly set: SetName;
  readonly quantity: Quantity;
  readonly ranks: readonly (readonly Method[])[];
}

const ordersOfFrames: readonly PrintedOrder<FrameMethod>[] = [
  { set: "mnist", quantity: "error", ranks: [["soft", "relu"], ["x"]] },
  { set: "mnist", quantity: "fisher", ranks: [["x"], ["soft", "relu"]] },
  { set: "cifar10", quantity: "error", ranks: [["relu"], ["soft"], ["x"]] },
  { set: "cifar10", quantity: "fisher", ranks: [["x"], ["soft"], ["relu"]] },
];

const ordersOfScattering: readonly PrintedOrder<ScatteringMethod>[] = [
  { set: "cifar10", quantity: "error", ranks: [["jcoscat"], ["1coscat"], ["scat"]] },
  { set: "cifar10", quantity: "fisher", ranks: [["scat"], ["1coscat"], ["jcoscat"]] },
  // Printed on slides of their own, of the same network.
  { set: "cifar10", quantity: "error", ranks: [["scat-J4"], ["scat"]] },
];

function planTables({ settings, seeds }: PlanRequest<Settings>): Plan {
  const numbers = Array.from({ length: seeds }, (_, seed) => seed);
  const frames = entries(settings.frames).flatMap(([set, rows]) =>
    entries(rows).map(([method, row]) => frameRow(set, method, row, numbers))
  );
  const scattering = entries(settings.scattering).flatMap(([set, rows]) =>
    entries(rows).map(([method, row]) => scatteringRow(set, method, row, numbers))
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
  method: FrameMethod,
  { images, ...choices }: FrameRow,
  seeds: readonly number[],
): Row<FrameMethod, FrameResult> {
  const name = `frames/${set}/${method}`;
  const jobs = seeds.map((seed) =>
    job("frame", {
      id: `${name}/seed=${seed}`,
      parameters: { set, method, seed, ...choices },
      reads: firstImages(set, images),
      wide: true,
    })
  );
  const ofFrame = (measure: (frame: FrameReport) => number) => (results: readonly FrameResult[]) =>
    perSeed(results.map(({ frame }) => measure(frame!)));
  const cells = [
    cell(`${name}/error`, jobs, printed.error),
    cell(`${name}/fisher`, jobs, printed.fisher),
    ...(method === "x" ? [] : [
      cell(`${name}/tightness`, jobs, ofFrame(({ tightness }) => tightness)),
      cell(`${name}/contraction`, jobs, ofFrame(({ contraction }) => contraction)),
    ]),
  ];
  return { set, method, jobs, cells };
}

/** A network behind a scattering: what is printed of it, and how tight the least tight of its frames is. */
function scatteringRow(
  set: SetName,
  method: ScatteringMethod,
  { images, ...choices }: ScatteringRow,
  seeds: readonly number[],
): Row<ScatteringMethod, ScatteringResult> {
  const name = `scattering/${set}/${method}`;
  const jobs = seeds.map((seed) =>
    job("scattering", {
      id: `${name}/seed=${seed}`,
      parameters: { set, method, seed, ...choices },
      reads: firstImages(set, images),
      wide: true,
    })
  );
  const hasFrame = choices.blocks.some(({ atoms }) => atoms > 0);
  const cells = [
    cell(`${name}/error`, jobs, printed.error),
    ...(withFisherRatio[set].includes(method) ? [cell(`${name}/fisher`, jobs, printed.fisher)] : []),
    ...(hasFrame ? [cell(`${name}/tightness`, jobs, leastTight)] : []),
  ];
  return { set, method, jobs, cells };
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
function orderings<Method, Result extends SeparationResult>(
  rows: readonly Row<Method, Result>[],
  orders: readonly PrintedOrder<Method>[],
): Cell[] {
  return orders.flatMap(({ set, quantity, ranks }) => {
    const rowsOfRank = (methods: readonly Method[]) =>
      rows.filter((row) => row.set === set && methods.includes(row.method));
    return ranks.flatMap((methods, rank) =>
      rowsOfRank(methods).flatMap((lower) =>
        ranks.slice(rank + 1).flatMap(rowsOfRank).map((upper) =>
          cell(
            `order/${set}/${quantity}/${lower.method}-${upper.method}`,
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

function perSeed(values: readonly number[]): Measurement {
  return { values, unitOfError: "seed" };
}

/** The tables as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "tight_frame_fisher",
  paper,
  datasets: ["mnist", "cifar-10"],
  profiles,
  plan: planTables,
  figures,
};
