import type { Figure, FigureSource, Line, LinePanel } from "../../src/figure.ts";
import type { FisherReport } from "./fisher_report.ts";
import type { ScatteringResult } from "./scattering_row.ts";
import type { ScatteringMethod } from "./scattering_settings.ts";

/** Names as the table prints them. */
const titles: Readonly<Record<ScatteringMethod, string>> = {
  "scat": "Scat",
  "scat-J4": "Scat, J = 4",
  "1coscat": "1CoScat",
  "jcoscat": "JCoScat",
};

/** Learning curves of the rows behind a scattering, of the first seed each; none where no such row has finished. */
export function scatteringFigures(
  results: readonly ScatteringResult[],
  source: Pick<FigureSource, "cell">,
): Figure[] {
  const rows = results.filter((row, i) =>
    results.findIndex(({ set, method }) => set === row.set && method === row.method) === i
  );
  if (rows.length === 0) return [];
  const sets = [...new Set(rows.map(({ set }) => set))];
  const panels = sets.map((set): LinePanel => ({
    kind: "lines",
    title: set === "mnist" ? "MNIST" : "CIFAR-10",
    x: { label: "epoch" },
    y: { label: "test error (%)", scale: "log" },
    lines: rows.filter((row) => row.set === set).flatMap((row) => linesOf(row, source)),
  }));
  return [{
    id: "scattering-curves",
    title: "Test error behind a scattering against epoch",
    caption:
      "Solid: measured, from the untrained network on; dashed: printed. Fisher ratios at the end, of the projected " +
      `and normalised features, Sigma_B with 1/C: ${rows.map(fisherText).join("; ")}.`,
    panels,
  }];
}

function linesOf(
  { set, method, curve, tested }: ScatteringResult,
  source: Pick<FigureSource, "cell">,
): Line[] {
  const name = titles[method];
  const points = curve.flatMap((point, epoch) =>
    // No error at all has no place on the logarithmic axis.
    point === null || point.errors === 0 ? [] : [{ x: epoch, y: 100 * point.errors / tested }]
  );
  const published = source.cell(`scattering/${set}/${method}/error`)?.published ?? null;
  return [
    { name, source: "measured", points },
    ...(published === null ? [] : [{
      name,
      source: "published" as const,
      points: [0, curve.length - 1].map((x) => ({ x, y: published })),
    }]),
  ];
}

/** A Fisher ratio with what has to be known about it. */
function fisherText({ set, method, fisher: { test, floor, train } }: ScatteringResult): string {
  const short = (value: number) => value.toPrecision(4);
  const onTraining = ({ ratio, n }: FisherReport) => `, ${short(ratio)} on ${n} training images`;
  return `${set} ${titles[method]} ${short(test.ratio)} (${
    short(test.unbiased)
  } with 1/(C - 1); ${test.n} images, ` +
    `${test.d} values, rank ${test.rank} at the cut ${test.cut}; ${short(floor.ratio)} with shuffled labels` +
    `${train === null ? "" : onTraining(train)})`;
}
