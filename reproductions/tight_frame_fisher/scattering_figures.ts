import type { Figure, FigureSource, Line, LinePanel } from "../../src/figure.ts";
import { firstSeeds, measuredLine, publishedLine, setTitles } from "./curve_lines.ts";
import { fisherText } from "./fisher_report.ts";
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
  const rows = firstSeeds(results);
  if (rows.length === 0) return [];
  const sets = [...new Set(rows.map(({ set }) => set))];
  const panels = sets.map((set): LinePanel => ({
    kind: "lines",
    title: setTitles[set],
    x: { label: "epoch" },
    y: { label: "test error (%)", scale: "log" },
    lines: rows.filter((row) => row.set === set).flatMap((row) => linesOf(row, source)),
  }));
  const ratios = rows.map(({ set, method, fisher }) =>
    `${setTitles[set]}, ${titles[method]} ${fisherText(fisher)}`
  );
  return [{
    id: "scattering-curves",
    title: "Test error behind a scattering against epoch",
    caption:
      "Solid: measured, from the untrained network on; dashed: printed. Fisher ratios at the end, of the projected " +
      `and normalised features, Sigma_B with 1/C: ${ratios.join("; ")}.`,
    panels,
  }];
}

function linesOf(
  { set, method, curve, tested }: ScatteringResult,
  source: Pick<FigureSource, "cell">,
): Line[] {
  const name = titles[method];
  return [
    measuredLine(name, curve, ({ errors }) => 100 * errors / tested),
    ...publishedLine(name, curve, source.cell(`scattering/${set}/${method}/error`)?.published),
  ];
}
