import type { CellResult } from "../../runner/results.ts";
import { standardErrors } from "../interval.ts";
import { allowedDistance } from "../../golden/allowed_range.ts";
import { Html } from "./html.ts";

/** Width of the picture, in its own units. */
const width = 96;
/** How far from its middle the edge of what is allowed stands. */
const reach = 24;
const middle = width / 2;

/**
 * A small picture of a cell: what is allowed as a band, the published number hollow and the measured value filled, with its
 * interval. A printed number stands in the middle; so does the bound of what is allowed on one side alone, and 0 where a claim allows
 * both signs. What lies beyond the picture becomes an arrow head. It repeats what the numbers say, so it is hidden from screen readers.
 *
 * @returns Nothing where there is no value to show.
 */
export function strip(cell: CellResult): Html {
  const { published, measured, tolerance: { kind, value: allowed } } = cell;
  if (measured === null || measured.value === null) return new Html("");
  const half = (measured.standardError ?? 0) * standardErrors;
  const oneSided = kind === "at-most" || kind === "at-least";
  const origin = oneSided ? allowed : published?.value ?? 0;
  const distance = measured.value - origin;
  // A bound has no width of its own: the scale is that of the distance and its interval.
  const edge = oneSided
    ? (Math.abs(distance) + half) / 1.8
    : allowedDistance(cell, measured.standardError) ?? 0;
  const at = (difference: number) =>
    difference === 0 ? middle : middle + Math.max(-2, Math.min(2, difference / edge)) * reach;
  const beyond = Math.abs(distance) > 1.85 * edge;
  const band = oneSided
    ? `<rect class="band" x="${kind === "at-most" ? 0 : middle}" width="${middle}" height="10"/>`
    : `<rect class="band" x="${middle - reach}" width="${2 * reach}" height="10"/>`;
  const bounds = oneSided
    ? `<path class="bound" d="M${middle} 0V10"/>`
    : published === null
    ? `<path class="bound" d="M${middle - reach} 0V10M${middle + reach} 0V10"/>`
    : "";
  const print = published === null
    ? ""
    : `<circle class="hollow" cx="${write(at(published.value - origin))}" cy="5" r="2.5"/>`;
  const whisker = half > 0
    ? `<path class="whisker" d="M${write(at(distance - half))} 5H${write(at(distance + half))}"/>`
    : "";
  const tip = distance < 0 ? 2 : width - 2;
  const point = beyond
    ? `<path class="point" d="M${tip} 5l${distance < 0 ? 6 : -6} -4v8z"/>`
    : `<circle class="point" cx="${write(at(distance))}" cy="5" r="2.5"/>`;
  return new Html(
    `<svg class="strip" viewBox="0 0 ${width} 10" aria-hidden="true">${band}${whisker}${bounds}${print}${point}</svg>`,
  );
}

function write(x: number): string {
  return String(+x.toFixed(1));
}
