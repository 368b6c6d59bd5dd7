import { assertAlmostEquals, assertEquals } from "@std/assert";
import { classMeans } from "./collapse_metrics.ts";
import { planeOfClasses } from "./plane_of_classes.ts";

/** Three classes with means at unit vectors of four dimensions, moved; each has two rows across the plane of the means. */
const data = {
  features: Float32Array.from(
    [0, 1, 2].flatMap((axis) =>
      [-1, 1].flatMap((side) => [0, 1, 2, 3].map((k) => 5 + (k === axis ? 1 : 0) + (k === 3 ? side : 0)))
    ),
  ),
  dimension: 4,
  labels: Uint8Array.of(0, 0, 1, 1, 2, 2),
  classes: 3,
};

Deno.test("planeOfClasses() sees collapse as one regular triangle", () => {
  // Classifiers three times the unit vectors, with something in common that is left out.
  const weights = [3, 0, 0, 0, 3, 0, 0, 0, 3, 1, 1, 1];
  const options = { labels: [0, 1, 2], perClass: 1 };
  const classes = planeOfClasses(data, classMeans(data), { weights, bias: [] }, options);
  const corners = [[0, 1], [Math.sqrt(3) / 2, -0.5], [-Math.sqrt(3) / 2, -0.5]];
  for (const [i, { label, features, mean, classifier }] of classes.entries()) {
    assertEquals([label, features.length], [i, 2]);
    for (const seen of [features, mean, classifier]) {
      assertAlmostEquals(seen[0]!, corners[i]![0]!, 1e-6);
      assertAlmostEquals(seen[1]!, corners[i]![1]!, 1e-6);
    }
  }
});

Deno.test("planeOfClasses() sees classifiers where they point, and few features where there are few", () => {
  // Only the first classifier points anywhere, along the mean of the second class.
  const weights = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  const options = { labels: [0, 1, 2], perClass: 9 };
  const [first, second] = planeOfClasses(data, classMeans(data), { weights, bias: [] }, options);
  assertEquals(first!.features.length, 4);
  const [x, y] = first!.classifier as [number, number];
  // Less their mean the classifiers are 2/3, -1/3, -1/3 of it: their mean length is 4/9, and the first 3/2 of that.
  assertAlmostEquals(x, 1.5 * Math.sqrt(3) / 2, 1e-6);
  assertAlmostEquals(y, -0.75, 1e-6);
  assertAlmostEquals(second!.classifier[0]!, -x / 2, 1e-6);
});
