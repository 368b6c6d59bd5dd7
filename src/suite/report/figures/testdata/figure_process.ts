/**
 * A process with the permissions of the canvas: `png FIGURE OPTIONS` writes a PNG to standard output, `write OUT
 * FIGURES` writes figures and prints the notes, `widths TEXT` prints how wide Skia sets each character, and `font
 * FILE` registers a font. An expected error goes to standard output as its name and message.
 *
 * @module
 */
import { CanvasError } from "../canvas_error.ts";
import { canvasFont, loadCanvas, registerFont } from "../load_canvas.ts";
import { renderPng } from "../render_png.ts";
import { writeFigures } from "../write_figures.ts";
import { fixedRun } from "./small_figures.ts";

const [command, first = "", second = ""] = Deno.args;
/** A pipe takes a part of what it is given at once. */
function print(bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}
const printText = (text: string) => print(new TextEncoder().encode(text));
try {
  if (command === "png") print(await renderPng(JSON.parse(first), JSON.parse(second)));
  if (command === "write") printText(JSON.stringify(await writeFigures(first, JSON.parse(second), fixedRun)));
  if (command === "font") registerFont(await loadCanvas(), first);
  if (command === "widths") {
    const context = (await loadCanvas()).createCanvas(1, 1).getContext("2d");
    context.font = `1000px '${canvasFont}'`;
    printText(JSON.stringify([...first].map((character) => context.measureText(character).width)));
  }
} catch (error) {
  if (!(error instanceof CanvasError)) throw error;
  printText(`${error.name}: ${error.message}`);
}
