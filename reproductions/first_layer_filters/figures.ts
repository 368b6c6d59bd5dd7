import { paintGabor } from "../../src/numeric/gabor/gabor.ts";
import type { Figure, Line, LinePanel, PointPanel, Tile, TilePanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { bankDistance, median, wellExplained } from "./cells.ts";
import { bankNames, bankTitles, controlNames, controlTitles } from "./method/banks.ts";
import type { FilterFit } from "./method/fit_bank.ts";
import { peakFrequency } from "./method/peak_frequency.ts";
import type { BankRun, Recovery, tasks } from "./run.ts";

/** Filters of a row of a panel. */
const columns = 16;

/** The figures of first_layer_filters. */
export function figures({ finished }: FigureSource<typeof tasks>): Figure[] {
  const all: BankRun[] = [
    ...finished("fitNetwork"),
    ...finished("fitCifar10"),
    ...finished("fitCdbn"),
  ].map(({ result }) => result);
  // The first seed of each.
  const banks = bankNames.flatMap((name) => all.find(({ bank }) => bank === name) ?? []);
  const recovered = finished("recover").map(({ result }) => result);
  const small = finished("showFilters").map(({ result }): TilePanel => ({
    kind: "tiles",
    title: "VGG-16, 3x3",
    columns,
    colours: "rgb",
    range: "panel",
    tiles: colourTiles(result.colours, result.side),
  }));
  return [
    gaborFunctions(),
    ...recovered.length === 0 ? [] : [recoveryFigure(recovered)],
    ...banks.length === 0 ? [] : [
      {
        id: "filters",
        title: "First layers",
        caption:
          `All filters, each scaled by its largest value around grey; blue to red where they have no colour. ` +
          `Of ${
            banks.map(({ bank, all, learnt }) => `${bankTitles[bank]} ${all - learnt.length} of ${all}`).join(
              ", ",
            )
          } ` +
          "are as good as 0 and are not fitted. Those of VGG-16 are too small to be fitted.",
        columns: 2,
        panels: [...banks.map(filterPanel), ...small],
      },
      fitFigure(banks),
      explainedFigure(banks),
      coverageFigure(banks),
      ...banks.length === bankNames.length ? [distanceFigure(banks)] : [],
    ],
  ];
}

/** Bishop's pictures of the formula. */
function gaborFunctions(): Figure {
  const side = 33;
  const tile = (theta: number, omega: number, phi: number, label: string): Tile => ({
    width: side,
    height: side,
    values: Array.from(
      paintGabor({ amplitude: 1, alpha: 4, beta: 4, omega, phi, theta, x0: 0, y0: 0 }, side),
      (value) => Number(value.toPrecision(4)),
    ),
    label,
  });
  const angles = [0, 1, 2, 3, 4, 5, 6, 7];
  return {
    id: "gabor-functions",
    title: "Gabor functions",
    caption:
      "A exp(−α u^{2} − β v^{2}) sin(ω u + φ) with α = β = 4 in half-widths. Rows: ω = 4, 8, 12 for φ = π/2; columns: θ " +
      "by eighths of π, clockwise from a wave along the rows.",
    panels: [{
      kind: "tiles",
      columns: angles.length,
      colours: "diverging",
      range: "tile",
      tiles: [4, 8, 12].flatMap((omega) =>
        angles.map((k) => tile(Math.PI * k / 8, omega, Math.PI / 2, `ω=${omega}, ${k}π/8`))
      ),
    }],
  };
}

/** Synthetic functions under noise, above what was found. */
function recoveryFigure(recovered: readonly Recovery[]): Figure {
  const square = (values: readonly number[]): Tile => {
    const side = Math.sqrt(values.length);
    return { width: side, height: side, values };
  };
  return {
    id: "recovery",
    title: "Gabor functions found again under noise",
    caption: `Above as seen, below as found. ${
      recovered.map(({ noise, angle }) =>
        `Noise of ${100 * noise} %: directions are off by ${
          median(angle).toFixed(1)
        } degrees (median of ${angle.length})`
      ).join("; ")
    }.`,
    panels: recovered.map(({ noise, examples }): TilePanel => ({
      kind: "tiles",
      title: `noise ${100 * noise} %`,
      columns: examples.length,
      colours: "diverging",
      range: "tile",
      tiles: [...examples.map(({ seen }) => square(seen)), ...examples.map(({ found }) => square(found))],
    })),
  };
}

function colourTiles(colours: readonly number[], side: number): Tile[] {
  const size = 3 * side * side;
  return Array.from({ length: colours.length / size }, (_, filter) => ({
    width: side,
    height: side,
    values: colours.slice(filter * size, (filter + 1) * size),
  }));
}

function greyTile({ filters, side }: BankRun, index: number, label?: string): Tile {
  const size = side * side;
  return {
    width: side,
    height: side,
    values: filters.slice(index * size, (index + 1) * size),
    ...(label === undefined ? {} : { label }),
  };
}

/** The filters of a bank as they are. */
function filterPanel(run: BankRun): TilePanel {
  const { bank, side, colours, learnt } = run;
  const title = `${bankTitles[bank]}, ${side}x${side}`;
  return colours === null
    ? {
      kind: "tiles",
      title,
      columns,
      colours: "diverging",
      range: "tile",
      tiles: learnt.map((_, i) => greyTile(run, i)),
    }
    : { kind: "tiles", title, columns, colours: "rgb", range: "panel", tiles: colourTiles(colours, side) };
}

/** Filters of each bank from the best explained to the worst, above their Gabor functions. */
function fitFigure(banks: readonly BankRun[]): Figure {
  const shown = 8;
  return {
    id: "fits",
    title: "Filters and their Gabor functions",
    caption:
      "The leading colour of filters, evenly from the best explained to the worst of each bank, with the R² of each; below " +
      "them the functions that were fitted.",
    columns: 2,
    panels: banks.map((run): TilePanel => {
      const { learnt, side, bank } = run;
      const order = Array.from(learnt.keys()).sort((a, b) => learnt[b]!.r2 - learnt[a]!.r2);
      const chosen = Array.from(
        { length: Math.min(shown, order.length) },
        (_, k) => order[Math.round(k * (order.length - 1) / (Math.min(shown, order.length) - 1 || 1))]!,
      );
      return {
        kind: "tiles",
        title: bankTitles[bank],
        columns: chosen.length,
        colours: "diverging",
        range: "tile",
        tiles: [
          ...chosen.map((i) => greyTile(run, i, learnt[i]!.r2.toFixed(2))),
          ...chosen.map((i) => ({
            width: side,
            height: side,
            values: Array.from(paintGabor(learnt[i]!, side), (value) => Number(value.toPrecision(3))),
          })),
        ],
      };
    }),
  };
}

/** The share of filters that are explained better than an R². */
function explainedFigure(banks: readonly BankRun[]): Figure {
  const levels = Array.from({ length: 51 }, (_, i) => i / 50);
  const line = (name: string, fits: readonly FilterFit[]): Line => ({
    name,
    source: "measured",
    points: levels.map((x) => ({ x, y: 100 * fits.filter(({ r2 }) => r2 > x).length / fits.length })),
  });
  return {
    id: "explained",
    title: "How many filters are Gabor functions",
    caption: `The share of filters whose R² is above a level, and that of controls over ${
      banks[0]!.controls.mix.length
    } samples of each. A level of .6 would call many mixtures Gabor functions; the claims take ${wellExplained}.`,
    columns: 3,
    panels: banks.map(({ bank, learnt, controls }): LinePanel => ({
      kind: "lines",
      title: bankTitles[bank],
      x: { label: "R²", domain: [0, 1] },
      y: { label: "filters above it (%)", domain: [0, 100] },
      lines: [
        line("learnt", learnt),
        ...controlNames.map((control) => line(controlTitles[control], controls[control].flat())),
      ],
      levels: [{ name: "threshold", source: "bound", axis: "x", value: wellExplained }],
    })),
  };
}

/** Where the well explained filters of each bank lie in the plane of frequencies. */
function coverageFigure(banks: readonly BankRun[]): Figure {
  const most = 12;
  return {
    id: "coverage",
    title: "Directions and frequencies of the filters",
    caption:
      `The frequency at which the spectrum of each filter's Gabor function is largest, with its opposite, where R² is above ${wellExplained}: radians per half-width, ` +
      "along rows and down columns.",
    columns: 3,
    panels: banks.map(({ bank, learnt }): PointPanel => ({
      kind: "points",
      title: bankTitles[bank],
      x: { label: "along rows", domain: [-most, most] },
      y: { label: "down columns", domain: [-most, most] },
      groups: [{
        name: "filters",
        points: learnt.filter(({ r2 }) => r2 > wellExplained).flatMap((fit) =>
          [1, -1].map((sign) => ({
            x: sign * peakFrequency(fit) * Math.cos(fit.theta),
            y: sign * peakFrequency(fit) * Math.sin(fit.theta),
          }))
        ),
      }],
    })),
  };
}

/** How far every bank is from every other one and from controls. */
function distanceFigure(banks: readonly BankRun[]): Figure {
  const kinds = ["learnt", ...controlNames] as const;
  const matrices = kinds.map((kind) => ({
    title: kind === "learnt" ? "learnt" : controlTitles[kind],
    values: banks.flatMap(({ learnt }) =>
      banks.map((other) => bankDistance(learnt, kind === "learnt" ? other.learnt : other.controls[kind][0]!))
    ),
  }));
  const most = Math.ceil(10 * Math.max(...matrices.flatMap(({ values }) => values))) / 10;
  const names = banks.map(({ bank }) => bankTitles[bank]);
  return {
    id: "alike",
    title: "How alike first layers are",
    caption:
      "Energy distances in direction, peak frequency (octaves of cycles per filter) and shape (octaves of length over width): from each bank, " +
      `as it was learnt, to every bank as it was learnt, and to the first sample of a control of each. Black is ${
        most.toFixed(2)
      }.`,
    columns: 2,
    panels: [
      ...matrices.map(({ title, values }) => ({
        kind: "matrix" as const,
        title,
        rowLabel: "learnt",
        columnLabel: title,
        rows: banks.length,
        columns: banks.length,
        values,
        domain: [0, most] as const,
        rowNames: names,
        columnNames: names,
      })),
      {
        kind: "table" as const,
        title: "medians",
        columns: ["bank", "peak frequency\n(radians per half-width)", "length over width\n(octaves)"],
        rows: banks.map(({ bank, learnt }) => [
          bankTitles[bank],
          median(learnt.map(peakFrequency)).toFixed(2),
          median(learnt.map(({ alpha, beta }) => Math.log2(alpha / beta) / 2)).toFixed(2),
        ]),
      },
    ],
  };
}
