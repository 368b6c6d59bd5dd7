import { Buffer } from "node:buffer";
import type { Figure } from "../../figure.ts";
import type { FigureStamp } from "./figure_stamp.ts";
import { canvasFont, loadCanvas } from "./load_canvas.ts";
import { figureOrigin, figureSize, layoutFigure, writeSvg } from "./render_svg.ts";

/** How a figure becomes pixels. */
export interface PngOptions {
  /** Pixels for each px of the SVG; 2 by default. */
  readonly scale?: number;
  /** Whether the title stands above the panels; true by default, since a file has no caption. */
  readonly heading?: boolean;
  /** The ground and the text: black on white by default. */
  readonly theme?: "light" | "dark";
  /** Where the picture comes from, as for `renderSvg`. */
  readonly stamp?: FigureStamp;
}

const themes = {
  light: { ground: "#ffffff", text: "#1a1a1a" },
  dark: { ground: "#16181d", text: "#e6e6e6" },
};

/**
 * Paints a figure as PNG with Skia, from the layout of `renderSvg`. Images are painted apart, below the marks,
 * since Skia's SVG reader knows no `<image>`; so their pixels stay sharp.
 *
 * @param figure The figure.
 * @param options Scale, heading and theme.
 * @returns A PNG file.
 * @throws {RangeError} Where the scale is not positive, or as for `renderSvg`.
 * @throws {CanvasError} Where Skia or the font cannot be loaded.
 */
export async function renderPng(figure: Figure, options: PngOptions = {}): Promise<Uint8Array> {
  const { scale = 2, heading = true, theme = "light", stamp } = options;
  if (!(scale > 0 && scale <= 8)) {
    throw new RangeError(`Cannot paint the figure at scale ${scale}: it must be above 0 and at most 8`);
  }
  const painting = layoutFigure(figure, figure.id, stamp);
  const { createCanvas, Image } = await loadCanvas();
  const load = (bytes: Uint8Array) =>
    new Promise<InstanceType<typeof Image>>((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = reject;
      image.src = Buffer.from(bytes);
    });
  const { width, height } = figureSize(painting, heading);
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = themes[theme].ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  const origin = figureOrigin(heading);
  for (const { x, y, width, height, png } of painting.images) {
    const at = [x + origin.x, y + origin.y, width, height].map((value) => value * scale);
    context.drawImage(await load(png), at[0]!, at[1]!, at[2]!, at[3]!);
  }
  const colour = themes[theme].text;
  const dress = { idPrefix: figure.id, heading, images: false, fontFamily: canvasFont, colour };
  const marks = await load(new TextEncoder().encode(writeSvg(figure, painting, dress)));
  // Skia paints the SVG in the size that is asked for; scaled by drawImage alone it would be blurred.
  marks.width = canvas.width;
  marks.height = canvas.height;
  context.drawImage(marks, 0, 0, canvas.width, canvas.height);
  return new Uint8Array(canvas.toBuffer("image/png"));
}
