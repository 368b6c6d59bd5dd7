import { join } from "@std/path";
import { cannotWrite } from "../../../files/cannot_write.ts";
import { removeIfThere } from "../../../files/remove_if_there.ts";
import type { ReproductionFigure } from "../../runner/paint_figures.ts";
import { writeWhole } from "../../../files/write_whole.ts";
import type { PageFigure } from "../page/reproduction_section.ts";
import type { CrateFile } from "../ro_crate.ts";
import { CanvasError } from "./canvas_error.ts";
import { figureCsv } from "./figure_csv.ts";
import { figureStamp, type RunOfFigures } from "./figure_stamp.ts";
import { renderPng } from "./render_png.ts";
import { renderSvg } from "./render_svg.ts";

/** The folder of the figures, in the output folder. */
export const figuresFolder = "figures";

/** How the names of the files of a figure end. */
export const figureEndings = [".svg", ".csv", ".png"] as const;

/** The figures of a run as they were written. */
export interface WrittenFigures {
  /** For the page. */
  readonly figures: readonly PageFigure[];
  /** The files. */
  readonly files: readonly CrateFile[];
  /** What could not be painted, and why. */
  readonly notes: readonly string[];
}

/**
 * Writes `figures/<reproduction>-<id>.svg`, `.csv` and `.png` below the output folder, each whole or not at all. No figure
 * stops a run: one that cannot be painted, and PNG files that cannot be painted here, become notes. A PNG of an earlier
 * run that could not be painted anew is removed.
 *
 * @param out The output folder.
 * @param figures The figures.
 * @param run What their pictures say of the run: its profile and commit.
 * @param before Is awaited before each figure, of which some take a second: where it throws, those are written that came before.
 * @throws {UsageError} Where a file cannot be written.
 */
export async function writeFigures(
  out: string,
  figures: readonly ReproductionFigure[],
  run: RunOfFigures,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<WrittenFigures> {
  const onPage: PageFigure[] = [];
  const files: CrateFile[] = [];
  const notes: string[] = [];
  let canvasNote: string | undefined;
  for (const shown of figures) {
    await before();
    const { reproduction, figure } = shown;
    const name = `${reproduction}-${figure.id}`;
    const { id, title, caption } = figure;
    const stamp = figureStamp(shown, run);
    try {
      const svg = renderSvg(figure, { idPrefix: name, stamp });
      const own: CrateFile[] = [
        {
          path: `${figuresFolder}/${name}.svg`,
          content: renderSvg(figure, { heading: true, idPrefix: name, stamp }),
        },
        { path: `${figuresFolder}/${name}.csv`, content: figureCsv(figure) },
      ];
      try {
        if (canvasNote === undefined) {
          own.unshift({ path: `${figuresFolder}/${name}.png`, content: await renderPng(figure, { stamp }) });
        }
      } catch (error) {
        if (!(error instanceof CanvasError)) throw error;
        canvasNote = error.message;
      }
      if (canvasNote !== undefined) removeIfThere(join(out, figuresFolder, `${name}.png`));
      for (const file of own) write(out, file);
      files.push(...own);
      onPage.push({ reproduction, id, title, caption, svg, files: own.map(({ path }) => path) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      notes.push(`The figure ${name} is not painted: ${error.message}`);
    }
  }
  if (canvasNote !== undefined) notes.unshift(`The figures are not written as PNG: ${canvasNote}`);
  return { figures: onPage, files, notes };
}

function write(out: string, { path, content }: CrateFile): void {
  const folder = join(out, figuresFolder);
  try {
    Deno.mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  writeWhole(join(out, path), content);
}
