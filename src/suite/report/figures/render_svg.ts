import { Buffer } from "node:buffer";
import type { Figure } from "../../figure.ts";
import { escapeXml } from "../escape_xml.ts";
import { paintFigure } from "./paint_figure.ts";
import type { Painting } from "./painting.ts";
import { describeFigure } from "./describe_figure.ts";
import type { FigureStamp } from "./figure_stamp.ts";
import { element } from "./markup.ts";
import { mathElement, plainText } from "./math_text.ts";

/** The fonts of a page, of nearly the same widths; the PNG has the first. */
const fontFamily = "'DejaVu Sans', Verdana, sans-serif";
/** Room around a figure, in px, for strokes on its edge. */
const margin = 4;
const headingHeight = 30;

/** What a figure is painted for. */
export interface SvgOptions {
  /** What the ids start with, where figures of several reproductions stand in one page; the figure's id by default. */
  readonly idPrefix?: string;
  /** Whether the title stands above the panels; false by default, for a page that has captions. */
  readonly heading?: boolean;
  /** Where the picture comes from: the last line of it; none by default. */
  readonly stamp?: FigureStamp;
}

/**
 * Paints a figure as one SVG element without style sheet, script or reference, fit to stand in a page: text and
 * axes are in the colour of the text around it, and series in colours that are seen on light and dark ground. The
 * same figure gives the same bytes. It shrinks with a narrow page, and is never wider than painted.
 *
 * @param figure The figure.
 * @param options Ids, heading and stamp.
 * @throws {RangeError} Where the figure's id is no file name, or a panel cannot be painted, with the reason.
 *
 * @example Usage
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * const svg = renderSvg({
 *   id: "error-by-n",
 *   title: "Error against training size",
 *   caption: "Table 4",
 *   panels: [{
 *     kind: "lines",
 *     x: { label: "training images", scale: "log" },
 *     y: { label: "test error (%)" },
 *     lines: [{ name: "scat2", source: "measured", points: [{ x: 300, y: 4.7 }, { x: 1000, y: 2.3 }] }],
 *   }],
 * });
 * assertStringIncludes(svg, ">test error (%)</text>");
 * ```
 */
export function renderSvg(figure: Figure, options: SvgOptions = {}): string {
  const { idPrefix = figure.id, heading = false, stamp } = options;
  return writeSvg(figure, layoutFigure(figure, idPrefix, stamp), {
    idPrefix,
    heading,
    images: true,
    fontFamily,
  });
}

/**
 * The painting of a figure, its id checked.
 *
 * @param figure The figure.
 * @param idPrefix What the ids in its markup start with.
 * @param stamp Where it comes from.
 * @throws {RangeError} As for {@linkcode renderSvg}.
 */
export function layoutFigure(figure: Figure, idPrefix: string, stamp?: FigureStamp): Painting {
  for (const id of [figure.id, idPrefix]) {
    if (!/^[A-Za-z][\w-]*$/.test(id)) {
      throw new RangeError(
        `Cannot paint the figure ${
          JSON.stringify(id)
        }: its id must be letters, digits, - and _, a letter first`,
      );
    }
  }
  return paintFigure(figure, idPrefix, stamp);
}

/** How a painting is written. */
export interface Dress {
  /** What the ids start with. */
  readonly idPrefix: string;
  /** Whether the title stands above the panels. */
  readonly heading: boolean;
  /** Whether the images are part of it. */
  readonly images: boolean;
  /** The fonts. */
  readonly fontFamily: string;
  /** What `currentColor` stands for; that of the page by default. */
  readonly colour?: string;
}

/** The room left of and above a painting in its figure, in px. */
export function figureOrigin(heading: boolean): { readonly x: number; readonly y: number } {
  return { x: margin, y: margin + (heading ? headingHeight : 0) };
}

/** The size of a figure, in whole px. */
export function figureSize(
  painting: Painting,
  heading: boolean,
): { readonly width: number; readonly height: number } {
  const { x, y } = figureOrigin(heading);
  return { width: Math.ceil(x + painting.width + margin), height: Math.ceil(y + painting.height + margin) };
}

/**
 * Writes a painting as SVG.
 *
 * @param figure Its title and caption, for readers that do not see it.
 * @param painting The painting.
 * @param dress How it is written.
 */
export function writeSvg(figure: Figure, painting: Painting, dress: Dress): string {
  const { idPrefix, heading } = dress;
  const { x, y } = figureOrigin(heading);
  const { width, height } = figureSize(painting, heading);
  const images = dress.images ? painting.images : [];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": `${idPrefix}-title ${idPrefix}-desc`,
      "font-family": dress.fontFamily,
      "font-size": 12,
      fill: "currentColor",
      color: dress.colour,
      style: "max-width:100%;height:auto",
    },
    `<title id="${escapeXml(idPrefix)}-title">${escapeXml(plainText(figure.title))}</title>`,
    `<desc id="${escapeXml(idPrefix)}-desc">${escapeXml(describeFigure(figure))}</desc>`,
    ...(heading ? [mathElement(figure.title, x, margin + 10, { size: 14, bold: true })] : []),
    element(
      "g",
      { transform: `translate(${x} ${y})` },
      ...images.map(({ png, ...box }) =>
        element("image", {
          ...box,
          preserveAspectRatio: "none",
          "image-rendering": "pixelated",
          href: `data:image/png;base64,${Buffer.from(png).toString("base64")}`,
        })
      ),
      ...painting.marks,
    ),
  );
}
