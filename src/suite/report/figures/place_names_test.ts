import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Box, placeNames } from "./place_names.ts";

const box: Box = { x: 0, y: 0, width: 400, height: 300 };
const size = { width: 40, height: 12 };

function isOutside(a: Box, b: Box): boolean {
  return a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
}

Deno.test("placeNames() covers no other name and no point, where there is room, and stays inside", () => {
  const point = fc.record({ x: fc.integer({ min: 60, max: 340 }), y: fc.integer({ min: 60, max: 240 }) });
  fc.assert(fc.property(fc.array(point, { maxLength: 8 }), (points) => {
    const names = placeNames(points, points.map(() => size), 4, box);
    for (const [i, name] of names.entries()) {
      assert(name.x >= 0 && name.y >= 0 && name.x + name.width <= 400 && name.y + name.height <= 300);
      for (const other of names.slice(i + 1)) assert(isOutside(name, other));
      for (const { x, y } of points) assert(isOutside(name, { x: x - 4, y: y - 4, width: 8, height: 8 }));
    }
  }));
});

Deno.test("placeNames() stands at the nearest place where none is free", () => {
  const narrow: Box = { x: 0, y: 0, width: 10, height: 10 };
  assertEquals(placeNames([{ x: 5, y: 5 }], [size], 4, narrow), [{ x: 15, y: -1, ...size }]);
});
