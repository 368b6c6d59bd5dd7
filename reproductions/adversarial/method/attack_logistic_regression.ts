import { type Mistakes, mistakesOf } from "../../../src/classify/mistakes.ts";
import type { DataSet } from "../../../src/nn/mod.ts";
import type { LinearClassifier } from "./closed_form.ts";
import { side } from "./digit_networks.ts";

/** What the step does to logistic regression of threes against sevens. */
export interface ThreeSevenRun {
  /** The test digits that it gets wrong, as they are and after the step. */
  readonly mistakes: Readonly<Record<"clean" | "fgsm", Mistakes>>;
  /** The largest relative error of eps |w|_1 as what the step takes from a margin. */
  readonly margin: number;
  /** The weights of 7 less those of 3: `(28, 28)`. */
  readonly weights: readonly number[];
  /** Test digits for a figure: `(28, 28)` each, with what the step makes of them, and whether both are right. */
  readonly examples: readonly {
    readonly digit: 3 | 7;
    readonly before: readonly number[];
    readonly after: readonly number[];
    readonly right: readonly [boolean, boolean];
  }[];
}

/** Examples of each digit. */
const exampleDigits = 4;

/** The threes and sevens among digits, labelled 0 and 1. */
export function threesAndSevens(all: DataSet): DataSet {
  const rows = [...all.labels.keys()].filter((row) => all.labels[row] === 3 || all.labels[row] === 7);
  const pixels = side * side;
  const inputs = new Float32Array(rows.length * pixels);
  rows.forEach((row, i) => inputs.set(all.inputs.subarray(row * pixels, (row + 1) * pixels), i * pixels));
  return { shape: all.shape, inputs, labels: Uint8Array.from(rows, (row) => all.labels[row] === 7 ? 1 : 0) };
}

/**
 * Attacks logistic regression, in float64: of two classes the step is the same for all digits of a class.
 *
 * @param classifier Softmax regression of two classes, whose difference is logistic regression.
 * @param test Digits with the labels 0 and 1.
 * @param eps The size of the step.
 */
export function attackLogisticRegression(
  { weights, bias }: LinearClassifier,
  test: DataSet,
  eps: number,
): ThreeSevenRun {
  const pixels = side * side;
  const w = Float64Array.from({ length: pixels }, (_, i) => weights[2 * i + 1]! - weights[2 * i]!);
  const b = bias[1]! - bias[0]!;
  const norm = w.reduce((sum, value) => sum + Math.abs(value), 0);
  const marginOf = (x: Float64Array) => x.reduce((sum, value, i) => sum + value * w[i]!, b);
  const count = test.labels.length;
  const found = { clean: new Uint8Array(count), fgsm: new Uint8Array(count) };
  const examples: ThreeSevenRun["examples"][number][] = [];
  const shown = [0, 0];
  let margin = 0;
  for (let row = 0; row < count; row++) {
    const label = test.labels[row]!;
    const away = label === 1 ? -1 : 1;
    const x = Float64Array.from(test.inputs.subarray(row * pixels, (row + 1) * pixels));
    const moved = x.map((value, i) => value + eps * away * Math.sign(w[i]!));
    const before = marginOf(x);
    const after = marginOf(moved);
    margin = Math.max(margin, Math.abs(Math.abs(after - before) - eps * norm) / (eps * norm));
    found.clean[row] = before > 0 ? 1 : 0;
    found.fgsm[row] = after > 0 ? 1 : 0;
    if (shown[label]!++ < exampleDigits) {
      examples.push({
        digit: label === 1 ? 7 : 3,
        before: Array.from(x),
        after: Array.from(moved),
        right: [found.clean[row] === label, found.fgsm[row] === label],
      });
    }
  }
  return {
    mistakes: { clean: mistakesOf(found.clean, test.labels), fgsm: mistakesOf(found.fgsm, test.labels) },
    margin,
    weights: Array.from(w),
    examples,
  };
}
