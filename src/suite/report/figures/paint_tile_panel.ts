import type { Tile, TilePanel } from "../../figure.ts";
import { type ColourMap, diverging, grey } from "./colour_map.ts";
import type { Painting, PlacedImage } from "./painting.ts";
import { encodePng } from "./encode_png.ts";
import { formatTicks } from "./format_ticks.ts";
import { element, textElement } from "./markup.ts";
import { mathElement, mathWidth } from "./math_text.ts";
import { type PanelContext, titleHeight } from "./panel_context.ts";
import { textWidth } from "./text_width.ts";

const gap = 4;
/** In px; one or two tiles in a row are shown larger. */
const largestTile = 84;
const largestOfFew = 160;
const labelSize = 10;

/**
 * Paints small images in a grid, each pixel as a square.
 *
 * @param panel The panel.
 * @param context Its place in the figure.
 * @throws {RangeError} Where a tile's values do not match its size, or one is not finite.
 */
export function paintTilePanel(panel: TilePanel, context: PanelContext): Painting {
  const { tiles, columns, colours } = panel;
  for (const [i, tile] of tiles.entries()) checkTile(tile, i, colours === "rgb" ? 3 : 1);
  const side = Math.max(1, ...tiles.flatMap(({ width, height }) => [width, height]));
  const labels = tiles.map(({ label }) => label ?? "");
  const used = Math.max(1, Math.min(columns, tiles.length));
  const available = Math.min(used <= 2 ? largestOfFew : largestTile, context.width / used - gap);
  // Whole pixels a sample, where there is room for one.
  const scale = available >= side ? Math.floor(available / side) : available / side;
  const pitchX = Math.max(side * scale + gap, ...labels.map((label) => mathWidth(label, labelSize) + 8));
  const lineHeight = labels.some((label) => label !== "") ? 15 : 0;
  const tallest = Math.max(1, ...tiles.map(({ height }) => height)) * scale;
  const pitchY = tallest + gap + lineHeight;
  const top = panel.title === undefined ? 0 : titleHeight;
  const whole = panel.range === "panel"
    ? valueRange(tiles.flatMap(({ values }) => values), colours)
    : undefined;

  const images: PlacedImage[] = [];
  const marks = panel.title === undefined ? [] : [mathElement(panel.title, 0, 9, { bold: true })];
  for (const [i, tile] of tiles.entries()) {
    const width = tile.width * scale;
    const height = tile.height * scale;
    const middle = (i % columns + 0.5) * pitchX;
    const box = { x: middle - width / 2, y: top + Math.floor(i / columns) * pitchY, width, height };
    const range = whole ?? valueRange(tile.values, colours);
    images.push({ ...box, png: encodePng(tile.width, tile.height, tilePixels(tile, range, colours)) });
    marks.push(element("rect", { ...box, fill: "none", stroke: "currentColor", "stroke-opacity": "0.35" }));
    if (labels[i] !== "") {
      marks.push(mathElement(labels[i]!, middle, box.y + tallest + 9, { size: labelSize, anchor: "middle" }));
    }
  }
  const bottom = top + Math.ceil(tiles.length / columns) * pitchY;
  const width = Math.max(used * pitchX, mathWidth(panel.title ?? "", 12, true));
  if (whole === undefined || tiles.length === 0) return { width, height: bottom, marks, images };
  const note = `values from ${
    formatTicks(whole.map((value) => Number(value.toPrecision(2))), true).join(" to ")
  }`;
  marks.push(textElement(note, 0, bottom + 8, { size: labelSize }));
  return { width: Math.max(width, textWidth(note, labelSize)), height: bottom + 16, marks, images };
}

function checkTile({ width, height, values }: Tile, index: number, channels: number): void {
  if (values.length !== width * height * channels) {
    throw new RangeError(
      `Cannot paint tile ${index} as it must have ${height} x ${width} x ${channels} values: ` +
        `current number is ${values.length}`,
    );
  }
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot paint tile ${index}: every value must be finite, current value is ${wrong}`);
  }
}

function valueRange(values: readonly number[], colours: TilePanel["colours"]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return colours === "diverging" ? [-largest, largest] : [low, high];
}

function tilePixels(
  tile: Tile,
  [low, high]: readonly [number, number],
  colours: TilePanel["colours"],
): Uint8Array {
  // A tile of one value is painted in the middle of the range.
  const share = (value: number) => high > low ? (value - low) / (high - low) : 0.5;
  if (colours === "rgb") return Uint8Array.from(tile.values, (value) => Math.round(255 * share(value)));
  const map: ColourMap = colours === "grey" ? grey : diverging;
  return Uint8Array.from(tile.values.flatMap((value) => [...map(share(value))]));
}
