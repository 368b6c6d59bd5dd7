import type { Figure, Line, LinePanel, PointPanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { chosenTable, comparedOrders, judgedScales, orderCell } from "./cells.ts";
import { chooseConfiguration, chosenOn, score } from "./method/choose_configuration.ts";
import { type ConfigurationName, configurations } from "./method/configurations.ts";
import { energyOfOrder, meanOverImages } from "./method/image_energies.ts";
import type { tasks } from "./run.ts";

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
  const chosenCell = (J: number, m: number) => cell(orderCell(chosenTable, J, m));
  if ((chosenCell(judgedScales[0]!, 0)?.measured ?? null) === null) return [];

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
    return { name, score: score(choosing, name), differences };
  });
  return [{
    id: "choice",
    title: "What the choice of a configuration on J <= 4 says about J = 5 to 7",
    caption: caption(compared, chooseConfiguration(choosing)),
    columns: 1,
    panels: [scorePanel(compared), ...comparedOrders.map((m) => differencePanel(m, compared))],
  }];
}

function caption(compared: readonly Compared[], chosen: ConfigurationName): string {
  const bestFirst = compared.toSorted((a, b) => a.score - b.score);
  const scores = bestFirst.map(({ name, score }) => `${name}: ${score.toFixed(2)}`);
  return `Every other class chooses by the printed numbers of J <= ${chosenOn}, and takes "${chosen}"; the others judge it. ` +
    "Root mean square difference of the half that chooses, in points: " + scores.join("; ") +
    ". Above: how far each is from the table on either side. Below: measured - published in the half that judges, with one " +
    "standard error clustered by class.";
}

function scorePanel(compared: readonly Compared[]): PointPanel {
  return {
    kind: "points",
    title: "root mean square difference (points)",
    x: { label: `J <= ${chosenOn}, the half that chooses` },
    y: { label: `J > ${chosenOn}, the other half` },
    groups: compared.map(({ name, score, differences }) => {
      const all = differences.flat();
      const square = all.reduce((sum, { points }) => sum + points ** 2, 0) / all.length;
      return { name, points: [], centre: { x: score, y: Math.sqrt(square) } };
    }),
  };
}

function differencePanel(m: number, compared: readonly Compared[]): LinePanel {
  return {
    kind: "lines",
    title: `m = ${m}`,
    x: { label: "J", ticks: judgedScales },
    y: { label: "measured - published (points)" },
    lines: compared.map(({ name, differences }): Line => ({
      name,
      source: "measured",
      points: differences[comparedOrders.indexOf(m)]!.map(({ J, points, standardError }) => ({
        x: J,
        y: points,
        lower: points - standardError,
        upper: points + standardError,
      })),
    })),
  };
}
