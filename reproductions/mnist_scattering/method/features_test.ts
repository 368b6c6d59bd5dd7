import { assertEquals } from "@std/assert";
import { type FeatureName, featureParts, featureShape } from "./features.ts";

const dimensions: Readonly<Record<FeatureName, number>> = {
  "x": 784,
  "wf": 8 * 5 * 49,
  "scat1": (1 + 18) * 64,
  "scat2": (1 + 18 + 108) * 64,
  "scat1-cosine": (1 + 9) * 64,
  "scat2-cosine": (1 + 9 + 54) * 64,
  "scat1-elliptic": (1 + 3 * 8) * 64,
  "scat2-elliptic": (1 + 3 * 8 + 3 * 64) * 16,
  "scat1-4x4": (1 + 18) * 16,
  "scat2-4x4": (1 + 18 + 108) * 16,
};

for (const [name, dimension] of Object.entries(dimensions)) {
  Deno.test(`featureShape() has as many coefficients of ${name} as paths and grid say`, () => {
    const { paths, positions } = featureShape(name as FeatureName);
    assertEquals(paths * positions, dimension);
  });
}

Deno.test("featureParts() is plain data that tells wavelets, grids and reductions apart", () => {
  const kinds = (["scat2", "scat2-cosine", "scat2-elliptic", "scat2-4x4"] as const).map(featureParts);
  assertEquals(JSON.parse(JSON.stringify(kinds)), kinds);
  const unnamed = kinds.map((parts) => JSON.stringify({ ...parts, feature: "" }));
  assertEquals(new Set(unnamed).size, kinds.length);
});
