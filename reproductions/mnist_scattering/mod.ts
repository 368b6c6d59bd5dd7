/**
 * Bruna & Mallat 2013, Table 4: errors on the 10,000 test digits of MNIST after learning from 300 to 60,000, from
 * pixels, windowed Fourier moduli and scattering of one and two orders. README.md says what the paper leaves open
 * and what was chosen.
 *
 * @module
 */
import { mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { errorDifference, errorRate } from "../../src/suite/error_rates.ts";
import { cell, type Job, jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import { brunaMallat2013 } from "../bruna_mallat_2013.ts";
import { type Column, columns, errorCell, type NetworkRow, networks, orderings, sizes } from "./columns.ts";
import { figures } from "./figures.ts";
import { largestSample } from "./method/balanced_rows.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { Classification, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Table 4 as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "mnist_scattering",
  paper: brunaMallat2013,
  statement:
    "Two orders of scattering classify MNIST with fewer errors than one order, windowed Fourier moduli or pixels.",
  datasets: ["mnist"],
  profiles,
  figures,

  plan({ settings, seeds }) {
    const { largest, network, standIns } = settings;
    const reads = { train: mnist.train.all(standIns.train), test: mnist.test.all(standIns.test) };

    /** A job for each training set of a column. */
    const classifications = (column: Column, n: number): Job<Classification>[] => {
      const { feature, classifier } = column;
      const wide = isWide(column, n);
      return Array.from({ length: n <= largestSample ? seeds : 1 }, (_, sample) => {
        const id = `${errorCell(column, n)}/sample=${sample}`;
        return job(classifier, { id, parameters: { feature, n, sample }, reads, wide });
      });
    };

    /** A job for each training of a network. */
    const trainings = ({ id, n, filters }: NetworkRow): Job<Classification>[] =>
      Array.from({ length: n <= network.everySeedUpTo ? seeds : 1 }, (_, sample) => {
        const parameters = { feature: "x", n, sample, filters, epochs: network.epochs[n]! } as const;
        return job("convnet", { id: `${id}/sample=${sample}`, parameters, reads, wide: n >= 10_000 });
      });

    const measured = columns.flatMap((column) =>
      sizes.filter((n) => n <= largest[column.classifier])
        .map((n) => ({ column, n, jobs: classifications(column, n) }))
    );
    const jobsFor = (column: Column, n: number) =>
      measured.find((other) => other.column === column && other.n === n)?.jobs;

    const errors = measured.map(({ column, n, jobs }) => measureErrors(errorCell(column, n), n, jobs));
    const errorsOfNetworks = networks.filter(({ n }) => n <= network.largest).map((row) =>
      measureErrors(row.id, row.n, trainings(row))
    );
    const differences = orderings.flatMap(({ id, n, lower, upper }) => {
      const jobs = { lower: jobsFor(lower, n), upper: jobsFor(upper, n) };
      if (jobs.lower === undefined || jobs.upper === undefined) return [];
      return [cell(id, { lower: jobs.lower, upper: jobs.upper }, (runs) =>
        errorDifference(
          runs.lower.map(({ mistakes }) => mistakes),
          runs.upper.map(({ mistakes }) => mistakes),
          "draw",
        ))];
    });
    const digit = job("figure7", { id: "figure-7", parameters: {}, reads: { test: reads.test } });
    return { cells: [...errors, ...errorsOfNetworks, ...differences], figureJobs: [digit] };
  },
};

/** The cell with the error of some trainings: on samples of n digits, or of networks that differ in their seeds alone. */
function measureErrors(id: string, n: number, jobs: readonly Job<Classification>[]) {
  const unit = n <= largestSample ? "draw" : "seed";
  return cell(id, jobs, (runs) => errorRate(runs.map(({ mistakes }) => mistakes), unit));
}

/** Whether one training keeps every core busy; two such tasks would not fit into 3 GiB either. */
function isWide({ line, printed }: Column, n: number): boolean {
  return n >= (line === "table4" && printed === "scat2" ? 10_000 : 20_000);
}
