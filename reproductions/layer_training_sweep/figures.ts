import type { Figure } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { dichotomyFigure, trajectoryFigure } from "./companion_figures.ts";
import { figure6, figure7 } from "./protocol.ts";
import type { Experiment, Setting, tasks } from "./run.ts";
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
  const mnistNetwork = describeNetwork("MNIST", figure6);
  const cifarNetwork = describeNetwork("CIFAR-10", figure7);
  return [
    ...accuracyByEpoch("accuracy-by-epoch", `${mnistNetwork} (Figure 6)`, frozen.results),
    ...accuracyByLayer("accuracy-by-layer", mnistNetwork, [frozen, trained]),
    ...accuracyByEpoch("cifar-10-by-epoch", `${cifarNetwork} (Figure 7)`, cifar.results),
    ...accuracyByLayer("cifar-10-by-layer", cifarNetwork, [cifar]),
    ...trajectoryFigure(source.finished("trajectories").map(({ result }) => result)),
    ...dichotomyFigure(source.finished("dichotomies").map(({ result }) => result)),
  ];
}

function describeNetwork(data: string, { width, weightVariance }: Setting): string {
  return `${data}, width ${width}, σ_{w}^{2} = ${weightVariance}`;
}
