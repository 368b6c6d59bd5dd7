/**
 * The figures: errors against passes and digits, the confusion of classes, and the digits that are missed.
 *
 * @module
 */
import { countMistakes } from "../../src/classify/mistakes.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { Figure, Level, Line, LinePanel, Tile } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { type LineName, lines, lineTitles } from "./protocol.ts";
import type { DigitResult, MissedDigit, tasks } from "./run.ts";

/** The results of a line on its largest set of digits, and on every set. */
interface Found {
  readonly line: LineName;
  readonly largest: readonly DigitResult[];
  readonly bySize: readonly (readonly [number, readonly DigitResult[]])[];
}

/** The figures that the finished jobs give. */
export function paintFigures(source: FigureSource<typeof tasks>): Figure[] {
  const results = source.finished("learn").map(({ result }) => result);
  const most = Math.max(...results.map(({ digits }) => digits));
  const found = (Object.keys(lines) as LineName[]).flatMap((line): Found[] => {
    const own = results.filter((result) => result.line === line);
    const bySize = [...Map.groupBy(own, ({ digits }) => digits)].sort(([a], [b]) => a - b);
    const largest = own.filter(({ digits }) => digits === most);
    return largest.length === 0 ? [] : [{ line, largest, bySize }];
  });
  if (found.length === 0) return [];
  const published = source.cell("error/rbf")?.published ?? null;
  const levels: Level[] = published === null
    ? []
    : [{ name: "printed test error", source: "published", value: published }];
  const several = found.filter(({ bySize }) => bySize.length > 1);
  return [
    passesFigure(found, levels, most),
    ...several.length === 0 ? [] : [sizesFigure(several, levels)],
    ...found.filter(({ line }) => line !== "frozen").flatMap((
      one,
    ) => [confusionFigure(one), missedFigure(one)]),
  ];
}

/** Errors after each pass, on training and on test digits (the paper's Figure 5). */
function passesFigure(found: readonly Found[], levels: readonly Level[], digits: number): Figure {
  const panel = (set: "train" | "test"): LinePanel => ({
    kind: "lines",
    title: set === "train" ? "training digits" : "test digits",
    x: { label: "passes over the training digits" },
    y: { label: "error (%)", scale: "log" },
    lines: found.map(({ line, largest }): Line => ({
      name: lineTitles[line],
      source: "measured",
      points: largest[0]!.passes.map(({ pass }, i) => {
        const values = largest.map(({ passes }) => passes[i]![set]);
        const y = mean(values);
        // No mistake at all has no place on a logarithmic axis.
        return { x: pass, y: y > 0 ? y : null };
      }),
    })),
    ...(set === "test" ? { levels } : {}),
  });
  const ends = found.map(({ line, largest }) =>
    `${lineTitles[line]} ${mean(largest.map(({ passes }) => passes.at(-1)!.test)).toFixed(2)} %`
  );
  return {
    id: "error-by-pass",
    title: `LeNet-5 on ${format(digits)} digits: errors against passes`,
    caption:
      `Errors on the first training digits and on the test digits, ${
        describeSeeds(found[0]!)
      }. The outputs are squared ` +
      "distances from bitmaps of the digits, as printed, and a softmax; of a third network the convolutions stay random. Look at " +
      `whether the test error rises again where the training error goes on falling, and how far from the printed one it ends: ${
        ends.join(", ")
      }.`,
    columns: 2,
    panels: [panel("train"), panel("test")],
  };
}

/** Test error against the number of training digits (the paper's Figure 6). */
function sizesFigure(found: readonly Found[], levels: readonly Level[]): Figure {
  return {
    id: "error-by-digits",
    title: "LeNet-5: test error against training digits",
    caption: `The test error at the end, with as many passes over each set of digits; ${
      describeSeeds(found[0]!)
    }, intervals from the least to the largest of them. The printed error is that of 60,000 digits. Look at how far the lines still fall at their right ends.`,
    panels: [{
      kind: "lines",
      x: { label: "training digits", scale: "log", ticks: found[0]!.bySize.map(([digits]) => digits) },
      y: { label: "test error (%)", scale: "log" },
      lines: found.map(({ line, bySize }): Line => ({
        name: lineTitles[line],
        source: "measured",
        points: bySize.map(([digits, results]) => {
          const errors = results.map(({ mistakes }) => 100 * countMistakes(mistakes) / mistakes.tested);
          return { x: digits, y: mean(errors), lower: Math.min(...errors), upper: Math.max(...errors) };
        }),
      })),
      levels,
    }],
  };
}

/** Which classes are taken for which, the first seed. */
function confusionFigure({ line, largest }: Found): Figure {
  const { confusion } = largest[0]!;
  const classes = Math.sqrt(confusion.length);
  const wrong = confusion.map((count, i) => i % (classes + 1) === 0 ? 0 : count);
  const most = Math.max(...wrong);
  const at = wrong.indexOf(most);
  const digits = Array.from({ length: classes }, (_, label) => `${label}`);
  return {
    id: `confusion-${line}`,
    title: `LeNet-5, ${lineTitles[line]}: what is taken for what`,
    caption: `Test digits of each class that are put into each other class, of the first seed on ${
      format(largest[0]!.digits)
    } digits; those that are right are left out. Most often, ${most} times, a ${
      Math.floor(at / classes)
    } is taken for a ${at % classes}.`,
    panels: [{
      kind: "matrix",
      rowLabel: "digit",
      columnLabel: "found",
      rows: classes,
      columns: classes,
      values: wrong,
      domain: [0, Math.max(1, most)],
      rowNames: digits,
      columnNames: digits,
    }],
  };
}

/** The test digits that the network misses (the paper's Figure 8), the first seed. */
function missedFigure({ line, largest }: Found): Figure {
  const { missed, mistakes, side, digits } = largest[0]!;
  return {
    id: `missed-${line}`,
    title: `LeNet-5, ${lineTitles[line]}: digits that it misses`,
    caption: `Test digits that the network puts into a wrong class, of the first seed on ${
      format(digits)
    } digits: the first ${missed.length} of ${
      countMistakes(mistakes)
    }. Below each what it is and what it is taken for. Look for those that a reader would miss as well.`,
    panels: [{
      kind: "tiles",
      columns: 14,
      colours: "grey",
      range: "panel",
      tiles: missed.map((digit) => tileOf(digit, side)),
    }],
  };
}

function tileOf({ label, found, pixels }: MissedDigit, width: number): Tile {
  // Ink is dark, as on paper.
  const values = Array.from(Uint8Array.fromBase64(pixels), (ink) => 255 - ink);
  return { width, height: values.length / width, values, label: `${label}→${found}` };
}

function describeSeeds({ largest }: Found): string {
  return largest.length === 1 ? "of one seed" : `mean of ${largest.length} seeds`;
}

function format(count: number): string {
  return count.toLocaleString("en");
}
