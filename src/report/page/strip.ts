import type { CellResult } from "../../runner/results.ts";
import { standardErrors } from "../interval.ts";
import { Html } from "./html.ts";

/** Width of the picture, and how far from its middle the edge of what is allowed stands, in its own units. */
const [width, reach] = [96, 24];
const middle = width / 2;

/**
 * A small picture of a cell: what is allowed as a band around the published value (hollow), and the measured value
 * (filled) with its interval. A bound stands in the middle, with the allowed side shaded. What lies beyond the picture
 * becomes an arrow head. It repeats what the numbers say, so it is hidden from screen readers.
 *
 * @returns Nothing where there is no difference to show.
 */
export function strip(cell: CellResult): Html {
  const { deviation, measured, tolerance: { kind } } = cell;
  if (deviation === null || measured === null) return new Html("");
  const half = (measured.standardError ?? 0) * standardErrors;
  const bound = kind === "at-most" || kind === "at-least";
  // A bound has no width of its own: the scale is that of the difference and its interval.
  const allowed = bound ? (Math.abs(deviation) + half) / 1.8 : allowedDifference(cell);
  const at = (difference: number) =>
    difference === 0 ? middle : middle + Math.max(-2, Math.min(2, difference / allowed)) * reach;
  const x = at(deviation);
  const beyond = Math.abs(deviation) > 1.85 * allowed;
  const band = bound
    ? `<rect class="band" x="${kind === "at-most" ? 0 : middle}" width="${middle}" height="10"/>`
    : `<rect class="band" x="${middle - reach}" width="${2 * reach}" height="10"/>`;
  const centre = bound
    ? `<path class="bound" d="M${middle} 0V10"/>`
    : `<circle class="hollow" cx="${middle}" cy="5" r="2.5"/>`;
  const whisker = half > 0
    ? `<path class="whisker" d="M${write(at(deviation - half))} 5H${write(at(deviation + half))}"/>`
    : "";
  const tip = deviation < 0 ? 2 : width - 2;
  const point = beyond
    ? `<path class="point" d="M${tip} 5l${deviation < 0 ? 6 : -6} -4v8z"/>`
    : `<circle class="point" cx="${write(x)}" cy="5" r="2.5"/>`;
  return new Html(
    `<svg class="strip" viewBox="0 0 ${width} 10" aria-hidden="true">${band}${whisker}${centre}${point}</svg>`,
  );
}

/** How far from the published value a measurement may lie. */
function allowedDifference({ tolerance: { kind, value }, published, measured }: CellResult): number {
  if (kind === "relative") return value * Math.abs(published?.value ?? 0);
  if (kind === "interval") return value * (measured?.standardError ?? 0);
  return value;
}

function write(x: number): string {
  return String(+x.toFixed(1));
}
