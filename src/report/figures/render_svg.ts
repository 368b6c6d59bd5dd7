import { Buffer } from "node:buffer";
import type { Figure } from "../../figure.ts";
import { escapeXml } from "../escape_xml.ts";
import { drawFigure } from "./draw_figure.ts";
import type { Drawing } from "./drawing.ts";
import { element, textElement } from "./markup.ts";

/** The fonts of a page, of nearly the same widths; the PNG has the first. */
const fontFamily = "'DejaVu Sans', Verdana, sans-serif";
/** Room around a figure, in px, for strokes on its edge. */
const margin = 4;
const headingHeight = 30;

/** What a figure is drawn for. */
export interface SvgOptions {
  /** What the ids start with, where figures of several modules stand in one page; the figure's id by default. */
  readonly idPrefix?: string;
  /** Whether the title stands above the panels; false by default, for a page that has captions. */
  readonly heading?: boolean;
}

/**
 * Draws a figure as one SVG element without style sheet, script or reference, fit to stand in a page: text and
 * axes are in the colour of the text around it, and series in colours that are seen on light and dark ground. The
 * same figure gives the same bytes. It shrinks with a narrow page, and is never wider than drawn.
 *
 * @param figure The figure.
 * @param options Ids and heading.
 * @throws {RangeError} Where the figure's id is no file name, or a panel cannot be drawn, with the reason.
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
  const { idPrefix = figure.id, heading = false } = options;
  return svgOf(figure, layoutFigure(figure, idPrefix), { idPrefix, heading, images: true, fontFamily });
}

/**
 * The drawing of a figure, its id checked.
 *
 * @param figure The figure.
 * @param idPrefix What the ids in its markup start with.
 * @throws {RangeError} As for {@linkcode renderSvg}.
 */
export function layoutFigure(figure: Figure, idPrefix: string): Drawing {
  for (const id of [figure.id, idPrefix]) {
    if (!/^[A-Za-z][\w-]*$/.test(id)) {
      throw new RangeError(
        `Cannot draw the figure ${
          JSON.stringify(id)
        }: its id must be letters, digits, - and _, a letter first`,
      );
    }
  }
  return drawFigure(figure, idPrefix);
}

/** How a drawing is written. */
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

/** The room left of and above a drawing in its figure, in px. */
export function originOf(heading: boolean): { readonly x: number; readonly y: number } {
  return { x: margin, y: margin + (heading ? headingHeight : 0) };
}

/** The size of a figure, in whole px. */
export function sizeOf(
  drawing: Drawing,
  heading: boolean,
): { readonly width: number; readonly height: number } {
  const { x, y } = originOf(heading);
  return { width: Math.ceil(x + drawing.width + margin), height: Math.ceil(y + drawing.height + margin) };
}

/**
 * Writes a drawing as SVG.
 *
 * @param figure Its title and caption, for readers that do not see it.
 * @param drawing The drawing.
 * @param dress How it is written.
 */
export function svgOf(figure: Figure, drawing: Drawing, dress: Dress): string {
  const { idPrefix, heading } = dress;
  const { x, y } = originOf(heading);
  const { width, height } = sizeOf(drawing, heading);
  const images = dress.images ? drawing.images : [];
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
    `<title id="${escapeXml(idPrefix)}-title">${escapeXml(figure.title)}</title>`,
    `<desc id="${escapeXml(idPrefix)}-desc">${escapeXml(figure.caption)}</desc>`,
    ...(heading ? [textElement(figure.title, x, margin + 10, { size: 14, bold: true })] : []),
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
      ...drawing.marks,
    ),
  );
}
