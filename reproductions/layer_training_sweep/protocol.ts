/**
 * What the experiments are. Stated by the paper: width, sigma_w^2 and hard-tanh of Figures 1, 5, 6 and 7, and the inputs of
 * Figure 5; everything else is chosen, see README.md.
 *
 * @module
 */
import type { DichotomyParameters, Setting, TrajectoryParameters } from "./run.ts";

/** Figure 6, on MNIST. */
export const figure6: Setting = {
  width: 100,
  depth: 8,
  weightVariance: 2,
  biasVariance: 0,
  scaling: "standardised",
  readout: "frozen",
  rule: "sgd",
  rate: 0.1,
  batchSize: 128,
};

/** Figure 7, on CIFAR-10. */
export const figure7: Setting = { ...figure6, width: 200, weightVariance: 1 };

/** What the paper leaves open, changed one at a time. */
export const variants: Readonly<Record<string, Setting>> = {
  "depth-6": { ...figure6, depth: 6 },
  "depth-10": { ...figure6, depth: 10 },
  "adam": { ...figure6, rule: "adam", rate: 3e-3 },
  "unit-range": { ...figure6, scaling: "unit-range" },
  "unit-norm": { ...figure6, scaling: "unit-norm" },
  "bias": { ...figure6, biasVariance: 0.1 },
};

/** Figure 1: sigma_w^2 and k, over ten layers. */
export const trajectories: Pick<TrajectoryParameters, "depth" | "families"> = {
  depth: 10,
  families: [2, 8, 32].flatMap((weightVariance) =>
    [25, 100, 200].map((width) => ({ weightVariance, width }))
  ),
};

/** Figure 5 prints k, sigma_w^2 and s, which stands in the profiles; the hidden layers are chosen. */
export const dichotomies: Pick<DichotomyParameters, "width" | "weightVariance" | "depths" | "grids"> = {
  width: 128,
  weightVariance: 8,
  depths: [4, 6, 8],
  grids: [1024, 4096, 16_384, 65_536],
};
