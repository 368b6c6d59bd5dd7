import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { spreadLabels } from "./spread_labels.ts";

const number = fc.double({ min: -50, max: 150, noNaN: true });
const labels = fc.array(fc.record({ wanted: number, size: fc.double({ min: 1, max: 12, noNaN: true }) }), {
  minLength: 1,
  maxLength: 8,
});

Deno.test("spreadLabels() leaves labels that have room where they are", () => {
  assertEquals(spreadLabels([80, 20], [10, 10], 0, 100), [80, 20]);
});

Deno.test("spreadLabels() keeps labels apart, in order and between the ends", () => {
  fc.assert(fc.property(labels, (list) => {
    const places = spreadLabels(list.map(({ wanted }) => wanted), list.map(({ size }) => size), 0, 100);
    const placed = list.map((label, i) => ({ ...label, place: places[i]! })).sort((a, b) =>
      a.place - b.place
    );
    assert(placed[0]!.place - placed[0]!.size / 2 >= -1e-9);
    assert(placed.at(-1)!.place + placed.at(-1)!.size / 2 <= 100 + 1e-9);
    for (const [i, label] of placed.slice(1).entries()) {
      assert(label.place - placed[i]!.place >= (label.size + placed[i]!.size) / 2 - 1e-9);
      assert(label.wanted >= placed[i]!.wanted);
    }
  }));
});

Deno.test("spreadLabels() moves labels as little as possible: no step to another allowed place is shorter", () => {
  const cost = (wanted: readonly number[], places: readonly number[]) =>
    places.reduce((sum, place, i) => sum + (place - wanted[i]!) ** 2, 0);
  fc.assert(fc.property(labels, fc.array(number, { minLength: 8, maxLength: 8 }), (list, aims) => {
    const wanted = list.map(({ wanted }) => wanted).sort((a, b) => a - b);
    const sizes = list.map(({ size }) => size);
    const places = spreadLabels(wanted, sizes, 0, 100);
    // Any allowed arrangement in this order: that of other wanted places.
    const other = spreadLabels(aims.slice(0, list.length).sort((a, b) => a - b), sizes, 0, 100);
    assert(cost(wanted, places) <= cost(wanted, other) + 1e-6);
  }));
});

Deno.test("spreadLabels() begins at the lower end where labels do not fit", () => {
  assertEquals(spreadLabels([5, 5], [10, 10], 0, 10), [5, 15]);
});
