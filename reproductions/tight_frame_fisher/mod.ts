/**
 * Mallat's tables of separation and concentration (Zarka, Guth & Mallat 2021): test errors and Fisher ratios of two-layer
 * networks whose first layer is a tight frame, on MNIST and CIFAR-10. README.md says what the paper leaves open and what
 * was chosen.
 *
 * A job is one of several kinds; each kind has a file that says what it depends on, what it gives, and how it is run.
 *
 * @module
 */
import { zarkaGuthMallat2021 } from "../papers.ts";
import type { Figure, FigureSource } from "../../src/figure.ts";
import type { Job, Measurement, Plan, Reproduction, RunContext } from "../../src/reproduction.ts";
import { cellsOfRow, measureCell, type Result } from "./cells.ts";
import { filesOf, type SetName, sets } from "./data.ts";
import { drawFigures } from "./figures.ts";
import { type IdentityParameters, measureIdentity } from "./gaussian_identity.ts";
import type { Method } from "./network.ts";
import { measureRow, type RowParameters } from "./row.ts";
import { isScatteringCell, measureScattering, scatteringJobs } from "./scattering_cells.ts";
import { scatteringFigures } from "./scattering_figures.ts";
import { runScattering, type ScatteringParameters, type ScatteringResult } from "./scattering_row.ts";
import { settingsOf } from "./settings.ts";

/** What a job depends on. */
type Parameters = RowParameters | IdentityParameters | ScatteringParameters;

/** The rows of the table. */
const methods: readonly Method[] = ["x", "soft", "relu"];

/** The tables as a reproduction. */
export const reproduction: Reproduction<Parameters, Result | ScatteringResult> = {
  id: "tight_frame_fisher",
  paper: zarkaGuthMallat2021,
  datasets: ["mnist", "cifar-10"],
  seeds: { smoke: 1, standard: 1, full: 1 },
  expectedMinutes: { smoke: 0.2, standard: 7.5, full: 350 },

  jobs(plan: Plan): Job<Parameters>[] {
    const { profile, seeds } = plan;
    const all = Array.from({ length: seeds }, (_, seed) => seed);
    const rows = (Object.keys(sets) as SetName[]).flatMap((set) =>
      methods.flatMap((method) =>
        all.map((seed): Job<Parameters> => {
          const { dataset } = sets[set];
          const standIn = plan.dataset(dataset).source === "stand-in";
          const settings = settingsOf(profile, set, method);
          return {
            id: `frames/${set}/${method}/seed=${seed}`,
            cells: cellsOfRow(set, method),
            inputs: standIn ? [] : filesOf(set, settings.images),
            datasets: [dataset],
            parameters: { kind: "row", set, method, seed, settings, standIn },
            wide: true,
          };
        })
      )
    );
    const identity = all.map((seed): Job<Parameters> => ({
      id: `identity/seed=${seed}`,
      cells: ["identity/relu-gaussian"],
      inputs: [],
      datasets: [],
      parameters: { kind: "identity", batches: profile === "smoke" ? 2 : 10, seed },
    }));
    return [...rows, ...identity, ...scatteringJobs(plan)];
  },

  async run({ parameters }: Job<Parameters>, context: RunContext): Promise<Result | ScatteringResult> {
    switch (parameters.kind) {
      case "row":
        return await measureRow(parameters, context);
      case "identity":
        return await measureIdentity(parameters, context);
      case "scattering":
        return await runScattering(parameters, context);
    }
  },

  measure(cell: string, results: readonly (Result | ScatteringResult)[]): Measurement {
    return isScatteringCell(cell)
      ? measureScattering(cell, results.filter((result) => result.kind === "scattering"))
      : measureCell(cell, results.filter((result) => result.kind !== "scattering"));
  },

  figures(source: FigureSource<Result | ScatteringResult>): readonly Figure[] {
    const frames = source.results.flatMap(({ job, result }) =>
      result.kind === "scattering" ? [] : [{ job, result }]
    );
    const scattering = source.results.flatMap(({ result }) => result.kind === "scattering" ? [result] : []);
    return [...drawFigures({ ...source, results: frames }), ...scatteringFigures(scattering, source)];
  },
};
