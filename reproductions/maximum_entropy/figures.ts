import type { Figure, Line, Tile } from "../../src/suite/figure.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { Model, tasks } from "./run.ts";

/** What the figures are painted from. */
type Runs = FigureSource<typeof tasks>;

const names: Readonly<Record<string, string>> = {
  turbulence: "turbulence",
  zeldovich: "Zel'dovich",
  ising: "Ising",
  dust: "interstellar dust",
  gravel: "gravel",
  brick: "brick",
  phi4: "phi^{4}",
};

/** The figures of maximum_entropy. */
export function figures(source: Runs): Figure[] {
  const models = [...source.finished("modelSimulated"), ...source.finished("modelRead")].map(({ result }) =>
    result
  );
  return [...pictures(models), ...losses(models), ...deviations(source), ...filters(source)];
}

/** Original, model and random phases of every field. */
function pictures(models: readonly Model[]): Figure[] {
  const shown = models.filter((model) => model.pictures !== null);
  if (shown.length === 0) return [];
  return [{
    id: "models",
    title: "Fields, samples of their models, and random phases",
    caption:
      `Three pictures of each field, on the grey levels of the original, ${
        [...new Set(shown.map(({ side }) => side))].join(" or ")
      } pixels a side. Left: the field. Middle: a sample of the model of its rectified wavelet covariances, begun from noise: ` +
      "vortices, filaments, islands and stones are there, at other places. Right: the same power spectrum with random phases, which keeps none of them.",
    columns: 2,
    panels: shown.map((model) => ({
      kind: "tiles",
      title: `${names[model.field] ?? model.field}, ${model.side} x ${model.side}`,
      columns: 3,
      colours: "grey",
      range: "tile",
      tiles: tilesOf(model),
    })),
  }];
}

/** Three tiles on the grey levels of the first: what lies beyond them is black or white. */
function tilesOf({ pictures, side }: Model): Tile[] {
  const { original, model, gauss } = pictures!;
  const sorted = original.toSorted((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length / 500)]!;
  const high = sorted[Math.ceil(sorted.length * 499 / 500) - 1]!;
  const tile = (values: readonly number[], label: string): Tile => ({
    width: side,
    height: side,
    values: values.map((value) => Math.min(Math.max(value, low), high)),
    label,
  });
  return [tile(original, "original"), tile(model, "model"), tile(gauss, "random phases")];
}

/** Loss against steps. */
function losses(models: readonly Model[]): Figure[] {
  const groups = [...Map.groupBy(models, ({ field, side }) => `${names[field] ?? field}, ${side}`)];
  if (groups.length === 0) return [];
  const lines = groups.map(([name, its]): Line => ({
    name,
    source: "measured",
    points: its[0]!.losses.flatMap((_, step) => {
      const there = its.flatMap(({ losses }) => losses[step] ?? []);
      return step === 0 ? [] : [{ x: step, y: Math.exp(mean(there.map(Math.log))) }];
    }),
  }));
  return [{
    id: "losses",
    title: "The loss against steps of L-BFGS",
    caption: `Squared distance of the statistics over their own squares; geometric means over ${
      groups[0]![1].length
    } samples; sides in pixels. White noise of the spectrum's fourth root is where each begins.`,
    panels: [{
      kind: "lines",
      x: { label: "steps", scale: "log" },
      y: { label: "relative loss", scale: "log" },
      lines,
    }],
  }];
}

/** Deviations of statistics against the number of pixels. */
function deviations({ finished }: Runs): Figure[] {
  const all = finished("watchProcess").map(({ result }) => result);
  if (all.length === 0) return [];
  const lineOf = (name: string, process: string, part: "all" | "even" | "odd"): Line => ({
    name,
    source: "measured",
    points: all.filter((one) => one.process === process).map((one) => ({ x: one.side ** 2, y: one[part] })),
  });
  const lines = [
    lineOf("white noise", "white", "all"),
    lineOf("log-normal", "log-normal", "all"),
    lineOf("Zel'dovich, n = -2", "zeldovich-short", "all"),
    lineOf("Zel'dovich, n = 1", "zeldovich-long", "all"),
    lineOf("Ising, even part", "ising", "even"),
    lineOf("Ising, odd part", "ising", "odd"),
    lineOf("turbulence", "turbulence", "all"),
  ].filter(({ points }) => points.length > 0);
  const first = lines[0]!.points[0]!;
  const last = lines[0]!.points.at(-1)!;
  return [{
    id: "concentration",
    title: "Statistics concentrate as the field grows",
    caption:
      "Root mean squared distance of the statistics of a sample to their mean, over the norm of the mean. Dotted: d^{-1/2} from the first point of white noise. " +
      "Processes with short correlations fall with it; the odd part of Ising follows its magnetisation, and a Zel'dovich field whose displacements are correlated over all of it does not fall.",
    panels: [{
      kind: "lines",
      x: { label: "pixels d", scale: "log" },
      y: { label: "relative deviation", scale: "log" },
      lines: [
        ...lines,
        {
          name: "d^{-1/2}",
          source: "bound",
          points: [first, last].map(({ x }) => ({ x, y: first.y! * Math.sqrt(first.x / x) })),
        },
      ],
    }],
  }];
}

/** The filter bank. */
function filters({ finished }: Runs): Figure[] {
  return finished("illustrateFilters").map(({ result: { side, filters } }) => ({
    id: "filters",
    title: "The filter bank",
    caption:
      `Transfer functions on ${side} x ${side} frequencies, 0 in the middle, each on grey levels of its own: four angles a row, from fine scales to coarse ones, and the low-pass. ` +
      "Half the sum of the squares of all wavelets, at a frequency and at its opposite, and the square of the low-pass add up to 1.",
    panels: [{
      kind: "tiles",
      columns: 4,
      colours: "grey",
      range: "tile",
      tiles: filters.map(({ label, values }) => ({ width: side, height: side, values, label })),
    }],
  }));
}
