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
import { type Column, columns, errorCell, orderings, sizes } from "./columns.ts";
import { figures } from "./figures.ts";
import { largestSample } from "./method/balanced_rows.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { Classification, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Table 4 as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "mnist_scattering",
  paper: brunaMallat2013,
  datasets: ["mnist"],
  profiles,
  figures,

  plan({ settings, seeds }) {
    const { largest, epochs, standIns } = settings;
    const reads = { train: mnist.train.all(standIns.train), test: mnist.test.all(standIns.test) };

    /** A job for each training set of a column. */
    const classifications = (column: Column, n: number): Job<Classification>[] => {
      const { feature, classifier } = column;
      const wide = isWide(column, n);
      return Array.from({ length: n <= largestSample ? seeds : 1 }, (_, sample) => {
        const id = `${errorCell(column, n)}/sample=${sample}`;
        const parameters = { feature, n, sample };
        if (classifier !== "convnet") return job(classifier, { id, parameters, reads, wide });
        return job("convnet", { id, parameters: { ...parameters, epochs: epochs[n]! }, reads, wide });
      });
    };

    const measured = columns.flatMap((column) =>
      sizes.filter((n) => n <= largest[column.classifier])
        .map((n) => ({ column, n, jobs: classifications(column, n) }))
    );
    const jobsFor = (column: Column, n: number) =>
      measured.find((other) => other.column === column && other.n === n)?.jobs;

    const errors = measured.map(({ column, n, jobs }) =>
      cell(errorCell(column, n), jobs, (runs) => errorRate(runs.map(({ mistakes }) => mistakes), "draw"))
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
    return { cells: [...errors, ...differences], figureJobs: [digit] };
  },
};

/** Whether one training keeps every core busy; two such tasks would not fit into 3 GiB either. */
function isWide({ classifier }: Column, n: number): boolean {
  return n >= (classifier === "convnet" ? 10_000 : 20_000);
}
