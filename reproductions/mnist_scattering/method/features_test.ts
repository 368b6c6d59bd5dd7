import { assertEquals, assertNotEquals } from "@std/assert";
import { type FeatureName, featureParts, featureShape } from "./features.ts";

const dimensions: Readonly<Record<FeatureName, number>> = {
  "x": 784,
  "wf": 8 * 5 * 49,
  "scat1": (1 + 3 * 8) * 64,
  "scat2": (1 + 3 * 8 + 3 * 64) * 16,
  "scat1-iso": (1 + 18) * 16,
  "scat2-iso": (1 + 18 + 108) * 16,
};

for (const [name, dimension] of Object.entries(dimensions)) {
  Deno.test(`featureShape() has as many coefficients of ${name} as paths and grid say`, () => {
    const { paths, positions } = featureShape(name as FeatureName);
    assertEquals(paths * positions, dimension);
  });
}

Deno.test("featureParts() is plain data that tells the wavelets apart", () => {
  const elliptic = featureParts("scat2");
  assertEquals(JSON.parse(JSON.stringify(elliptic)), elliptic);
  assertNotEquals({ ...elliptic, feature: "" }, {
    ...featureParts("scat2-iso"),
    feature: "",
  });
});
