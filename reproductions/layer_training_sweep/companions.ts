import { countDichotomies } from "../../src/expressivity/count_dichotomies.ts";
import { trajectoryLengths } from "../../src/expressivity/trajectory_lengths.ts";
import { startBackend } from "../../src/nn/mod.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { dichotomies, type Extent, trajectories } from "./protocol.ts";

/** Lengths of trajectories: the mean over the networks of a seed, by layer, 0 being the circle itself. */
export interface TrajectoryResult {
  readonly experiment: "trajectories";
  readonly families: readonly {
    readonly weightVariance: number;
    readonly width: number;
    readonly lengths: readonly number[];
  }[];
}

/** Dichotomies: the mean number over the networks of a seed, by hidden layers and remaining depth. */
export interface DichotomyResult {
  readonly experiment: "dichotomies";
  readonly numbers: readonly {
    readonly depth: number;
    readonly remaining: number;
    readonly count: number;
  }[];
}

/** Sends a circle through random networks of every family (Figure 1). */
export async function runTrajectories(
  { networks, points }: Extent["trajectories"],
  seed: number,
  context: RunContext,
): Promise<TrajectoryResult> {
  const { weightVariances, widths, depth } = trajectories;
  const backend = await startBackend({ threads: context.threads });
  try {
    const families = weightVariances.flatMap((weightVariance) =>
      widths.map((width) => {
        const each = seedsOf(networks, seed).map((network) => {
          return trajectoryLengths({ width, depth, weightVariance, points }, network);
        });
        const lengths = each[0]!.map((_, layer) => meanOf(each.map((lengths) => lengths[layer]!)));
        return { weightVariance, width, lengths };
      })
    );
    return { experiment: "trajectories", families };
  } finally {
    backend.dispose();
  }
}

/** Sweeps every hidden layer of random networks of every depth (Figure 5). */
export async function runDichotomies(
  { networks, points }: Extent["dichotomies"],
  seed: number,
  context: RunContext,
): Promise<DichotomyResult> {
  const { depths, ...family } = dichotomies;
  const layersOf = depths.map((depth) => Array.from({ length: depth }, (_, layer) => ({ depth, layer })));
  const swept = layersOf.flat();
  const backend = await startBackend({ threads: context.threads });
  try {
    const numbers = swept.map(({ depth, layer }, i) => {
      const counts = seedsOf(networks, seed).map((network) => {
        return countDichotomies({ ...family, depth, layer, points }, network);
      });
      context.progress((i + 1) / swept.length);
      return { depth, remaining: depth - 1 - layer, count: meanOf(counts) };
    });
    return { experiment: "dichotomies", numbers };
  } finally {
    backend.dispose();
  }
}

/** Seeds of the networks of one seed: no two seeds share one. */
function seedsOf(networks: number, seed: number): number[] {
  return Array.from({ length: networks }, (_, i) => seed * networks + i);
}

/** The mean of some values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
