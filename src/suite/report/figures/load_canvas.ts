import { createRequire } from "node:module";
import { CanvasError } from "./canvas_error.ts";

/** Skia, as this project uses it. */
export type Canvas = typeof import("skia_canvas");

/** The family under which the fonts are registered: no system font has this name. */
export const canvasFont = "Figure Sans";

const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];

let loaded: Promise<Canvas> | undefined;

/**
 * Loads Skia on first use, and registers the fonts that come with the project. Fonts of the machine are left out, so
 * that a figure has the same pixels everywhere.
 *
 * It needs `--allow-ffi=node_modules`, `--allow-read` and
 * `--allow-env=NAPI_RS_NATIVE_LIBRARY_PATH,NAPI_RS_FORCE_WASI,DISABLE_SYSTEM_FONTS_LOAD`.
 *
 * @returns The module.
 * @throws {CanvasError} Where it is not permitted or not installed, or a font is missing, with the way to mend it.
 */
export function loadCanvas(): Promise<Canvas> {
  return loaded ??= load();
}

async function load(): Promise<Canvas> {
  let canvas: Canvas;
  try {
    Deno.env.set("DISABLE_SYSTEM_FONTS_LOAD", "1");
    canvas = await import("skia_canvas");
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    throw new CanvasError(
      `Cannot load Skia to paint PNG files: ${reason}; it needs --allow-ffi=node_modules and ` +
        "--allow-env=NAPI_RS_NATIVE_LIBRARY_PATH,NAPI_RS_FORCE_WASI,DISABLE_SYSTEM_FONTS_LOAD",
      { cause: error },
    );
  }
  for (const file of fontFiles) registerFont(canvas, file);
  return canvas;
}

/**
 * Registers a font of the package `dejavu-fonts-ttf`.
 *
 * @param canvas Skia.
 * @param file The name of the font file.
 * @throws {CanvasError} Where the file is missing or no font, since Skia then leaves text out without a word.
 */
export function registerFont(canvas: Canvas, file: string): void {
  let key: unknown = null;
  try {
    const path = createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`);
    key = canvas.GlobalFonts.registerFromPath(path, canvasFont);
  } catch {
    // The package is not installed; the same message as for a broken file.
  }
  if (key === null) {
    throw new CanvasError(
      `Cannot paint text in PNG files as the font ${file} of dejavu-fonts-ttf cannot be read: run deno install`,
    );
  }
}
