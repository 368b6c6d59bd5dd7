import type { DiscPanel, Sector } from "../../figure.ts";
import { hexColour, sequential } from "./colour_map.ts";
import type { Painting } from "./painting.ts";
import { coordinates, element } from "./markup.ts";
import { mathElement, mathWidth } from "./math_text.ts";
import { type PanelContext, titleHeight } from "./panel_context.ts";

const gap = 8;
const largestDisc = 104;
/** Shades of a disc: sectors of one shade are one path. */
const shades = 64;
/** The radius in the coordinates of its paths: whole numbers, for short text. */
const unit = 500;
/** Arcs are polygons, whose sides are off by 0.06 px at most. */
const widestChord = Math.PI / 32;

/**
 * Paints discs of sectors, the value 0 in the lightest and 1 in the darkest colour.
 *
 * @param panel The panel.
 * @param context Its place in the figure.
 * @throws {RangeError} Where a radius or a value is outside [0, 1], a ring is turned inside out or an angle is not
 * finite.
 */
export function paintDiscPanel(panel: DiscPanel, context: PanelContext): Painting {
  const { discs, columns } = panel;
  const used = Math.max(1, Math.min(columns, discs.length));
  const size = Math.min(largestDisc, Math.floor(context.width / used) - gap);
  const top = panel.title === undefined ? 0 : titleHeight;
  const marks = panel.title === undefined ? [] : [mathElement(panel.title, 0, 9, { bold: true })];
  for (const [i, disc] of discs.entries()) {
    const x = (i % columns) * (size + gap) + gap / 2 + size / 2;
    const y = top + Math.floor(i / columns) * (size + gap) + gap / 2 + size / 2;
    marks.push(paintDisc(disc, x, y, size / 2));
  }
  return {
    width: Math.max(used * (size + gap), mathWidth(panel.title ?? "", 12, true)),
    height: top + Math.ceil(discs.length / columns) * (size + gap),
    marks,
    images: [],
  };
}

function paintDisc(sectors: readonly Sector[], x: number, y: number, radius: number): string {
  const paths = new Map<number, string>();
  for (const sector of sectors) {
    checkSector(sector);
    const shade = Math.round(sector.value * (shades - 1));
    paths.set(shade, (paths.get(shade) ?? "") + sectorPath(sector));
  }
  const rim = {
    r: unit,
    fill: "none",
    stroke: "currentColor",
    "stroke-opacity": "0.5",
    "stroke-width": unit / radius,
  };
  const filled = [...paths].filter(([shade]) => shade > 0).sort(([a], [b]) => a - b).map(([shade, d]) => {
    const colour = hexColour(sequential(shade / (shades - 1)));
    // The thin stroke closes the seams between neighbours.
    return element("path", { d, fill: colour, stroke: colour, "stroke-width": 0.2 * unit / radius });
  });
  const ground = element("circle", { r: unit, fill: hexColour(sequential(0)) });
  const transform = `translate(${coordinates(x, y)}) scale(${(radius / unit).toFixed(5)})`;
  return element("g", { transform }, ground, ...filled, element("circle", rim));
}

function checkSector({ inner, outer, from, to, value }: Sector): void {
  const finite = Number.isFinite(from) && Number.isFinite(to) && to > from;
  if (!(finite && inner >= 0 && inner < outer && outer <= 1 + 1e-9 && value >= 0 && value <= 1)) {
    throw new RangeError(
      "Cannot paint the sector: 0 <= inner < outer <= 1, from < to and 0 <= value <= 1 must hold, current values are " +
        [inner, outer, from, to, value].join(", "),
    );
  }
}

/** The outline of a sector; the y axis of a page points downwards, so angles change their sign. */
function sectorPath({ inner, outer, from, to }: Sector): string {
  const at = (share: number, angle: number) =>
    `${Math.round(unit * share * Math.cos(angle))} ${Math.round(-unit * share * Math.sin(angle))}`;
  const steps = Math.max(1, Math.ceil((to - from) / widestChord));
  const angles = Array.from({ length: steps + 1 }, (_, i) => from + i / steps * (to - from));
  const edge = inner === 0 ? ["0 0"] : angles.toReversed().map((angle) => at(inner, angle));
  return `M${[...angles.map((angle) => at(outer, angle)), ...edge].join(" ")}Z`;
}
