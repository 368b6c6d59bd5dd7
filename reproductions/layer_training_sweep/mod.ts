/**
 * Raghu et al.: accuracy of deep random hard-tanh networks of which exactly one hidden layer is trained, against the
 * layer (Figures 6 and 7), and what explains it: trajectory length and dichotomies. README.md says what the paper leaves
 * open and what was chosen.
 *
 * @module
 */
import { cifar10, type ImageDataset, mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { jobMaker, type Plan, type PlanRequest, type Reproduction } from "../../src/suite/reproduction.ts";
import { dichotomyCells, orderCells, robustnessCells, stepCell, trajectoryCells } from "./cells.ts";
import { paintFigures } from "./figures.ts";
import { profiles, type Settings } from "./profiles.ts";
import { dichotomies, figure6, figure7, trajectories, variants } from "./protocol.ts";
import type { Experiment, Schedule, Setting, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Figures 1, 5, 6 and 7 as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "layer_training_sweep",
  paper: {
    title: "Survey of Expressivity in Deep Neural Networks",
    authors: ["Maithra Raghu", "Ben Poole", "Jon Kleinberg", "Surya Ganguli", "Jascha Sohl-Dickstein"],
    year: 2016,
    venue: "arXiv preprint",
    arxiv: "1611.08083",
  },
  statement:
    "The further from the input the one trained layer of a random network lies, the lower is its accuracy.",
  datasets: ["mnist", "cifar-10"],
  profiles,
  plan,
  figures: paintFigures,
};

function plan({ settings, seeds }: PlanRequest<Settings>): Plan {
  const { standIns, robustness } = settings;
  const everySeed = Array.from({ length: seeds }, (_, seed) => seed);
  const sweeps = (
    experiment: Experiment,
    setting: Setting,
    { epochs, inputs, probe }: Schedule,
    { images, only = seeds }: { images: ImageDataset; only?: number },
  ) =>
    everySeed.slice(0, only).map((seed) =>
      job("sweep", {
        id: `${experiment}/seed=${seed}`,
        parameters: { experiment, seed, setting, schedule: { epochs, inputs, probe } },
        reads: { train: images.train.all(standIns.train), test: images.test.all(standIns.test) },
      })
    );

  const frozen = sweeps("figure6", figure6, settings.figure6, { images: mnist });
  const trained = sweeps("figure6-readout", { ...figure6, readout: "trained" }, settings.figure6, {
    images: mnist,
  });
  const photographs = settings.figure7 === null
    ? []
    : orderCells("figure7-claim", sweeps("figure7", figure7, settings.figure7, { images: cifar10 }));
  const circles = everySeed.map((seed) =>
    job("trajectories", {
      id: `trajectory/seed=${seed}`,
      parameters: { seed, ...trajectories, ...settings.trajectories },
    })
  );
  const labellings = everySeed.map((seed) =>
    job("dichotomies", {
      id: `dichotomies/seed=${seed}`,
      parameters: { seed, ...dichotomies, ...settings.dichotomies },
    })
  );
  return {
    cells: [
      ...orderCells("claim", frozen),
      stepCell("claim", frozen),
      ...orderCells("figure6-readout-claim", trained),
      stepCell("figure6-readout-claim", trained),
      ...Object.entries(variants).flatMap(([name, setting]) =>
        robustnessCells(
          name,
          sweeps(`robustness/${name}`, setting, robustness, { images: mnist, only: robustness.seeds }),
        )
      ),
      ...trajectoryCells(circles),
      ...dichotomyCells(labellings),
      ...photographs,
    ],
  };
}
