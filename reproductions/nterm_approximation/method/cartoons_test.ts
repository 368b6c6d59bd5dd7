import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { cartoons, kochDimension, paintCartoon } from "./cartoons.ts";
import { paintPolygon } from "./paint_polygon.ts";

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

Deno.test("paintPolygon() gives the exact share of every pixel", () => {
  // A right triangle with legs of two pixels: one whole pixel, two halves.
  const triangle = { x: Float64Array.of(0.25, 0.75, 0.25), y: Float64Array.of(0.25, 0.25, 0.75) };
  assertEquals([...paintPolygon(triangle, 4)], [0, 0, 0, 0, 0, 1, 0.5, 0, 0, 0.5, 0, 0, 0, 0, 0, 0]);
});

Deno.test("paintPolygon() keeps the area of any triangle, whichever way it runs", () => {
  const corner = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(fc.property(fc.array(corner, { minLength: 6, maxLength: 6 }), (corners) => {
    const [x0, y0, x1, y1, x2, y2] = corners as [number, number, number, number, number, number];
    const area = Math.abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) / 2;
    const image = paintPolygon({ x: Float64Array.of(x0, x1, x2), y: Float64Array.of(y0, y1, y2) }, 16);
    assertAlmostEquals(sum(image) / 256, area, 1e-12);
    assert(image.every((value) => value > -1e-12 && value < 1 + 1e-12));
  }));
});

Deno.test("paintCartoon() paints curves and the Koch curve with the areas that they have", () => {
  const placement = { angle: 0.4, x: 0.48, y: 0.52 };
  const area = (name: Parameters<typeof paintCartoon>[0]) =>
    sum(paintCartoon(name, 256, placement)) / 256 ** 2;
  assertAlmostEquals(area("ellipse"), Math.PI * 0.36 * 0.2, 1e-6);
  assertAlmostEquals(area("trefoil"), Math.PI * 0.28 ** 2 * (1 + (0.12 ** 2 + 0.05 ** 2) / 2), 1e-6);
  // Means of |sin|^3 and of sin^6 over a turn: 4 / (3 pi) and 5 / 16.
  const square = 1 + 2 * 0.25 * 4 / (3 * Math.PI) + 0.25 ** 2 * 5 / 16;
  assertAlmostEquals(area("third-derivative"), Math.PI * 0.26 ** 2 * square, 1e-6);
  // 8 / 5 of the triangle, less what finer divisions would add.
  const snowflake = 8 / 5 * Math.sqrt(3) / 4 * 0.55 ** 2;
  assertLess(Math.abs(area("koch") / snowflake - 1), 3e-3);
  assertAlmostEquals(kochDimension, 1.2619, 1e-4);
});

Deno.test("paintCartoon() fades out before the border in every placement, but for the bumps, which are periodic", () => {
  for (const cartoon of cartoons.filter((name) => name !== "smooth")) {
    for (const angle of [0, 1, 2.5]) {
      const image = paintCartoon(cartoon, 32, { angle, x: 0.55, y: 0.45 });
      for (let i = 0; i < 32; i++) {
        for (const at of [i, 31 * 32 + i, 32 * i, 32 * i + 31]) assertAlmostEquals(image[at]!, 0, 1e-12);
      }
    }
  }
});
