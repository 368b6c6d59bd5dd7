import type { Figure, Line, LinePanel } from "../../src/suite/figure.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { SweepResult } from "./run.ts";
import { countSeeds, pointOfSeeds } from "./seed_points.ts";

const sets = [["train", "training set"], ["test", "test set"]] as const;

/** Accuracy against the epoch, a line for each trained layer, the mean over seeds. */
export function accuracyByEpoch(id: string, what: string, results: readonly SweepResult[]): Figure[] {
  if (results.length === 0) return [];
  const panels = sets.map(([set, title]): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "epoch" },
    y: { label: "accuracy (%)" },
    lines: results[0]!.test.map((_, layer): Line => ({
      name: `layer ${layer + 1}`,
      source: "measured",
      points: results[0]!.epochs.map((_, epoch) => ({
        x: epoch + 1,
        y: 100 * mean(results.map(({ epochs }) => epochs[epoch]![set][layer]!)),
      })),
    })),
  }));
  const caption = [
    "Exactly one hidden layer is trained, all others and the read-out stay as sampled; a line for each layer.",
    `Mean of ${countSeeds(results)}; accuracy on the training set is that on its first inputs.`,
    `Look at the order of the lines: at the end, from each layer to the next, ${
      describeSteps(panels.map(atTheEnd))
    }.`,
  ].join(" ");
  return [{ id, title: `Accuracy against epoch: ${what}`, caption, columns: 2, panels }];
}

/** The last value of each line. */
function atTheEnd({ lines }: LinePanel): number[] {
  return lines.map(({ points }) => points.at(-1)!.y!);
}

/** How often accuracies by layer rise from one layer to the next. */
function describeSteps(curves: readonly (readonly number[])[]): string {
  const steps = curves.flatMap((curve) => curve.slice(1).map((accuracy, i) => accuracy - curve[i]!));
  const rising = steps.filter((step) => step > 0).length;
  return `the mean accuracy rises in ${rising} of ${steps.length} steps`;
}

/** What a line of {@linkcode accuracyByLayer} is called, and its results. */
export interface Kind {
  readonly name: string;
  readonly results: readonly SweepResult[];
}

/** Accuracy at the end against the trained layer, from the least to the largest seed. */
export function accuracyByLayer(id: string, what: string, kinds: readonly Kind[]): Figure[] {
  const present = kinds.filter(({ results }) => results.length > 0);
  if (present.length === 0) return [];
  const longest = present[0]!.results;
  const panels = sets.map(([set, title]): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "trained layer", ticks: longest[0]!.test.map((_, layer) => layer + 1) },
    y: { label: "accuracy (%)" },
    lines: present.map(({ name, results }): Line => ({
      name,
      source: "measured",
      points: results[0]![set].map((_, layer) => {
        return pointOfSeeds(layer + 1, results.map((result) => 100 * result[set][layer]!));
      }),
    })),
  }));
  const caption = [
    "Accuracy at the end of training, by the one hidden layer that was trained; layer 1 is the nearest to the input.",
    `Mean of ${countSeeds(longest)}, intervals from the least to the largest of them.`,
    `Look at whether a line ever rises: from each layer to the next, ${
      describeSteps(panels.flatMap(({ lines }) => lines.map(({ points }) => points.map(({ y }) => y!))))
    }.`,
  ].join(" ");
  return [{ id, title: `Accuracy against the trained layer: ${what}`, caption, columns: 2, panels }];
}
