import type { Figure, Line, LinePanel, PointPanel, TablePanel } from "../../src/suite/figure.ts";
import type { FigureCell, FigureSource } from "../../src/suite/reproduction.ts";
import { chosenTable, comparedOrders, judgedScales, orderCell } from "./cells.ts";
import { chooseConfiguration, chosenOn, type PrintedEnergy, score } from "./method/choose_configuration.ts";
import { type ConfigurationName, configurations } from "./method/configurations.ts";
import { energyOfOrder, meanOverImages } from "./method/image_energies.ts";
import type { tasks } from "./run.ts";

/** The cell of the chosen configuration at a scale and an order. */
type CellOf = (J: number, m: number) => FigureCell | undefined;

const largerScales = `J = ${judgedScales[0]} to ${judgedScales.at(-1)}`;

/** A configuration as both halves of the classes see it. */
interface Compared {
  readonly name: ConfigurationName;
  /** The root mean square difference on J <= 4, in the half that chooses. */
  readonly score: number;
  /** Measured - published at the larger scales, in the half that judges, by order and scale. */
  readonly differences: readonly (readonly Difference[])[];
}

/** A difference at the scale 2^J, and its standard error, in points. */
interface Difference {
  readonly J: number;
  readonly points: number;
  readonly standardError: number;
}

/** All configurations, not only the chosen one: what they scored, and what the larger scales say of each. */
export function choiceFigure({ finished, cell }: FigureSource<typeof tasks>): Figure[] {
  // A choice from a part of the classes is another choice: nothing is shown before all of them are there.
  const chosenCell: CellOf = (J, m) => cell(orderCell(chosenTable, J, m));
  if ((chosenCell(judgedScales[0]!, 0)?.measured ?? null) === null) return [];

  const printed: PrintedEnergy = (J, m) => cell(orderCell("table1", J, m))!.published!;
  const choosing = finished("measureChoosing").map(({ result }) => result);
  const judging = finished("measureJudging").map(({ result }) => result);
  const compared = configurations.map(({ name }): Compared => {
    const classes = judging.map((images) => images[name]);
    const differences = comparedOrders.map((m) =>
      judgedScales.map((J): Difference => {
        const { mean, standardError } = meanOverImages(classes, energyOfOrder(J, m));
        return { J, points: mean - chosenCell(J, m)!.published!, standardError: standardError ?? 0 };
      })
    );
    return { name, score: score(choosing, name, printed), differences };
  });
  return [{
    id: "choice",
    title: `What the choice of a configuration on J ≤ ${chosenOn} says about ${largerScales}`,
    caption: caption(chooseConfiguration(choosing, printed)),
    columns: 2,
    panels: [
      scorePanel(compared),
      ...comparedOrders.map((m) => differencePanel(m, compared, chosenCell)),
      scoreTable(compared),
    ],
  }];
}

function caption(chosen: ConfigurationName): string {
  return `Every other class chooses by the printed numbers of J ≤ ${chosenOn}, and takes "${
    nameOf(chosen)
  }"; the others judge ` +
    "it. First panel and table: how far each configuration is from the printed numbers on either side. The other panels: " +
    "measured − published in the half that judges, with one standard error clustered by class, and dotted what the cells of the " +
    "chosen configuration allow.";
}

/** The name of a configuration as a figure sets it. */
function nameOf(name: ConfigurationName): string {
  return name.replace("log2", "log_{2}");
}

/** The root mean square of the differences at the larger scales. */
function differenceBeyond({ differences }: Compared): number {
  const all = differences.flat();
  return Math.sqrt(all.reduce((sum, { points }) => sum + points ** 2, 0) / all.length);
}

/** The configurations with their scores, the best one first. */
function scoreTable(compared: readonly Compared[]): TablePanel {
  return {
    kind: "table",
    title: "Root mean square difference (points)",
    columns: ["", `J ≤ ${chosenOn}, the half\nthat chooses`, `${largerScales},\nthe other half`],
    rows: compared.toSorted((a, b) => a.score - b.score).map((one) => [
      nameOf(one.name),
      one.score.toFixed(2),
      differenceBeyond(one).toFixed(2),
    ]),
  };
}

function scorePanel(compared: readonly Compared[]): PointPanel {
  return {
    kind: "points",
    title: "Root mean square difference (points)",
    x: { label: `J ≤ ${chosenOn}, the half that chooses` },
    y: { label: `${largerScales}, the other half` },
    groups: compared.map((one) => ({
      name: nameOf(one.name),
      points: [],
      centre: { x: one.score, y: differenceBeyond(one) },
    })),
  };
}

function differencePanel(m: number, compared: readonly Compared[], cellOf: CellOf): LinePanel {
  return {
    kind: "lines",
    title: `m = ${m}`,
    x: { label: "J", ticks: judgedScales },
    y: { label: "measured − published (points)" },
    lines: [
      ...compared.map(({ name, differences }): Line => ({
        name: nameOf(name),
        source: "measured",
        points: differences[comparedOrders.indexOf(m)]!.map(({ J, points, standardError }) => ({
          x: J,
          y: points,
          lower: points - standardError,
          upper: points + standardError,
        })),
      })),
      ...boundsOfOrder(m, cellOf),
    ],
  };
}

/** The least and the largest difference that the cells of an order allow. */
function boundsOfOrder(m: number, cellOf: CellOf): Line[] {
  return (["lower", "upper"] as const).flatMap((end): Line[] => {
    const points = judgedScales.map((J) => {
      const cell = cellOf(J, m);
      const bound = cell?.allowed?.[end] ?? null;
      return { x: J, y: bound === null || cell!.published === null ? null : bound - cell!.published };
    });
    return points.some(({ y }) => y !== null) ? [{ name: "allowed", source: "bound", points }] : [];
  });
}
