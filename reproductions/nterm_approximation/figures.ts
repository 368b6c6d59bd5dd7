import type { Figure, Line, LinePanel, LinePoint, TilePanel } from "../../src/suite/figure.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { TermError } from "./method/rates.ts";
import { smoothEdges } from "./method/cartoons.ts";
import type { BasisName, CountedSystem, CurveletComparison, tasks } from "./run.ts";

/** What the figures are painted from. */
type Runs = FigureSource<typeof tasks>;

const systemNames: Readonly<Record<BasisName | CountedSystem, string>> = {
  fourier: "Fourier",
  haar: "Haar",
  db2: "Daubechies, 2 moments",
  db4: "Daubechies, 4 moments",
  curvelets: "curvelets",
};

/** The figures of nterm_approximation. */
export function figures(source: Runs): Figure[] {
  return [...errorsByTerms(source), ...countsByScale(source), ...illustrations(source)];
}

/** Errors of n terms of cartoons and of photographs. */
function errorsByTerms({ finished }: Runs): Figure[] {
  const all = finished("measureBases").map(({ result }) => result);
  const side = Math.max(...all.map((one) => one.side));
  const cartoons = all.filter((one) => one.side === side && isSmoothEdge(one.cartoon));
  const curvelets = withSmoothEdges(finished("measureInCurvelets").map(({ result }) => result));
  const photographs = finished("measurePhotographs").flatMap(({ result }) => result);
  if (cartoons.length === 0 || photographs.length === 0) return [];
  const bases = ["fourier", "haar", "db2", "db4"] as const;
  const lines = (images: readonly Readonly<Record<BasisName, readonly TermError[]>>[]): Line[] =>
    bases.map((basis) => ({
      name: systemNames[basis],
      source: "measured",
      points: geometricMeans(images.map((image) => image[basis])),
    }));
  const curveletLines: Line[] = curvelets.length === 0 ? [] : [{
    name: systemNames.curvelets,
    source: "measured",
    points: geometricMeans(curvelets.map(({ errors }) => errors)),
  }];
  const photographSide = photographs[0]!.fourier.at(-1)!.n / 4;
  return [{
    id: "error-by-terms",
    title: "The squared error of the best n terms",
    caption:
      `Relative to the energy of the image; geometric means. Left: ${cartoons.length} images of ${smoothEdges.length} curves with two ` +
      `continuous derivatives, on ${side} x ${side} pixels${
        curvelets.length === 0
          ? ""
          : `, and ${curvelets.length} of them on ${curvelets[0]!.side} x ${curvelets[0]!.side} for curvelets`
      }; dotted: the printed exponents, through the errors of Fourier and Haar where the window of wavelets begins. Right: ${photographs.length} photographs. n goes up to the ` +
      "side: beyond some three times that the finest scale is used up.",
    panels: [
      errorPanel("cartoons", [
        ...inWindow(lines(cartoons), side),
        ...curveletLines,
        ...printedRates(lines(cartoons), side),
      ]),
      errorPanel("photographs", inWindow(lines(photographs), photographSide)),
    ],
  }];
}

/** Lines over the n that are shown. */
function inWindow(lines: readonly Line[], side: number): Line[] {
  return lines.map((line) => ({ ...line, points: line.points.filter(({ x }) => x >= 20 && x <= side) }));
}

function errorPanel(title: string, lines: readonly Line[]): LinePanel {
  return {
    kind: "lines",
    title,
    x: { label: "n", scale: "log" },
    y: { label: "relative squared error", scale: "log" },
    lines,
  };
}

/** Lines of the printed exponents through the errors of Fourier and Haar where the window of wavelets begins. */
function printedRates(lines: readonly Line[], side: number): Line[] {
  return ([["fourier", 1 / 2, "n^{-1/2}"], ["haar", 1, "n^{-1}"]] as const).map(([basis, exponent, name]) => {
    const from = lines.find((line) => line.name === systemNames[basis])!.points.find(({ x }) => x >= 50)!;
    return {
      name,
      source: "bound",
      points: [from.x, side].map((x) => ({ x, y: from.y! * Math.exp(-exponent * Math.log(x / from.x)) })),
    };
  });
}

/** The geometric mean over images of the errors at each n. */
function geometricMeans(images: readonly (readonly TermError[])[]): LinePoint[] {
  return images[0]!.map(({ n }, i) => ({
    x: n,
    y: Math.exp(mean(images.map((errors) => Math.log(errors[i]!.error)))),
  }));
}

function isSmoothEdge(cartoon: string): boolean {
  return (smoothEdges as readonly string[]).includes(cartoon);
}

function withSmoothEdges(all: readonly CurveletComparison[]): CurveletComparison[] {
  return all.filter(({ cartoon }) => isSmoothEdge(cartoon));
}

/** How many coefficients of each scale hold most of its energy. */
function countsByScale({ finished }: Runs): Figure[] {
  const all = finished("measureInCurvelets").map(({ result }) => result);
  const smooth = withSmoothEdges(all);
  const koch = all.filter(({ cartoon }) => cartoon === "koch");
  if (smooth.length === 0 || koch.length === 0) return [];
  const panel = (title: string, images: readonly CurveletComparison[]): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "j", ticks: images[0]!.counts.db2.map(({ j }) => j) },
    y: { label: "real coefficients for 90 % of the energy", scale: "log" },
    lines: (["curvelets", "haar", "db2"] as const).map((system) => ({
      name: systemNames[system],
      source: "measured",
      points: images[0]!.counts[system].map(({ j }, i) => ({
        x: j,
        y: Math.exp(mean(images.map(({ counts }) => Math.log(counts[system][i]!.count)))),
      })),
    })),
  });
  return [{
    id: "counts-by-scale",
    title: "How many coefficients of the scale 2^{-j} hold most of its energy",
    caption:
      `Geometric means over ${smooth.length} images of curves with two continuous derivatives, and over ${koch.length} of the Koch curve. ` +
      "Left: wavelets double from scale to scale, curvelets in two; they start from many more. Their steps alternate, since directions double at every second scale. " +
      "Right: an edge that has no direction anywhere.",
    panels: [panel("edges with two continuous derivatives", smooth), panel("Koch curve", koch)],
  }];
}

/** The cartoons, and atoms of every system. */
function illustrations({ finished }: Runs): Figure[] {
  return finished("illustrate").flatMap(({ result: { side, cartoons, atoms } }): Figure[] => {
    const tiles = (
      panel: Omit<TilePanel, "kind" | "tiles" | "range">,
      shown: TilePanel["tiles"],
    ): TilePanel => ({
      kind: "tiles",
      range: "tile",
      ...panel,
      tiles: shown,
    });
    return [
      {
        id: "cartoons",
        title: "The cartoons",
        caption:
          "In their first placement, each on grey levels of its own: two analytic curves, one whose third derivative jumps, and the controls: the Koch curve, and bumps without an edge.",
        panels: [
          tiles(
            { columns: cartoons.length, colours: "grey" },
            cartoons.map(({ cartoon, values }) => ({ width: side, height: side, values, label: cartoon })),
          ),
        ],
      },
      {
        id: "atoms",
        title: "Atoms of each system",
        caption:
          "Each about its largest value, blue to red around 0. Fourier: cosines by their frequencies along rows and columns. Wavelets: fine across, down, and both. " +
          "Curvelets: three rings, in different directions; the finer, the longer for their width.",
        columns: 2,
        panels: [...Map.groupBy(atoms, ({ system }) => system)].map(([system, its]) =>
          tiles(
            { title: system, columns: its.length, colours: "diverging" },
            its.map(({ values, label }) => ({ width: side, height: side, values, label })),
          )
        ),
      },
    ];
  });
}
