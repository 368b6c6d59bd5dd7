/**
 * The figures: measures of collapse and Fisher ratios against epochs, and classes in the plane of three of them.
 *
 * @module
 */
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { Axis, Figure, Line, LinePanel, PointGroup, PointPanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { ClassInPlane } from "./method/plane_of_classes.ts";
import type { Collapse } from "./method/train_to_collapse.ts";
import { type Run, type RunName, runs } from "./protocol.ts";
import type { CollapseResult, tasks } from "./run.ts";

/** A run with the results of its seeds. */
interface Found {
  readonly name: RunName;
  readonly run: Run;
  readonly results: readonly CollapseResult[];
}

/** The figures that the finished jobs give. */
export function paintFigures(source: FigureSource<typeof tasks>): Figure[] {
  const results = source.finished("collapse").map(({ result }) => result);
  const found = (Object.keys(runs) as RunName[]).flatMap((name): Found[] => {
    const own = results.filter(({ run }) => run === name);
    return own.length === 0 ? [] : [{ name, run: runs[name], results: own }];
  });
  const groups = [...Map.groupBy(found, ({ run }) => run.group)];
  return [
    ...groups.flatMap(([group, members], i) => [
      collapseFigure(`collapse-${i + 1}`, group, members),
      fisherFigure(`fisher-ratio-${i + 1}`, group, members),
    ]),
    ...found.map(planeFigure),
  ];
}

/** NC1 to NC4 of the training images. */
function collapseFigure(id: string, group: string, members: readonly Found[]): Figure {
  const panel = (title: string, label: string, of: keyof Collapse, scale: Axis["scale"] = "log") =>
    courses(title, { label, scale }, members, of);
  const ends = members.map(({ run, results }) =>
    `${run.title}: NC1 ${value(results, "nc1", 0)} to ${value(results, "nc1", -1)}`
  );
  return {
    id,
    title: `Neural collapse against epochs: ${group}`,
    caption:
      "NC1: scatter of features about their class mean against that of class means. NC2: how far the angles of class " +
      "means are from those of a simplex. NC3: squared distance of the classifiers from the class means. NC4: training " +
      `images whose nearest class mean is not what the network says. ${
        describeSeeds(members)
      } Look at how far lines ` +
      `fall, and which do not: from the first measured epoch to the end, ${ends.join("; ")}.`,
    columns: 2,
    panels: [
      panel("NC1: within-class variability", "Tr Σ_{W} Σ_{B}^{+}", "nc1"),
      panel("NC2: angles of class means", "mean |cos + 1/9|", "coherenceMeans"),
      panel("NC3: classifiers and class means", "squared distance", "nc3"),
      panel("NC4: nearest class mean", "differing decisions (%)", "nc4", "linear"),
    ],
  };
}

/** The Fisher ratio on training and on test images, and the errors. */
function fisherFigure(id: string, group: string, members: readonly Found[]): Figure {
  const ends = members.map(({ run, results }) =>
    `${run.title} ${value(results, "fisher", -1)} and ${value(results, "testFisher", -1)}`
  );
  const ratio = { label: "Tr Σ_{W}^{-1} Σ_{B}", scale: "log" } as const;
  return {
    id,
    title: `Fisher ratio against epochs: ${group}`,
    caption:
      "The Fisher ratio of the features below the last layer, in the nine directions of the class means, on training " +
      `and on test images, and the test error. ${
        describeSeeds(members)
      } Look at whether the ratio of the test images ` +
      `follows that of the training images: at the end ${ends.join("; ")}.`,
    columns: 3,
    panels: [
      courses("training images", ratio, members, "fisher"),
      courses("test images", ratio, members, "testFisher"),
      courses("test error", { label: "test error (%)", scale: "linear" }, members, "testError"),
    ],
  };
}

function courses(
  title: string,
  { label, scale = "linear" }: Axis,
  members: readonly Found[],
  of: keyof Collapse,
): LinePanel {
  return {
    kind: "lines",
    title,
    x: { label: "epoch", scale: "log" },
    y: { label, scale },
    lines: members.map(({ run, results }): Line => ({
      name: run.title,
      source: "measured",
      points: results[0]!.epochs.map(({ epoch }, i) => {
        const values = results.map(({ epochs }) => epochs[i]![of]);
        return { x: epoch, y: mean(values), lower: Math.min(...values), upper: Math.max(...values) };
      }),
    })),
  };
}

/** Three classes of the first seed in the plane of their means, at the epochs that were asked for. */
function planeFigure({ name, run, results }: Found): Figure {
  const { planes } = results[0]!;
  const panels = planes.map(({ epoch, classes }): PointPanel => ({
    kind: "points",
    title: epoch === 1 ? "after 1 epoch" : `after ${epoch} epochs`,
    x: { label: "along the plane of three class means", domain: [-2, 2] },
    y: { label: "towards the first class mean", domain: [-2, 2] },
    groups: [
      ...classes.map(({ label, features, mean }): PointGroup => ({
        name: run.images === "mnist" ? `digit ${label}` : `class ${label}`,
        points: pairsOf(features).filter(({ x, y }) => Math.max(Math.abs(x), Math.abs(y)) <= 2),
        centre: pairsOf(mean)[0]!,
      })),
      { name: "classifiers", points: classes.flatMap(({ classifier }) => pairsOf(classifier)) },
      { name: "simplex", points: simplex },
    ],
  }));
  const distances = planes.map(({ classes }) => farthest(classes).toFixed(2));
  return {
    id: `plane-${name}`,
    title: `Features, class means and classifiers in a plane: ${run.group}, ${run.title}`,
    caption:
      "Features of the first training images of three classes, projected onto the plane through the three class means, " +
      "with the mean distance of these from their centre as the unit; the large marks are the class means. Classifiers are those " +
      "of the last layer less their mean, projected, and of mean length 1; the simplex is a regular triangle. Features that lie " +
      "outside the frame are left out, and small marks lie behind large ones where they meet. Look at whether the three kinds of mark meet: the largest distance of a class mean from its " +
      `classifier is ${distances.join(", ")} in the panels from left to right.`,
    columns: 3,
    panels,
  };
}

/** The corners of the triangle: the first one above the centre, as planes have the first mean, the second to the right. */
const simplex = [90, -30, 210].map((degrees) => ({
  x: Math.cos(degrees * Math.PI / 180),
  y: Math.sin(degrees * Math.PI / 180),
}));

/** The largest distance of a class mean from its classifier. */
function farthest(classes: readonly ClassInPlane[]): number {
  return Math.max(
    ...classes.map(({ mean: [x, y], classifier: [u, v] }) => Math.hypot(x! - u!, y! - v!)),
  );
}

function pairsOf(values: readonly number[]): { x: number; y: number }[] {
  return Array.from({ length: values.length / 2 }, (_, i) => ({ x: values[2 * i]!, y: values[2 * i + 1]! }));
}

/** The mean over seeds at one of the measured epochs. */
function value(results: readonly CollapseResult[], of: keyof Collapse, epoch: number): string {
  return mean(results.map(({ epochs }) => epochs.at(epoch)![of])).toPrecision(2);
}

function describeSeeds(members: readonly Found[]): string {
  const seeds = members[0]!.results.length;
  return seeds === 1
    ? "One seed."
    : `Mean of ${seeds} seeds, intervals from the least to the largest of them.`;
}
