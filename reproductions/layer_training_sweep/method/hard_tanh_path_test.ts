import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { hardTanhPath, type Path } from "./hard_tanh_path.ts";

/** Two units at a few nodes. */
const paths: fc.Arbitrary<Path> = fc.array(
  fc.tuple(...[0, 1].map(() => fc.float({ min: -4, max: 4, noNaN: true }))),
  { minLength: 2, maxLength: 6 },
).map((rows) => ({
  angles: Float64Array.from(rows.keys()),
  values: Float32Array.from(rows.flat()),
}));

/** A unit of a path at an angle, by linear interpolation. */
function valueAt({ angles, values }: Path, unit: number, angle: number): number {
  const units = values.length / angles.length;
  const next = Math.max(1, angles.findIndex((node) => node >= angle));
  const [from, to] = [next - 1, next].map((node) => values[node * units + unit]!);
  const length = angles[next]! - angles[next - 1]!;
  return length === 0 ? to! : from! + (to! - from!) * (angle - angles[next - 1]!) / length;
}

Deno.test("hardTanhPath() cuts a side once for each level that it passes", () => {
  const { angles, values } = hardTanhPath({
    angles: Float64Array.of(0, 4),
    values: Float32Array.of(-2, 0, 2, 0.5),
  });
  assertEquals([...angles], [0, 1, 3, 4]);
  assertEquals([...values], [-1, 0, -1, 0.125, 1, 0.375, 1, 0.5]);
});

Deno.test("hardTanhPath() adds no node where a node is at the level, or nothing saturates", () => {
  const path = { angles: Float64Array.of(0, 1, 2, 3), values: Float32Array.of(0, 1, -1, 0.5) };
  assertEquals(hardTanhPath(path), path);
});

Deno.test("hardTanhPath() is hard-tanh of its inputs at every angle, with nodes in rising order", () => {
  fc.assert(fc.property(paths, fc.nat(100), fc.nat(1), (path, percent, unit) => {
    const through = hardTanhPath(path);
    assertEquals(through.angles, through.angles.toSorted());
    const angle = (path.angles.length - 1) * percent / 100;
    const wanted = Math.max(-1, Math.min(1, valueAt(path, unit, angle)));
    assertAlmostEquals(valueAt(through, unit, angle), wanted, 1e-5);
    assert(through.values.every((value) => Math.abs(value) <= 1));
  }));
});
