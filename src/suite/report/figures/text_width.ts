/**
 * Advance widths of DejaVu Sans 2.37 for the characters from space to tilde, in thousandths of the font size.
 * Verdana, the next font of the page, has nearly the same, and other fonts are narrower: what fits here fits there.
 */
const widths = [
  ...[318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337], // space to /
  ...[636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531], // 0 to ?
  ...[1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787], // @ to O
  ...[603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500], // P to _
  ...[500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612], // ` to o
  ...[635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838], // p to ~
];

/** The widest mathematical sign of the font; letters beyond ASCII are narrower. */
const otherWidth = 840;
/** Ideographs and pictographs fill a square. */
const squareWidth = 1000;
/** What the bold face adds to an ordinary word. */
const boldFactor = 1.13;

/**
 * How wide a line of text is set, or a little more: layout must need no canvas.
 *
 * @param text The text.
 * @param size The font size in px.
 * @param bold Whether it is bold.
 * @returns The width in px.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textWidth("10", 100), 127.2);
 * ```
 */
export function textWidth(text: string, size: number, bold = false): number {
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    thousandths += widths[code - 32] ?? (code >= 0x2e80 ? squareWidth : otherWidth);
  }
  return thousandths / 1000 * size * (bold ? boldFactor : 1);
}
