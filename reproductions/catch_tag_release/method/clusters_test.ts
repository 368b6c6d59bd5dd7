import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { betweenGroupShare } from "./between_group_share.ts";
import { purity } from "./purity.ts";
import { silhouette } from "./silhouette.ts";
import { normals } from "../../../src/transformers/attention/test_helpers.ts";
import { twoMeans } from "./two_means.ts";

/** Two groups of 30 points, their centres `gap` standard deviations from each other. */
function twoGroups(gap: number) {
  const dimension = 5;
  const labels = Array.from({ length: 60 }, (_, i) => i % 2);
  const values = normals(60 * dimension, randomStream("two groups", 0)).map((value, at) =>
    value + (at % dimension === 2 ? gap * labels[Math.floor(at / dimension)]! : 0)
  );
  return { points: { values, dimension }, labels };
}

Deno.test("twoMeans(), silhouette() and betweenGroupShare() tell groups apart that lie apart", () => {
  const { points, labels } = twoGroups(30);
  assertEquals(purity(twoMeans(points), labels), 1);
  assert(silhouette(points, labels) > 0.8);
  assert(betweenGroupShare(points, labels) > 0.9);
});

Deno.test("purity, silhouette() and betweenGroupShare() of one cloud are near those of chance", () => {
  const { points, labels } = twoGroups(0);
  assert(purity(twoMeans(points), labels) < 0.7);
  assert(Math.abs(silhouette(points, labels)) < 0.05);
  assert(betweenGroupShare(points, labels) < 0.1);
});

Deno.test("twoMeans() ends in a state in which every point is nearest to the mean of its cluster", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
        minLength: 1,
        maxLength: 20,
      }),
      (list) => {
        const clusters = twoMeans({ values: Float64Array.from(list.flat()), dimension: 2 });
        assertEquals(clusters[0], 0);
        const means = [0, 1].map((cluster) => {
          const own = list.filter((_, i) => clusters[i] === cluster);
          return [0, 1].map((k) => own.reduce((sum, point) => sum + point[k]!, 0) / own.length);
        });
        for (const [i, point] of list.entries()) {
          const [own, other] = [means[clusters[i]!]!, means[1 - clusters[i]!]!];
          const squared = (mean: number[]) => (point[0] - mean[0]!) ** 2 + (point[1] - mean[1]!) ** 2;
          if (!Number.isNaN(other[0])) assert(squared(own) <= squared(other) + 1e-9);
        }
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("twoMeans() of equal points is one cluster", () => {
  assertEquals(twoMeans({ values: new Float32Array(6).fill(2), dimension: 2 }), new Uint8Array(3));
});

Deno.test("purity() does not change with the names of clusters, and is 1 for a cluster a point", () => {
  assertEquals(purity([1, 1, 0, 0, 0], [3, 4, 3, 3, 4]), purity([7, 7, 9, 9, 9], [0, 1, 0, 0, 1]));
  assertEquals(purity([0, 1, 2], [5, 5, 5]), 1);
});

Deno.test("silhouette() gives 0 to a point alone, and to points that coincide", () => {
  assertEquals(silhouette({ values: new Float64Array(4), dimension: 1 }, [0, 0, 1, 1]), 0);
  const points = { values: Float64Array.of(0, 0, 5), dimension: 1 };
  assertAlmostEquals(silhouette(points, [0, 0, 1]), 2 / 3, 1e-15);
});

Deno.test("silhouette() and betweenGroupShare() do not change with scale or shift", () => {
  const { points, labels } = twoGroups(3);
  const moved = { ...points, values: points.values.map((value) => 7 * value - 2) };
  assertAlmostEquals(silhouette(moved, labels), silhouette(points, labels), 1e-12);
  assertAlmostEquals(betweenGroupShare(moved, labels), betweenGroupShare(points, labels), 1e-12);
});

Deno.test("betweenGroupShare() is 0 for equal means and 1 without variance within", () => {
  assertEquals(betweenGroupShare({ values: Float64Array.of(-1, 1, -1, 1), dimension: 1 }, [0, 0, 1, 1]), 0);
  assertEquals(betweenGroupShare({ values: Float64Array.of(2, 2, 4, 4), dimension: 1 }, [0, 0, 1, 1]), 1);
  assertEquals(betweenGroupShare({ values: new Float64Array(4), dimension: 1 }, [0, 0, 1, 1]), NaN);
});

Deno.test("cluster measures refuse labels that do not fit", () => {
  const points = { values: new Float64Array(4), dimension: 2 };
  assertThrows(() => silhouette(points, [0]), RangeError, "2 points have 1 labels");
  assertThrows(() => silhouette(points, [3, 3]), RangeError, "there must be two labels");
  assertThrows(() => betweenGroupShare(points, [0, 1, 1]), RangeError, "2 points have 3 labels");
  assertThrows(() => purity([], []), RangeError, "0 points");
  assertThrows(() => twoMeans({ values: new Float64Array(3), dimension: 2 }), RangeError, "no whole number");
});
