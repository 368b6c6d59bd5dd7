import { lengthGrowthBound } from "./method/length_growth_bound.ts";
import type { Figure, Line, LinePanel, LinePoint } from "../../src/suite/figure.ts";
import { power } from "../../src/numeric/linalg/power.ts";
import { countSeeds, pointOfSeeds } from "./seed_points.ts";
import type { DichotomyResult, TrajectoryResult } from "./run.ts";

/** Length against the layer, a panel for each sigma_w^2 and a line for each width, beside the bound. */
export function trajectoryFigure(results: readonly TrajectoryResult[]): Figure[] {
  if (results.length === 0) return [];
  const families = results[0]!.families.map(({ weightVariance, width, lengths }, i) => {
    const growths = results.map((result) =>
      result.families[i]!.lengths.map((length, _, [circle]) => length / circle!)
    );
    const bound = lengthGrowthBound(weightVariance, width);
    const name = `k = ${width}`;
    const lines: Line[] = [
      {
        name,
        source: "measured",
        points: lengths.map((_, layer) => pointOfSeeds(layer, growths.map((growth) => growth[layer]!))),
      },
      { name, source: "bound", points: lengths.map((_, layer) => ({ x: layer, y: power(bound, layer) })) },
    ];
    return { weightVariance, lines };
  });
  const variances = [...new Set(families.map(({ weightVariance }) => weightVariance))];
  const panels = variances.map((variance): LinePanel => ({
    kind: "lines",
    title: `sigma_w^2 = ${variance}`,
    x: { label: "layer" },
    y: { label: "length / length of the circle", scale: "log" },
    lines: families.filter(({ weightVariance }) => weightVariance === variance).flatMap(({ lines }) => lines),
  }));
  const caption = [
    "The image of a circle in the layers of random hard-tanh networks without bias.",
    `Mean of ${
      countSeeds(results)
    }, intervals from the least to the largest; dotted: the bound of Theorem 1.`,
    "On a logarithmic axis exponential growth is a straight line; its slope rises with sigma_w.",
  ].join(" ");
  return [{
    id: "trajectory-length",
    title: "Trajectory length against the layer (Figure 1)",
    caption,
    panels,
  }];
}

/**
 * Dichotomies against the remaining depth, and what a grid finds of them where the lowest layer is swept; a line for each
 * depth of the whole network.
 */
export function dichotomyFigure(results: readonly DichotomyResult[]): Figure[] {
  if (results.length === 0) return [];
  const { inputs, grids, numbers } = results[0]!;
  const each = numbers.map(({ depth, remaining }, i) => ({
    depth,
    remaining,
    found: results.map((result) => result.numbers[i]!),
  }));
  const depths = [...new Set(numbers.map(({ depth }) => depth))];
  const lines = (pointsOf: (measured: typeof each) => LinePoint[]) =>
    depths.map((wanted): Line => ({
      name: `${wanted} layers`,
      source: "measured",
      points: pointsOf(
        each.filter(({ depth }) => depth === wanted).toSorted((a, b) => a.remaining - b.remaining),
      ),
    }));
  const caption = [
    `Labellings of ${inputs} random inputs that a great circle of one layer's weights reaches; k = 128, sigma_w^2 = 8.`,
    `A line for each number of hidden layers. Mean of ${
      countSeeds(results)
    }, intervals from the least to the largest.`,
    "The lines lie on each other where only the layers above the swept one count.",
    "Every labelling is counted whose arc is longer than about 1e-6 of the circle. Right: the share of them that points",
    "at equal angles find, where the lowest layer is swept: such a count is too small, and the more so the deeper the network is.",
  ].join(" ");
  const counted: LinePanel = {
    kind: "lines",
    title: "Every labelling",
    x: { label: "layers above the swept one" },
    y: { label: "dichotomies", scale: "log" },
    lines: lines((layers) =>
      layers.map(({ remaining, found }) => pointOfSeeds(remaining, found.map(({ count }) => count)))
    ),
  };
  const missed: LinePanel = {
    kind: "lines",
    title: "Found by a grid",
    x: { label: "points of the circle", scale: "log" },
    y: { label: "dichotomies found (%)" },
    lines: lines((layers) =>
      grids.map((points, grid) =>
        pointOfSeeds(points, layers.at(-1)!.found.map(({ count, onGrids }) => 100 * onGrids[grid]! / count))
      )
    ),
  };
  return [{
    id: "dichotomies",
    title: "Dichotomies against the remaining depth (Figure 5)",
    caption,
    panels: [counted, missed],
  }];
}
