/** A rectangle in px. */
export interface Box {
  /** The left edge. */
  readonly x: number;
  /** The upper edge. */
  readonly y: number;
  /** The width. */
  readonly width: number;
  /** The height. */
  readonly height: number;
}

/** How many directions around a point are tried, the one to its right first. */
const directions = 16;
/** How far from a point names are tried, in px. */
const distances = [10, 20, 32, 46, 62, 80, 100, 125, 150];

/**
 * Places a name beside each of some points of a plane: as near to its point as it can stand without covering another name or a
 * point, inside a box. The first points choose first; where no place is free, a name stands at its nearest.
 *
 * @param points The points, in px.
 * @param sizes The size of each name.
 * @param radius The size of the marks of the points, which no name covers.
 * @param box Where names may stand.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [name] = placeNames([{ x: 50, y: 50 }], [{ width: 20, height: 10 }], 6, { x: 0, y: 0, width: 100, height: 100 });
 * assertEquals(name, { x: 60, y: 45, width: 20, height: 10 });
 * ```
 */
export function placeNames(
  points: readonly { readonly x: number; readonly y: number }[],
  sizes: readonly { readonly width: number; readonly height: number }[],
  radius: number,
  box: Box,
): Box[] {
  const side = 2 * radius;
  const marks = points.map(({ x, y }) => ({ x: x - radius, y: y - radius, width: side, height: side }));
  const placed: Box[] = [];
  for (const [i, point] of points.entries()) {
    const places = placesAround(point, sizes[i]!);
    const free = places.find((place) =>
      lies(place, box) && ![...placed, ...marks].some((other) => overlap(place, other))
    );
    placed.push(free ?? places[0]!);
  }
  return placed;
}

/** The places of a name around a point, the nearest first: the nearest edge of the name is at each of the distances. */
function placesAround(
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: { readonly width: number; readonly height: number },
): Box[] {
  return distances.flatMap((distance) =>
    Array.from({ length: directions }, (_, i): Box => {
      const angle = 2 * Math.PI * i / directions;
      const [dx, dy] = [Math.cos(angle), -Math.sin(angle)];
      return {
        x: x + distance * dx + (dx - 1) / 2 * width,
        y: y + distance * dy + (dy - 1) / 2 * height,
        width,
        height,
      };
    })
  );
}

function lies(inner: Box, outer: Box): boolean {
  return inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width &&
    inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
