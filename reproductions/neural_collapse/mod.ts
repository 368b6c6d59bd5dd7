/**
 * Papyan, Han and Donoho: in the terminal phase of training, features of a class collapse onto their mean, class means and
 * classifiers become one simplex, and the network decides by the nearest class mean. Mallat's Fisher ratio then grows without
 * bound: on the training images. README.md says what the paper leaves open and what was chosen.
 *
 * @module
 */
import { imageDatasets } from "../../src/data/sources/labelled_image_sources.ts";
import {
  type Job,
  jobMaker,
  type Plan,
  type PlanRequest,
  type Reproduction,
} from "../../src/suite/reproduction.ts";
import { collapseCells, controlCells, orderCell } from "./cells.ts";
import { paintFigures } from "./figures.ts";
import { profiles, type Settings } from "./profiles.ts";
import { collapsing, type RunName, runs } from "./protocol.ts";
import type { CollapseResult, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Neural collapse as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "neural_collapse",
  paper: {
    title: "Prevalence of Neural Collapse during the Terminal Phase of Deep Learning Training",
    authors: ["Vardan Papyan", "X. Y. Han", "David L. Donoho"],
    year: 2020,
    venue: "Proceedings of the National Academy of Sciences 117(40), 24652-24663",
    arxiv: "2008.08186",
    doi: "10.1073/pnas.2015509117",
  },
  statement:
    "Training past zero error collapses the features of each class onto its mean, and the class means onto a simplex.",
  datasets: ["mnist", "cifar-10"],
  profiles,
  plan,
  figures: paintFigures,
};

function plan({ settings: { schedules, standIns }, seeds }: PlanRequest<Settings>): Plan {
  const trainings = new Map<RunName, Job<CollapseResult>[]>();
  for (const run of Object.keys(runs) as RunName[]) {
    const schedule = schedules[run];
    if (schedule === undefined) continue;
    const { images, network, training } = runs[run];
    const { train, test } = imageDatasets[images];
    trainings.set(
      run,
      Array.from({ length: seeds }, (_, seed) =>
        job("collapse", {
          id: `${run}/seed=${seed}`,
          parameters: { run, seed, setting: { network, training }, schedule },
          reads: { train: train.all(standIns.train), test: test.all(standIns.test) },
        })),
    );
  }
  const planned = (names: readonly RunName[]) =>
    names.flatMap((run) => {
      const jobs = trainings.get(run);
      return jobs === undefined ? [] : [{ run, trainings: jobs }];
    });
  const pairs: readonly (readonly [RunName, RunName])[] = [
    ["squared-error", "squared-error-plain"],
    ["cross-entropy", "cross-entropy-plain"],
    ["cross-entropy-plain-light", "cross-entropy-plain"],
  ];
  return {
    cells: [
      ...planned(Object.keys(collapsing) as RunName[]).flatMap(({ run, trainings }) =>
        collapseCells(run, trainings)
      ),
      ...planned(["cross-entropy-plain"]).flatMap(({ run, trainings }) => controlCells(run, trainings)),
      ...pairs.flatMap((pair) => {
        const [lower, upper] = planned(pair);
        return lower === undefined || upper === undefined ? [] : [orderCell(lower, upper)];
      }),
    ],
  };
}
