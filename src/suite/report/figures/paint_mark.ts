import { escapeXml } from "../escape_xml.ts";
import { coordinates, element } from "./markup.ts";
import type { SeriesStyle, Shape } from "./series_style.ts";

/** The corners of each shape but the circle, on a circle of radius 1 made larger for an equal area. */
const corners: Readonly<Record<Exclude<Shape, "circle">, { sides: number; turn: number; size: number }>> = {
  square: { sides: 4, turn: Math.PI / 4, size: 1.25 },
  diamond: { sides: 4, turn: 0, size: 1.3 },
  up: { sides: 3, turn: -Math.PI / 2, size: 1.45 },
  down: { sides: 3, turn: Math.PI / 2, size: 1.45 },
  pentagon: { sides: 5, turn: -Math.PI / 2, size: 1.2 },
};

/**
 * The mark of a point.
 *
 * @param x In px.
 * @param y In px.
 * @param radius In px.
 * @param style Its colour and shape.
 * @param fill Whether it is filled or hollow.
 * @param title What it says when it is pointed at; nothing by default.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   paintMark(1, 2, 3, { colour: "#0072b2", shape: "circle" }, "filled"),
 *   '<circle cx="1" cy="2" r="3" fill="#0072b2"/>',
 * );
 * ```
 */
export function paintMark(
  x: number,
  y: number,
  radius: number,
  { colour, shape }: SeriesStyle,
  fill: "filled" | "hollow",
  title?: string,
): string {
  const paint = fill === "filled" ? { fill: colour } : { fill: "none", stroke: colour, "stroke-width": 1.25 };
  const children = title === undefined ? [] : [element("title", {}, escapeXml(title))];
  if (shape === "circle") return element("circle", { cx: x, cy: y, r: radius, ...paint }, ...children);
  const { sides, turn, size } = corners[shape];
  const points = Array.from({ length: sides }, (_, i) => {
    const angle = turn + i / sides * 2 * Math.PI;
    return coordinates(x + radius * size * Math.cos(angle), y + radius * size * Math.sin(angle));
  });
  return element("path", { d: `M${points.join("L")}Z`, ...paint }, ...children);
}
