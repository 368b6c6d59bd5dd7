import type { FeatureFrame } from "./feature_frame.ts";
import { type PackedPoints, paddedCount, panelPoints } from "./packed_points.ts";
import type { ClassBlock } from "./pair_problem.ts";
import type { SvmWorkspace } from "./svm_workspace.ts";
import type { SvmModel } from "./svm_model.ts";

/** A training set in the memory of a workspace. */
export interface PackedSet {
  /** The row of each point, -1 for one that fills up a panel. */
  readonly rows: Int32Array;
  /** The classes. */
  readonly blocks: readonly ClassBlock[];
  /** The points, and how their features are measured. */
  readonly points: PackedPoints;
  readonly frame: FeatureFrame;
}

/** The solution of a pair. */
export interface PairSolution {
  /** Positions of the points whose alpha is not 0, and the alphas. */
  readonly positions: readonly number[];
  readonly alphas: readonly number[];
  readonly bias: number;
}

/** What a model has of its training. */
type ModelParts = Pick<SvmModel, "supportVectors" | "points" | "firstPanels" | "coefficients" | "biases">;

/**
 * Collects the support vectors of all pairs and their coefficients.
 *
 * @param solutions Of the pairs (0, 1), (0, 2), ..., (1, 2), ...
 */
export function gatherModel(
  workspace: SvmWorkspace,
  { rows, blocks, points, frame }: PackedSet,
  solutions: readonly PairSolution[],
): ModelParts {
  const isSupport = new Uint8Array(rows.length);
  for (const { positions } of solutions) for (const position of positions) isSupport[position] = 1;

  const supportVectors: number[] = [];
  const firstPanels = [0];
  /** The number that each support vector has among those of all classes, filled up to panels. */
  const placeByPosition = new Int32Array(rows.length);
  for (const { first, count } of blocks) {
    let place = firstPanels.at(-1)! * panelPoints;
    for (let position = first; position < first + count; position++) {
      if (!isSupport[position]) continue;
      supportVectors.push(rows[position]!);
      placeByPosition[position] = place++;
    }
    firstPanels.push(paddedCount(place) / panelPoints);
  }

  const features = frame.varying.length;
  const places = firstPanels.at(-1)! * panelPoints;
  const panels = new Float32Array(places * features);
  const norms = new Float32Array(places);
  const from = workspace.floats(points.panels, rows.length * features);
  const lengths = workspace.floats(points.norms, rows.length);
  for (let position = 0; position < rows.length; position++) {
    if (!isSupport[position]) continue;
    const place = placeByPosition[position]!;
    norms[place] = lengths[position]!;
    const source = panelOffset(position, features);
    const target = panelOffset(place, features);
    for (let k = 0; k < features * panelPoints; k += panelPoints) panels[target + k] = from[source + k]!;
  }

  const groups = Math.ceil(blocks.length / 8);
  const coefficients = new Float32Array(places * groups * 8);
  const biases = new Float64Array(solutions.length);
  let pair = 0;
  for (let i = 0; i < blocks.length; i++) {
    for (let j = i + 1; j < blocks.length; j++, pair++) {
      const { positions, alphas, bias } = solutions[pair]!;
      biases[pair] = bias;
      for (const [k, position] of positions.entries()) {
        const isFirst = position < blocks[j]!.first;
        const [own, other] = isFirst ? [i, j] : [j, i];
        const [begin, end] = [firstPanels[own]!, firstPanels[own + 1]!].map((panel) => panel * panelPoints);
        const group = begin! * groups + Math.floor(other / 8) * (end! - begin!);
        const at = (group + placeByPosition[position]! - begin!) * 8 + other % 8;
        coefficients[at] = isFirst ? alphas[k]! : -alphas[k]!;
      }
    }
  }
  return {
    supportVectors: Uint32Array.from(supportVectors),
    points: { panels, norms, features },
    firstPanels: Int32Array.from(firstPanels),
    coefficients,
    biases,
  };
}

function panelOffset(position: number, features: number): number {
  const lane = position % panelPoints;
  return (position - lane) * features + lane;
}
