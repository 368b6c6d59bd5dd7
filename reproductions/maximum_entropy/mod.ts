/**
 * Zhang & Mallat; Brochard, Zhang & Mallat: maximum-entropy models of one field from covariances of its rectified wavelet coefficients. README.md says what is left
 * open and what was chosen.
 *
 * @module
 */
import { mean } from "../../src/numeric/statistics/mean.ts";
import { leastSquaresSlope } from "../../src/numeric/statistics/least_squares_slope.ts";
import {
  type Cell,
  cell,
  type Job,
  jobMaker,
  type Plan,
  type PlanRequest,
  type Reproduction,
} from "../../src/suite/reproduction.ts";
import { concentrationCell, countCells, regressionCell, regressionOrderCell } from "./cells.ts";
import { figures } from "./figures.ts";
import { simulatedFields } from "./method/fields.ts";
import { families, parametersOf } from "./method/parameter_families.ts";
import { fieldSource, readFieldNames } from "./method/read_fields.ts";
import { largeCells, modelCells } from "./model_cells.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { Model, RelativePart, tasks, WatchedProcess } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The models as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "maximum_entropy",
  paper: {
    title: "Maximum Entropy Models from Phase Harmonic Covariances",
    authors: ["Sixin Zhang", "Stéphane Mallat"],
    year: 2021,
    venue: "Applied and Computational Harmonic Analysis 53, 199-230",
    arxiv: "1911.10017",
    doi: "10.1016/j.acha.2021.01.003",
  },
  statement:
    "Covariances of rectified wavelet coefficients, O(log² d) numbers of one image, are enough for samples with its coherent structures; a Gaussian model of the same spectrum has none.",
  datasets: ["physics", "images"],
  profiles,
  figures,
  plan,
};

function plan({ settings, seeds }: PlanRequest<Settings>): Plan {
  const { side, iterations, largeSide, watched, regression, filterSide } = settings;
  const samples = Array.from({ length: seeds }, (_, seed) => seed);
  const models = {
    ...Object.fromEntries(simulatedFields.map((field) => [
      field,
      samples.map((seed) =>
        job("modelSimulated", {
          id: `model/${field}/side=${side.simulated}/seed=${seed}`,
          parameters: { field, side: side.simulated, seed, iterations, isShown: seed === 0 },
        })
      ),
    ])),
    ...Object.fromEntries(readFieldNames.map((field) => [
      field,
      samples.map((seed) =>
        job("modelRead", {
          id: `model/${field}/side=${side.read}/seed=${seed}`,
          parameters: { side: side.read, seed, iterations, isShown: seed === 0 },
          reads: { field: fieldSource(field) },
        })
      ),
    ])),
  } as Record<string, Job<Model>[]>;
  const large: Record<string, Job<Model>[]> = largeSide === null ? {} : {
    turbulence: [job("modelSimulated", {
      id: `model/turbulence/side=${largeSide}/seed=0`,
      parameters: { field: "turbulence", side: largeSide, seed: 0, iterations, isShown: true },
    })],
    dust: [job("modelRead", {
      id: `model/dust/side=${largeSide}/seed=0`,
      parameters: { side: largeSide, seed: 0, iterations, isShown: true },
      reads: { field: fieldSource("dust") },
    })],
  };
  return {
    cells: [
      ...modelCells(models),
      ...largeCells(large),
      ...concentrationCells(watched),
      ...countingCells(),
      ...regressionCells(regression),
    ],
    figureJobs: [job("illustrateFilters", { id: "filters", parameters: { side: filterSide } })],
  };
}

/** Which part of the statistics of a process makes a cell, where it is not all of them. */
const parts: Readonly<Record<string, readonly (readonly [name: string, part: RelativePart])[]>> = {
  ising: [["ising-even", "even"], ["ising-odd", "odd"]],
};

function concentrationCells({ sides, samples, processes }: Settings["watched"]): Cell[] {
  return processes.flatMap((process) => {
    const jobs = sides.map((side) =>
      job("watchProcess", {
        id: `process/${process}/side=${side}`,
        parameters: { process, side, samples },
      })
    );
    return (parts[process] ?? [[process, "all"] as const]).map(([name, part]) =>
      cell(concentrationCell(name), jobs, (results) => {
        const { slope, standardError } = slopeOfDeviations(results, part);
        return { values: [slope + 1 / 2], standardError, unitOfError: "draw" };
      })
    );
  });
}

/** The slope of the log of a deviation against log d. */
export function slopeOfDeviations(
  results: readonly WatchedProcess[],
  part: RelativePart,
): { readonly slope: number; readonly standardError: number } {
  return leastSquaresSlope(
    results.map(({ side }) => 2 * Math.log(side)),
    results.map((result) => Math.log(result[part])),
  );
}

/** The numbers of scales between which counts are compared, all scales paired. */
const countedScales = [5, 18] as const;

/** The reading of the slide that is counted: 256 pixels a side have log2 256 - 2 scales, and neighbouring scales are paired. */
const slideReading = { J: 6, dj: 1 };

function countingCells(): Cell[] {
  const [least, most] = countedScales;
  const counts = [
    job("count", {
      id: "counts",
      parameters: [{ J: least, dj: least }, { J: most, dj: most }, slideReading],
    }),
  ];
  return [
    cell(countCells.exponent, counts, ([totals]) => ({
      values: [Math.log(totals![1]! / totals![0]!) / Math.log(most / least) - 2],
    })),
    cell(countCells.slide, counts, ([totals]) => ({ values: [totals![2]!] })),
  ];
}

function regressionCells({ side, training, testing, splits }: Settings["regression"]): Cell[] {
  return families.flatMap((family) => {
    const jobs = [
      job("regress", { id: `regression/${family}`, parameters: { family, side, training, testing, splits } }),
    ];
    return parametersOf[family].flatMap((parameter, at) => [
      cell(regressionCell(family, parameter), jobs, ([scores]) => ({
        values: [mean(scores!.statistics.map((split) => split[at]!))],
      })),
      cell(regressionOrderCell(family, parameter), jobs, ([scores]) => ({
        values: scores!.spectrum.map((split, i) => split[at]! - scores!.statistics[i]![at]!),
        unitOfError: "draw",
      })),
    ]);
  });
}
