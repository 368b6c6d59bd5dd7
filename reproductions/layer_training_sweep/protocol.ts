import type { NetworkShape, WeightScale } from "../../src/expressivity/random_network.ts";
import type { Profile } from "../../src/reproduction.ts";
import type { ImageSet } from "../image_sets.ts";

/** How pixels in 0..255 become inputs. */
export type Scaling = "standardised" | "unit-range" | "unit-norm";

/** Everything that decides the networks of a sweep, and how they are trained. */
export interface Setting extends WeightScale, Pick<NetworkShape, "width" | "depth"> {
  /** What cells of the sweep begin with. */
  readonly experiment: string;
  readonly dataset: ImageSet;
  readonly scaling: Scaling;
  readonly readout: "frozen" | "trained";
  readonly rule: "sgd" | "adam";
  /** The learning rate at the start; it falls to 0 along half a cosine. */
  readonly rate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Learns from the first so many inputs. */
  readonly inputs: number;
  /** Training inputs, the first ones, whose accuracy is followed from epoch to epoch. */
  readonly probe: number;
}

/** How much each profile computes. */
export interface Extent {
  readonly epochs: number;
  readonly inputs: number;
  readonly probe: number;
  /** Of the robustness table, on the first so many seeds. */
  readonly robustness: Pick<Setting, "epochs" | "inputs" | "probe"> & { readonly seeds: number };
  /** Random networks of a seed, and points of a circle, of each companion. */
  readonly trajectories: { readonly networks: number; readonly points: number };
  readonly dichotomies: { readonly networks: number; readonly points: number };
}

/** The paper states no number of epochs: 3 show the order, 30 that it stays. */
export const extents: Record<Profile, Extent> = {
  smoke: {
    epochs: 2,
    inputs: 640,
    probe: 200,
    robustness: { epochs: 1, inputs: 320, probe: 100, seeds: 1 },
    trajectories: { networks: 1, points: 32 },
    dichotomies: { networks: 1, points: 128 },
  },
  standard: {
    epochs: 3,
    inputs: 60_000,
    probe: 10_000,
    robustness: { epochs: 3, inputs: 20_000, probe: 1000, seeds: 1 },
    trajectories: { networks: 10, points: 256 },
    dichotomies: { networks: 2, points: 4096 },
  },
  full: {
    epochs: 30,
    inputs: 60_000,
    probe: 10_000,
    robustness: { epochs: 3, inputs: 20_000, probe: 1000, seeds: 5 },
    trajectories: { networks: 10, points: 256 },
    dichotomies: { networks: 2, points: 4096 },
  },
};

/** Figure 6: width 100, sigma_w^2 = 2, hard-tanh are stated; everything else is chosen, see README.md. */
function figure6({ epochs, inputs, probe }: Extent): Setting {
  return {
    experiment: "figure6",
    dataset: "mnist",
    width: 100,
    depth: 8,
    weightVariance: 2,
    biasVariance: 0,
    scaling: "standardised",
    readout: "frozen",
    rule: "sgd",
    rate: 0.1,
    batchSize: 128,
    epochs,
    inputs,
    probe,
  };
}

/** What the paper leaves open, changed one at a time. */
const variants: Readonly<Record<string, Partial<Setting>>> = {
  "depth-6": { depth: 6 },
  "depth-10": { depth: 10 },
  "adam": { rule: "adam", rate: 3e-3 },
  "unit-range": { scaling: "unit-range" },
  "unit-norm": { scaling: "unit-norm" },
  "bias": { biasVariance: 0.1 },
};

/** The sweeps of a seed. Figure 7 (width 200, sigma_w^2 = 1, CIFAR-10) belongs to full alone. */
export function settingsOf(profile: Profile, seed: number): Setting[] {
  const extent = extents[profile];
  const base = figure6(extent);
  const { seeds, ...shorter } = extent.robustness;
  const robustness = Object.entries(variants).map(([name, change]): Setting => {
    return { ...base, ...shorter, experiment: `robustness/${name}`, ...change };
  });
  const cifar: Setting = {
    ...base,
    experiment: "figure7",
    dataset: "cifar-10",
    width: 200,
    weightVariance: 1,
    inputs: 50_000,
  };
  return [
    base,
    { ...base, experiment: "figure6-readout", readout: "trained" },
    ...(seed < seeds ? robustness : []),
    ...(profile === "full" ? [cifar] : []),
  ];
}

/** The cells that a sweep is needed for. */
export function cellsOf({ experiment, depth }: Setting): string[] {
  if (experiment.startsWith("robustness/")) {
    return ["spearman", "gap"].map((claim) => `${experiment}/${claim}`);
  }
  const layers = Array.from({ length: depth }, (_, i) => {
    return ["train", "test"].map((set) => `${experiment}/layer=${i + 1}/${set}`);
  });
  const claims: Readonly<Record<string, readonly string[]>> = {
    "figure6": ["claim/spearman-train", "claim/spearman-test", "claim/gap", "claim/largest-step-up"],
    "figure7": ["figure7-claim/spearman-train", "figure7-claim/spearman-test", "figure7-claim/gap"],
  };
  return [...layers.flat(), ...claims[experiment] ?? []];
}

/** Trajectories: sigma_w^2 and k of Figure 1, over ten layers. */
export const trajectories = {
  weightVariances: [2, 8, 32] as readonly number[],
  widths: [25, 100, 200] as readonly number[],
  depth: 10,
};

/** The cell of one network family. */
export function trajectoryCell(weightVariance: number, width: number): string {
  return `trajectory/variance=${weightVariance}/width=${width}`;
}

/** Dichotomies: Figure 5 prints k, sigma_w^2 and s; the hidden layers are chosen. */
export const dichotomies = {
  width: 128,
  weightVariance: 8,
  inputs: 15,
  depths: [4, 6, 8] as readonly number[],
};

/** The remaining depths that some of the networks have. */
export const remainingDepths: readonly number[] = Array.from(
  { length: Math.max(...dichotomies.depths) },
  (_, remaining) => remaining,
);

/** The cells of the dichotomies. */
export const dichotomyCells: readonly string[] = [
  ...remainingDepths.map((remaining) => `dichotomies/remaining=${remaining}`),
  "dichotomies/spearman",
  "dichotomies/growth",
  "dichotomies/depth-spread",
];
