/**
 * Zhang, Khan & Papyan 2025: attention sinks catch tokens, tag them and release them into the residual stream; in a toy
 * transformer by explicit weights and by training, and in a language model. README.md says what the paper leaves open and
 * what was chosen.
 *
 * @module
 */
import type { Job, Measurement, Plan, Reproduction, RunContext } from "../../src/reproduction.ts";
import type { Figure, FigureSource } from "../../src/figure.ts";
import {
  type ConstructionParameters,
  type ConstructionResult,
  runConstruction,
  sharpnesses,
} from "./construction.ts";
import {
  identities,
  type IdentitiesParameters,
  type IdentitiesResult,
  type Identity,
  runIdentities,
} from "./identities.ts";
import { measureStories, storiesJobs, type StoriesParameters, type StoriesResult } from "./language_model.ts";
import { measureStoriesCell } from "./language_model_cells.ts";
import { storiesFigures } from "./language_model_figures.ts";
import { measureToyCell, toyCells } from "./toy_cells.ts";
import { toyFigures } from "./toy_figures.ts";
import { recipeOf, runTraining, type TrainingParameters, type TrainingResult } from "./toy_training.ts";

/** What a job depends on. */
type Parameters = ConstructionParameters | IdentitiesParameters | TrainingParameters | StoriesParameters;

/** What a job found. */
type Result = ConstructionResult | IdentitiesResult | TrainingResult | StoriesResult;

/** Seeds of one training job: as many as are trained side by side. */
const seedsTogether = 4;

/** Catch, tag, release as a reproduction. */
export const reproduction: Reproduction<Parameters, Result> = {
  id: "catch_tag_release",
  paper: {
    title: "Attention Sinks: A 'Catch, Tag, Release' Mechanism for Embeddings",
    authors: ["Stephen Zhang", "Mustafa Khan", "Vardan Papyan"],
    year: 2025,
    venue: "Advances in Neural Information Processing Systems 38",
    arxiv: "2502.00919",
  },
  datasets: ["lm"],
  seeds: { smoke: 1, standard: 10, full: 20 },
  expectedMinutes: { smoke: 0.1, standard: 2, full: 6 },

  jobs(plan: Plan): Job<Parameters>[] {
    return [
      ...analyticJobs(plan),
      ...trainingJobs("all", plan),
      ...trainingJobs("last", plan),
      ...storiesJobs(plan),
    ];
  },

  async run({ parameters }: Job<Parameters>, context: RunContext): Promise<Result> {
    switch (parameters.kind) {
      case "construction":
        return runConstruction(parameters, context);
      case "identities":
        return runIdentities(parameters, context);
      case "training":
        return await runTraining(parameters, context);
      case "stories":
        return await measureStories(context, parameters);
    }
  },

  measure(cell: string, results: readonly Result[]): Measurement {
    const first = results[0]!;
    switch (first.kind) {
      case "construction":
        return { values: [first.errors[sharpnesses.length - 1]!] };
      case "identities":
        return { values: [first.departures[cell.slice("identities/".length) as Identity]] };
      case "training":
        return measureToyCell(cell, results.filter((result) => result.kind === "training"));
      case "stories":
        return measureStoriesCell(cell, results.filter((result) => result.kind === "stories"));
    }
  },

  figures({ results }: FigureSource<Result>): Figure[] {
    const found = results.map(({ result }) => result);
    return [
      ...toyFigures(found.filter((result) => result.kind === "construction" || result.kind === "training")),
      ...storiesFigures(found.filter((result) => result.kind === "stories")),
    ];
  },
};

/** What is computed without training. */
function analyticJobs({ profile }: Plan): Job<Parameters>[] {
  const many = profile === "smoke" ? 20 : 1000;
  return [
    {
      id: "toy/construction",
      cells: ["toy/construction/error"],
      inputs: [],
      datasets: [],
      parameters: { kind: "construction", sequences: many },
    },
    {
      id: "identities",
      cells: identities.map((identity) => `identities/${identity}`),
      inputs: [],
      datasets: [],
      parameters: { kind: "identities", draws: many / 10 },
    },
  ];
}

/** Both trainings, some seeds a job. Smoke trains too briefly for the task to be learnt. */
function trainingJobs(loss: "all" | "last", { profile, seeds }: Plan): Job<Parameters>[] {
  const cells = toyCells(loss, profile !== "smoke");
  const training = recipeOf(loss, profile);
  return Array.from({ length: Math.ceil(seeds / seedsTogether) }, (_, group) => {
    const first = group * seedsTogether;
    const own = Array.from({ length: Math.min(seedsTogether, seeds - first) }, (_, i) => first + i);
    return {
      id: `toy/${loss}/seeds=${own[0]}-${own.at(-1)}`,
      cells,
      inputs: [],
      datasets: [],
      parameters: { kind: "training", training, seeds: own },
    };
  });
}
