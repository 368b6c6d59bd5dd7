import type { Figure } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { dichotomyFigure, trajectoryFigure } from "./companion_figures.ts";
import type { Experiment, tasks } from "./run.ts";
import { accuracyByEpoch, accuracyByLayer } from "./sweep_figures.ts";

/** The figures that the finished jobs give. */
export function paintFigures(source: FigureSource<typeof tasks>): Figure[] {
  const sweeps = source.finished("sweep").map(({ result }) => result);
  const line = (name: string, wanted: Experiment) => ({
    name,
    results: sweeps.filter(({ experiment }) => experiment === wanted),
  });
  const frozen = line("read-out frozen", "figure6");
  const trained = line("read-out trained", "figure6-readout");
  const cifar = line("read-out frozen", "figure7");
  const mnistNetwork = "MNIST, width 100, sigma_w^2 = 2";
  const cifarNetwork = "CIFAR-10, width 200, sigma_w^2 = 1";
  return [
    ...accuracyByEpoch("accuracy-by-epoch", `${mnistNetwork} (Figure 6)`, frozen.results),
    ...accuracyByLayer("accuracy-by-layer", mnistNetwork, [frozen, trained]),
    ...accuracyByEpoch("cifar-10-by-epoch", `${cifarNetwork} (Figure 7)`, cifar.results),
    ...accuracyByLayer("cifar-10-by-layer", cifarNetwork, [cifar]),
    ...trajectoryFigure(source.finished("trajectories").map(({ result }) => result)),
    ...dichotomyFigure(source.finished("dichotomies").map(({ result }) => result)),
  ];
}
