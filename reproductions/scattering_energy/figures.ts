import type { Figure, FigureSource, Line, LinePanel } from "../../src/figure.ts";
import { splineFilterBank } from "../../src/scattering/spline_filter_bank.ts";
import { filterPanel } from "../filter_panel.ts";

/** The scales 2^J of Table 1. */
const scales = [1, 2, 3, 4, 5, 6, 7];
const orders = [0, 1, 2, 3, 4];
/** The least energy that is drawn, in per cent; the table prints two digits behind the point. */
const least = 0.005;

/** Energy against J, one line an order; one panel a table. */
export function energyByScale(source: Pick<FigureSource, "cell">): Figure {
  const panel = (table: string, title: string): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "J", ticks: scales },
    y: { label: "energy (%)", scale: "log", ticks: [0.01, 0.1, 1, 10, 100], domain: [least, 150] },
    lines: orders.flatMap((m) => linesOf(table, m, source)),
  });
  return {
    id: "energy-by-scale",
    title: "Energy of the scattering orders m against the scale 2^J",
    caption:
      "Table 1 of Bruna and Mallat. Solid: measured, with one standard error over images. Dashed: published. " +
      `Energies below ${least} %, m = 0 at J = 7 among them, are not drawn.`,
    panels: [panel("table1", "q = 0, as defined"), panel("table1-q0.25", "q = 0.25, fitted")],
  };
}

function linesOf(table: string, m: number, { cell }: Pick<FigureSource, "cell">): Line[] {
  const name = `m = ${m}`;
  const cells = scales.map((J) => ({ J, cell: cell(`${table}/J=${J}/m=${m}`) }));
  const drawn = (energy: number | null | undefined) => (energy ?? 0) >= least ? energy! : null;
  const lines: Line[] = [
    {
      name,
      source: "measured",
      points: cells.map(({ J, cell }) => {
        const y = drawn(cell?.measured);
        if (y === null) return { x: J, y };
        const half = cell?.standardError ?? 0;
        return { x: J, y, lower: Math.max(least, y - half), upper: y + half };
      }),
    },
    { name, source: "published", points: cells.map(({ J, cell }) => ({ x: J, y: drawn(cell?.published) })) },
  ];
  return lines.filter(({ points }) => points.some(({ y }) => y !== null));
}

/** The frame, on a grid that shows its three finest scales. */
export function filters(L: number): Figure {
  return {
    id: "filters",
    title: "Cubic spline wavelets of 2^J = 8, real parts",
    caption:
      "One row a scale j, one column an orientation, then the low-pass filter phi; each in its own range around 0.",
    panels: [filterPanel("q = 0", splineFilterBank({ height: 32, width: 32, J: 3, L, dilation: 0 }))],
  };
}
