/**
 * Raghu et al.: accuracy of deep random hard-tanh networks of which exactly one hidden layer is trained, against the
 * layer (Figures 6 and 7), and what explains it: trajectory length and dichotomies. README.md says what the paper leaves
 * open and what was chosen.
 *
 * @module
 */
import { type ImageCounts, inputFiles } from "../image_sets.ts";
import { surveyOfExpressivity2016 } from "../papers.ts";
import type { Figure, FigureSource } from "../../src/figure.ts";
import type { Job, Plan, Profile, Reproduction, RunContext } from "../../src/reproduction.ts";
import { runDichotomies, runTrajectories } from "./companions.ts";
import { drawFigures } from "./figures.ts";
import { measureCell, type Result } from "./measure.ts";
import {
  cellsOf,
  dichotomyCells,
  type Extent,
  extents,
  type Setting,
  settingsOf,
  trajectories,
  trajectoryCell,
} from "./protocol.ts";
import { runSweep } from "./sweep.ts";

/** What one job measures: one seed of one experiment. */
type Parameters =
  & { readonly seed: number }
  & (
    | { readonly kind: "sweep"; readonly setting: Setting; readonly standIns: ImageCounts | null }
    | { readonly kind: "trajectories"; readonly extent: Extent["trajectories"] }
    | { readonly kind: "dichotomies"; readonly extent: Extent["dichotomies"] }
  );

/** Digits that are drawn where a data set is not read. */
const drawn: Record<Profile, ImageCounts> = {
  smoke: { train: 640, test: 200 },
  standard: { train: 20_000, test: 2000 },
  full: { train: 20_000, test: 2000 },
};

/** Figures 1, 5, 6 and 7 as a reproduction. */
export const reproduction: Reproduction<Parameters, Result> = {
  id: "layer_training_sweep",
  paper: surveyOfExpressivity2016,
  datasets: ["mnist", "cifar-10"],
  seeds: { smoke: 1, standard: 3, full: 5 },
  expectedMinutes: { smoke: 0.1, standard: 2, full: 35 },

  jobs({ profile, seeds, dataset }: Plan): Job<Parameters>[] {
    const { trajectories: circles, dichotomies } = extents[profile];
    return Array.from({ length: seeds }, (_, seed): Job<Parameters>[] => [
      ...settingsOf(profile, seed).map((setting): Job<Parameters> => {
        const standIns = dataset(setting.dataset).source === "stand-in" ? drawn[profile] : null;
        return {
          id: `${setting.experiment}/seed=${seed}`,
          cells: cellsOf(setting),
          inputs: inputFiles(setting.dataset, standIns),
          datasets: [setting.dataset],
          parameters: { kind: "sweep", seed, setting, standIns },
        };
      }),
      {
        id: `trajectory/seed=${seed}`,
        cells: trajectories.weightVariances.flatMap((weightVariance) =>
          trajectories.widths.map((width) => trajectoryCell(weightVariance, width))
        ),
        inputs: [],
        datasets: [],
        parameters: { kind: "trajectories", seed, extent: circles },
      },
      {
        id: `dichotomies/seed=${seed}`,
        cells: dichotomyCells,
        inputs: [],
        datasets: [],
        parameters: { kind: "dichotomies", seed, extent: dichotomies },
      },
    ]).flat();
  },

  async run({ parameters }: Job<Parameters>, context: RunContext): Promise<Result> {
    const { kind, seed } = parameters;
    if (kind === "trajectories") return await runTrajectories(parameters.extent, seed, context);
    if (kind === "dichotomies") return await runDichotomies(parameters.extent, seed, context);
    return await runSweep(parameters.setting, seed, parameters.standIns, context);
  },

  measure: measureCell,

  figures(source: FigureSource<Result>): Figure[] {
    return drawFigures(source.results.map(({ result }) => result));
  },
};
