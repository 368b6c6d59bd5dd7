import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { classFeatures } from "../../../src/classify/fisher/class_features.ts";
import { fisherRatio } from "../../../src/classify/fisher/fisher_ratio.ts";
import { fisherRatioError } from "../../../src/classify/fisher/jackknife.ts";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { reportTest } from "./fisher_report.ts";

const [n, dimension, classes] = [80, 3, 2] as const;

Deno.test("reportTest() has the ratio of all images, its standard error, and those of parts that are large enough", async () => {
  const backend = await startBackend({ threads: 1 });
  const stream = randomStream("report", 1);
  const features = {
    features: Float32Array.from({ length: n * dimension }, () => stream.normal()),
    dimension,
    labels: Uint8Array.from({ length: n }, (_, i) => i % classes),
    classes,
  };
  const jackknife = { blocks: 4, leftOut: 3 };

  const { test } = reportTest(features, { jackknife, parts: [2, 20] });

  assertEquals(test.ratio, fisherRatio(classFeatures(features)).ratio);
  assertEquals(test.standardError, fisherRatioError(test.jackknife));
  assertEquals(test.jackknife.ratios.length, 3);
  // 4 images of 3 values and 2 classes have no covariance of full rank.
  assertEquals(test.fewer.map(({ n }) => n), [40]);
  assertNotEquals(test.fewer[0]!.ratio, test.ratio);
  // Rows 0 and 1, 4 and 5, ...: every second one of each class.
  const kept = Array.from(features.labels.keys()).filter((row) => row % 4 < 2);
  const half = fisherRatio(classFeatures({
    ...features,
    features: Float32Array.from(kept.flatMap((row) => [...features.features.subarray(3 * row, 3 * row + 3)])),
    labels: Uint8Array.from(kept, (row) => features.labels[row]!),
  }));
  assertAlmostEquals(test.fewer[0]!.ratio, half.ratio, 1e-12);
  backend.dispose();
});
