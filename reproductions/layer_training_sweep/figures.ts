import type { Figure } from "../../src/figure.ts";
import { dichotomyFigure, trajectoryFigure } from "./companion_figures.ts";
import type { DichotomyResult, TrajectoryResult } from "./companions.ts";
import type { Result } from "./measure.ts";
import type { SweepResult } from "./sweep.ts";
import { accuracyByEpoch, accuracyByLayer } from "./sweep_figures.ts";

/** The figures that the finished jobs give. */
export function drawFigures(results: readonly Result[]): Figure[] {
  const of = <T extends Result>(experiment: string): T[] => {
    return results.filter((result) => result.experiment === experiment) as T[];
  };
  const frozen = { name: "read-out frozen", results: of<SweepResult>("figure6") };
  const trained = { name: "read-out trained", results: of<SweepResult>("figure6-readout") };
  const cifar = { name: "read-out frozen", results: of<SweepResult>("figure7") };
  const [mnistNetwork, cifarNetwork] = [
    "MNIST, width 100, sigma_w^2 = 2",
    "CIFAR-10, width 200, sigma_w^2 = 1",
  ] as const;
  return [
    ...accuracyByEpoch("accuracy-by-epoch", `${mnistNetwork} (Figure 6)`, frozen.results),
    ...accuracyByLayer("accuracy-by-layer", mnistNetwork, [frozen, trained]),
    ...accuracyByEpoch("cifar-10-by-epoch", `${cifarNetwork} (Figure 7)`, cifar.results),
    ...accuracyByLayer("cifar-10-by-layer", cifarNetwork, [cifar]),
    ...trajectoryFigure(of<TrajectoryResult>("trajectories")),
    ...dichotomyFigure(of<DichotomyResult>("dichotomies")),
  ];
}
