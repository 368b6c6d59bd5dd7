import type { TokenPanel } from "../../figure.ts";
import { hexColour, type Rgb } from "./colour_map.ts";
import type { Painting } from "./painting.ts";
import { inkOn } from "./ink_on.ts";
import { element, textElement } from "./markup.ts";
import { mathElement, mathWidth } from "./math_text.ts";
import { type PanelContext, titleHeight } from "./panel_context.ts";
import { textWidth } from "./text_width.ts";
import { visibleText } from "./visible_text.ts";

const cellHeight = 20;
const rowGap = 10;

/**
 * Paints rows of tokens, each on the ground of its colour, wrapped to the width of the panel.
 *
 * @param panel The panel.
 * @param context Its place in the figure.
 * @throws {RangeError} Where a colour is outside [0, 1].
 */
export function paintTokenPanel(panel: TokenPanel, context: PanelContext): Painting {
  const left = 12 + Math.max(0, ...panel.rows.map(({ label }) => mathWidth(label, 12)));
  const marks = panel.title === undefined ? [] : [mathElement(panel.title, 0, 9, { bold: true })];
  let top = panel.title === undefined ? 0 : titleHeight;
  let right = mathWidth(panel.title ?? "", 12, true);
  for (const { label, tokens } of panel.rows) {
    marks.push(mathElement(label, 0, top + cellHeight / 2));
    let x = left;
    for (const { text, rgb } of tokens) {
      const visible = visibleText(text);
      const width = Math.max(12, textWidth(visible, 12) + 6);
      if (x + width > context.width && x > left) {
        x = left;
        top += cellHeight + 1;
      }
      const ground = tokenGround(text, rgb);
      const middle = top + cellHeight / 2;
      marks.push(
        element("rect", { x, y: top, width, height: cellHeight, fill: hexColour(ground) }),
        textElement(visible, x + width / 2, middle, { anchor: "middle", colour: inkOn(ground) }),
      );
      right = Math.max(right, x + width);
      x += width + 1;
    }
    top += cellHeight + rowGap;
  }
  return { width: Math.max(right, left), height: Math.max(1, top - rowGap), marks, images: [] };
}

function tokenGround(text: string, rgb: Rgb): Rgb {
  if (!rgb.every((channel) => channel >= 0 && channel <= 1)) {
    throw new RangeError(
      `Cannot paint the token ${JSON.stringify(text)}: its colour must lie in [0, 1], current value is ${
        rgb.join(", ")
      }`,
    );
  }
  const level = (channel: number) => Math.round(255 * channel);
  return [level(rgb[0]), level(rgb[1]), level(rgb[2])];
}
