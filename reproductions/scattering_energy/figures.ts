import type { Figure, Line, LinePanel, LinePoint } from "../../src/suite/figure.ts";
import { filterPanel } from "../../src/suite/panels/filter_panel.ts";
import type { FigureCell, FigureSource } from "../../src/suite/reproduction.ts";
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

/** Energy against J, one line an order, and beside it what it differs by from the printed one; one row of panels a table. */
function energyByScale(source: CellSource): Figure {
  const energies = (table: TableName, title: string): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "J", ticks: scales },
    y: { label: "energy (%)", scale: "log", ticks: [0.01, 0.1, 1, 10, 100], domain: [least, 150] },
    lines: orders(scales.at(-1)!).flatMap((m) => linesOfOrder(table, m, source)),
  });
  const residuals = (table: TableName, title: string): LinePanel => ({
    kind: "lines",
    title: `${title}: difference`,
    x: { label: "J", ticks: scales },
    y: { label: "(measured − published) / tolerance" },
    lines: orders(scales.at(-1)!).flatMap((m) => residualsOfOrder(table, m, source)),
    allowed: [-1, 1],
  });
  return {
    id: "energy-by-scale",
    title: "Energy of the scattering orders m against the scale 2^{J}",
    caption: [
      "Table 1 of Bruna and Mallat. Filled and joined: measured, with one standard error, clustered by class; hollow: published.",
      describeHidden(source),
      "Right: the difference as a multiple of what the cell allows, so that the band from −1 to 1 is the same for every order.",
      describeResiduals(source),
    ].filter((sentence) => sentence !== "").join(" "),
    columns: 2,
    panels: Object.entries(tableTitles).flatMap(([table, title]) => [
      energies(table as TableName, title),
      residuals(table as TableName, title),
    ]),
  };
}

const tableTitles: Readonly<Record<TableName, string>> = {
  "table1": "q = 0, as defined",
  "table1-q0.25": "q = 0.25, fitted",
};

/** Which cells are too small to be seen on the logarithmic axis. */
function describeHidden({ cell }: CellSource): string {
  const hidden = scales.flatMap((J) =>
    orders(J).filter((m) => {
      const found = cell(orderCell("table1", J, m));
      return [found?.measured, found?.published].some((energy) => (energy ?? least) < least);
    }).map((m) => `m = ${m} at J = ${J}`)
  );
  return hidden.length === 0 ? "" : `Energies below ${least} % are not shown: ${hidden.join(", ")}.`;
}

/** How many cells of each table lie in the band, and which of all is the furthest from it. */
function describeResiduals(source: CellSource): string {
  return Object.entries(tableTitles).flatMap(([table, title]) => {
    const all = scales.flatMap((J) =>
      orders(J).flatMap((m) => {
        const share = residual(source.cell(orderCell(table as TableName, J, m)));
        return share === null ? [] : [{ J, m, share }];
      })
    );
    if (all.length === 0) return [];
    const inside = all.filter(({ share }) => Math.abs(share) <= 1).length;
    const { J, m, share } = all.reduce((most, each) =>
      Math.abs(each.share) > Math.abs(most.share) ? each : most
    );
    return [
      `${title}: ${inside} of ${all.length} lie in it, the furthest, m = ${m} at J = ${J}, at ${
        share.toFixed(1).replace("-", "−")
      }.`,
    ];
  }).join(" ");
}

/** (measured - published) / tolerance; `null` where one of them is missing. */
function residual(cell: FigureCell | undefined): number | null {
  const half = tolerance(cell);
  return half === null || cell!.measured === null ? null : (cell!.measured - cell!.published!) / half;
}

/** How far from the printed energy a measured one may lie, to either side. */
function tolerance(cell: FigureCell | undefined): number | null {
  const upper = cell?.allowed?.upper ?? null;
  if (upper === null || cell!.published === null) return null;
  return upper > cell!.published ? upper - cell!.published : null;
}

function residualsOfOrder(table: TableName, m: number, { cell }: CellSource): Line[] {
  const points = scales.map((J): LinePoint => {
    const found = cell(orderCell(table, J, m));
    const y = residual(found);
    if (y === null) return { x: J, y };
    const half = (found!.standardError ?? 0) / tolerance(found)!;
    return { x: J, y, lower: y - half, upper: y + half };
  });
  return points.some(({ y }) => y !== null) ? [{ name: `m = ${m}`, source: "measured", points }] : [];
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
  const J = 3;
  const bank = frames["table1"].build({ height: 32, width: 32, J, L });
  return {
    id: "filters",
    title: `Cubic spline wavelets of 2^{J} = ${2 ** J}, real parts`,
    caption:
      "One row a scale j, one column an orientation, then the low-pass filter φ; each in its own range around 0. Angles: the " +
      "direction of the frequency, counter-clockwise from the x axis.",
    panels: [filterPanel("q = 0", bank)],
  };
}
