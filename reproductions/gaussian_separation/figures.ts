import type { Figure, LinePanel, PointPanel } from "../../src/suite/figure.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { countMistakes, type Mistakes } from "../../src/classify/mistakes.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { frameRows, mostRows } from "./cells.ts";
import type { Separation, ShownItems } from "./method/separate_classes.ts";
import type { tasks } from "./run.ts";

/** What the figures are painted from. */
type Runs = FigureSource<typeof tasks>;

/** The figures of gaussian_separation. */
export function figures(source: Runs): Figure[] {
  return [...errorsByRows(source), ...classes(source), ...softThreshold(source), ...risk(source)];
}

/** A test error in per cent. */
function errorOf(mistakes: Mistakes): number {
  return 100 * countMistakes(mistakes) / mistakes.tested;
}

/** The error of rho(F x) against the number of rows, between those of x and of Bayes. */
function errorsByRows({ finished }: Runs): Figure[] {
  const separations = finished("separate").map(({ result }) => result);
  if (separations.length === 0) return [];
  const level = (name: string, mistakes: (separation: Separation) => Mistakes) => ({
    name,
    source: "bound" as const,
    value: mean(separations.map((separation) => errorOf(mistakes(separation)))),
  });
  return [{
    id: "error-by-rows",
    title: "Two classes of mean zero: test error against the number p of rows of F",
    caption:
      `Fisher's discriminant of ρ(F x), the mean of ${separations.length} samples with one standard error. Dotted: the same of x, the affine classifier of x that is best for ` +
      "the true covariances, and the Bayes classifier.",
    panels: [{
      kind: "lines",
      x: { label: "p", scale: "log", ticks: frameRows },
      y: { label: "test error (%)", domain: [0, 55] },
      levels: [
        level("x", ({ fisher }) => fisher),
        level("x, best affine", ({ affine }) => affine),
        level("Bayes", ({ bayes }) => bayes),
      ],
      lines: [{
        name: "ρ(F x)",
        source: "measured",
        points: frameRows.map((p, i) => {
          const errors = separations.map(({ relu }) => errorOf(relu[i]!.mistakes));
          const y = mean(errors);
          const standardError = standardErrorOfMean(errors) ?? 0;
          return { x: p, y, lower: y - standardError, upper: y + standardError };
        }),
      }],
    }],
  }];
}

/** Items of both classes, before and after. */
function classes({ finished }: Runs): Figure[] {
  return finished("separate").slice(0, 1).map(({ result: { shownSamples, shownFeatures } }): Figure => {
    const panel = (title: string, x: string, y: string, items: ShownItems): PointPanel => ({
      kind: "points",
      title,
      x: { label: x },
      y: { label: y },
      groups: items.map((its, label) => ({
        name: `class ${label + 1}`,
        points: its.map(([x, y]) => ({ x, y })),
        centre: { x: mean(its.map(([x]) => x)), y: mean(its.map(([, y]) => y)) },
      })),
    });
    return {
      id: "classes",
      title: "A rectifier parts classes of the same mean",
      caption:
        `${
          shownSamples[0]!.length
        } test items of each class, and their means. Left: x, along the two directions in which the variances differ most: both means are zero. ` +
        `Right: the same items by Fisher's discriminants of ρ(F x), with ${
          frameRows[0]
        } and with ${mostRows} rows; both cut at 0.`,
      panels: [
        panel("x", "wider in class 1", "wider in class 2", shownSamples),
        panel("ρ(F x)", `discriminant, p = ${frameRows[0]}`, `discriminant, p = ${mostRows}`, shownFeatures),
      ],
    };
  });
}

/** What a soft threshold leaves of a coordinate. */
function softThreshold({ finished }: Runs): Figure[] {
  return finished("thresholdClasses").map(({ result: { threshold, curve } }): Figure => {
    const panel = (
      title: string,
      label: string,
      values: (point: typeof curve[number]) => number,
    ): LinePanel => ({
      kind: "lines",
      title,
      x: { label: "mean of the coordinate, in deviations of the noise" },
      y: { label, domain: [0, 1.05] },
      levels: [{ name: "threshold", source: "bound", axis: "x", value: threshold }],
      lines: [{
        name: "soft threshold",
        source: "measured",
        points: curve.map((point) => ({ x: point.mu, y: values(point) })),
      }],
    });
    return {
      id: "soft-threshold",
      title: "What a soft threshold leaves of a coordinate",
      caption:
        "In closed form. The variance of a small coordinate is gone, and so is its mean; that of a large one keeps both, but for the threshold itself.",
      panels: [
        panel("mean", "share of the mean that is left", ({ kept }) => kept),
        panel("variance", "variance that is left", ({ variance }) => variance),
      ],
    };
  });
}

/** The risk in terms of its bound. */
function risk({ finished }: Runs): Figure[] {
  return finished("seekWorstMeans").map(({ result: { dimensions } }): Figure => ({
    id: "risk",
    title: "The risk of a soft threshold in terms of the oracle bound",
    caption:
      "All coordinates have the mean μ, which is as bad as any mean can be. The bound is reached as μ grows, but for a factor d / (d + 1).",
    panels: [{
      kind: "lines",
      x: { label: "μ, in deviations of the noise" },
      y: { label: "risk / bound", domain: [0, 1.1] },
      levels: [{ name: "bound", source: "bound", value: 1 }],
      lines: dimensions.map(({ d, curve }) => ({
        name: `d = ${d}`,
        source: "measured",
        points: curve.map(({ mu, ratio }) => ({ x: mu, y: ratio })),
      })),
    }],
  }));
}
