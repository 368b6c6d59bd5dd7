import type { Figure, Line, LinePanel } from "../../src/suite/figure.ts";
import { filterPanel } from "../../src/suite/panels/filter_panel.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { orderCell, orders, scales } from "./cells.ts";
import { choiceFigure } from "./choice_figure.ts";
import { frames, L, type TableName } from "./method/frames.ts";
import type { tasks } from "./run.ts";

/** What the figures of cells are painted from. */
type CellSource = Pick<FigureSource, "cell">;

/** The least energy that is shown, in per cent; the table prints two digits behind the point. */
const least = 0.005;

/** The figures of scattering_energy. */
export function figures(source: FigureSource<typeof tasks>): Figure[] {
  return [energyByScale(source), ...choiceFigure(source), filters()];
}

/** Energy against J, one line an order; one panel a table. */
function energyByScale(source: CellSource): Figure {
  const panel = (table: TableName, title: string): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "J", ticks: scales },
    y: { label: "energy (%)", scale: "log", ticks: [0.01, 0.1, 1, 10, 100], domain: [least, 150] },
    lines: orders(scales.at(-1)!).flatMap((m) => linesOfOrder(table, m, source)),
  });
  return {
    id: "energy-by-scale",
    title: "Energy of the scattering orders m against the scale 2^J",
    caption:
      "Table 1 of Bruna and Mallat. Solid: measured, with one standard error, clustered by class. Dashed: published. " +
      `Energies below ${least} %, m = 0 at J = 7 among them, are not shown.`,
    panels: [panel("table1", "q = 0, as defined"), panel("table1-q0.25", "q = 0.25, fitted")],
  };
}

function linesOfOrder(table: TableName, m: number, { cell }: CellSource): Line[] {
  const name = `m = ${m}`;
  const cells = scales.map((J) => ({ J, cell: cell(orderCell(table, J, m)) }));
  const shown = (energy: number | null | undefined) => (energy ?? 0) >= least ? energy! : null;
  const lines: Line[] = [
    {
      name,
      source: "measured",
      points: cells.map(({ J, cell }) => {
        const y = shown(cell?.measured);
        if (y === null) return { x: J, y };
        const half = cell?.standardError ?? 0;
        return { x: J, y, lower: Math.max(least, y - half), upper: y + half };
      }),
    },
    { name, source: "published", points: cells.map(({ J, cell }) => ({ x: J, y: shown(cell?.published) })) },
  ];
  return lines.filter(({ points }) => points.some(({ y }) => y !== null));
}

/** The frame, on a grid that shows its three finest scales. */
function filters(): Figure {
  const bank = frames["table1"].build({ height: 32, width: 32, J: 3, L });
  return {
    id: "filters",
    title: "Cubic spline wavelets of 2^J = 8, real parts",
    caption:
      "One row a scale j, one column an orientation, then the low-pass filter phi; each in its own range around 0.",
    panels: [filterPanel("q = 0", bank)],
  };
}
