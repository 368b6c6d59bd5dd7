import { lengthGrowthBound } from "./method/length_growth_bound.ts";
import type { Figure, Line, LinePanel, LinePoint } from "../../src/suite/figure.ts";
import { power } from "../../src/numeric/linalg/power.ts";
import { countSeeds, pointOfSeeds } from "./seed_points.ts";
import { dichotomies as protocol } from "./protocol.ts";
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
    return { weightVariance, width, lines };
  });
  const variances = [...new Set(families.map(({ weightVariance }) => weightVariance))];
  const panels = variances.map((variance): LinePanel => ({
    kind: "lines",
    title: `σ_{w}^{2} = ${variance}`,
    x: { label: "layer" },
    y: { label: "length / length of the circle", scale: "log" },
    lines: families.filter(({ weightVariance }) => weightVariance === variance).flatMap(({ lines }) => lines),
  }));
  const caption = [
    "The image of a circle in the layers of random hard-tanh networks without bias.",
    `Mean of ${
      countSeeds(results)
    }, intervals from the least to the largest; dotted: the bound of Theorem 1.`,
    "On a logarithmic axis exponential growth is a straight line. Growth by a layer at the largest k:",
    `${variances.map((variance) => describeGrowth(variance, families)).join("; ")}.`,
  ].join(" ");
  return [{
    id: "trajectory-length",
    title: "Trajectory length against the layer (Figure 1)",
    caption,
    panels,
  }];
}

/** The mean growth by a layer of the widest networks of a variance. */
function describeGrowth(
  variance: number,
  families: readonly {
    readonly weightVariance: number;
    readonly width: number;
    readonly lines: readonly Line[];
  }[],
): string {
  const own = families.filter(({ weightVariance }) => weightVariance === variance);
  const { width, lines } = own.reduce((widest, each) => each.width > widest.width ? each : widest);
  const measured = lines[0]!.points;
  const growth = power(measured.at(-1)!.y!, 1 / (measured.length - 1));
  return `${growth.toFixed(2)} at σ_{w}^{2} = ${variance} and k = ${width}`;
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
    x: { label: "points of the circle", scale: "log", ticks: grids },
    y: { label: "dichotomies found (%)" },
    lines: lines((layers) =>
      grids.map((points, grid) =>
        pointOfSeeds(points, layers.at(-1)!.found.map(({ count, onGrids }) => 100 * onGrids[grid]! / count))
      )
    ),
  };
  const caption = [
    `Labellings of ${inputs} random inputs that a great circle of one layer's weights reaches; k = ${protocol.width},`,
    `σ_{w}^{2} = ${protocol.weightVariance}.`,
    `A line for each number of hidden layers. Mean of ${
      countSeeds(results)
    }, intervals from the least to the largest.`,
    "The lines lie on each other where only the layers above the swept one count.",
    "Left: every labelling whose arc is longer than the round-off of the network. Right: the share of them that points at equal",
    `angles find, where the lowest layer is swept: ${describeFound(missed.lines)}.`,
  ].join(" ");
  return [{
    id: "dichotomies",
    title: "Dichotomies against the remaining depth (Figure 5)",
    caption,
    panels: [counted, missed],
  }];
}

/** What the finest grid finds at the least and at the largest depth. */
function describeFound(lines: readonly Line[]): string {
  const finest = [lines[0]!, lines.at(-1)!].map(({ name, points }) => ({ name, ...points.at(-1)! }));
  const [first, last] = finest.map(({ name, y }) => `${y!.toFixed(1)} % of those of ${name}`);
  return `${finest[0]!.x.toLocaleString("en")} points find ${
    lines.length === 1 ? first : `${first} and ${last}`
  }`;
}
