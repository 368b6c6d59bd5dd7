import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import type { LabelledFeatures } from "../labelled_features.ts";
import { classFeatures } from "./class_features.ts";
import { defaultCut, fisherRatio, ratioOfMoments } from "./fisher_ratio.ts";
import { fisherRatioError, jackknifeFisherRatio, pairedJackknifeError } from "./jackknife.ts";
import { momentsWithoutBlock } from "./moments_without_block.ts";
import { withinClassCovariance } from "./within_class_covariance.ts";

const dimension = 4;

/** Normal rows around the means 0, 1, ... of their classes, which take turns as long as they have rows. */
function normalRows(counts: readonly number[], seed: number): LabelledFeatures {
  const stream = randomStream("jackknife", seed);
  const turns = Math.max(...counts);
  const labels = Uint8Array.from(
    Array.from({ length: turns }, (_, turn) => [...counts.keys()].filter((label) => turn < counts[label]!))
      .flat(),
  );
  const features = Float32Array.from(
    { length: labels.length * dimension },
    (_, i) => stream.normal() + (i % dimension === 0 ? labels[Math.floor(i / dimension)]! : 0),
  );
  return { features, dimension, labels, classes: counts.length };
}

/** The rows that are left without one of `blocks` blocks: those of each class are dealt out, and what is over stays. */
function withoutBlock(data: LabelledFeatures, block: number, blocks: number): LabelledFeatures {
  const seen = new Array<number>(data.classes).fill(0);
  const counts = seen.map((_, label) => data.labels.filter((own) => own === label).length);
  const kept = Array.from(data.labels.keys()).filter((row) => {
    const label = data.labels[row]!;
    const j = seen[label]!++;
    return j % blocks !== block || j >= blocks * Math.floor(counts[label]! / blocks);
  });
  return {
    ...data,
    labels: Uint8Array.from(kept, (row) => data.labels[row]!),
    features: Float32Array.from(
      kept.flatMap((row) => [...data.features.subarray(row * dimension, (row + 1) * dimension)]),
    ),
  };
}

const everyFifth = { blocks: 5, leftOut: 5 };

Deno.test("momentsWithoutBlock() gives the moments of the rows that are left, classes of different sizes included", async () => {
  const backend = await startBackend({ threads: 2 });
  const data = normalRows([30, 7, 54], 1);
  const whole = withinClassCovariance(classFeatures(data));
  const found = Array.from(momentsWithoutBlock(data, whole, everyFifth));
  assertEquals(found.length, 5);
  for (const [block, { means, within, counts }] of found.entries()) {
    const expected = withinClassCovariance(classFeatures(withoutBlock(data, block, 5)));
    assertEquals(counts, [24, 6, 44]);
    assertEquals(expected.counts, counts);
    for (const [label, mean] of means.entries()) {
      for (const [k, value] of mean.entries()) assertAlmostEquals(value, expected.means[label]![k]!, 1e-12);
    }
    for (let i = 0; i < dimension; i++) {
      for (let j = i; j < dimension; j++) {
        const at = i * dimension + j;
        assertAlmostEquals(within[at]!, expected.within[at]!, 1e-12);
      }
    }
  }
  backend.dispose();
});

Deno.test("jackknifeFisherRatio() gives the ratio of all rows, and those without each block", async (t) => {
  const backend = await startBackend({ threads: 1 });
  const data = normalRows([40, 40, 41], 2);
  const { whole, jackknife } = jackknifeFisherRatio(data, everyFifth);

  await t.step("with the bits of fisherRatio()", () => {
    assertEquals(whole.ratio, fisherRatio(classFeatures(data)).ratio);
  });

  await t.step("as fisherRatio() has them of the rows that are left", () => {
    for (const [block, ratio] of jackknife.ratios.entries()) {
      assertAlmostEquals(ratio, fisherRatio(classFeatures(withoutBlock(data, block, 5))).ratio, 1e-10);
    }
  });

  await t.step("of the first blocks alone, where fewer are left out", () => {
    assertEquals(jackknifeFisherRatio(data, { blocks: 5, leftOut: 2 }).jackknife, {
      blocks: 5,
      ratios: jackknife.ratios.slice(0, 2),
    });
  });
  backend.dispose();
});

Deno.test("momentsWithoutBlock() leaves no direction of rows that are left out", async () => {
  const backend = await startBackend({ threads: 1 });
  const data = normalRows([20, 20], 3);
  // The last feature is constant but for one row, which belongs to block 0: each class has its rows at every second place.
  const features = data.features.map((value, i) =>
    i % dimension === dimension - 1 ? (i < dimension ? 7 : 0.1) : value
  );
  const rows = { ...data, features };
  const whole = withinClassCovariance(classFeatures(rows));
  const ranks = Array.from(
    momentsWithoutBlock(rows, whole, everyFifth),
    (left) => ratioOfMoments(left, defaultCut).rank,
  );
  assertEquals(ranks, [3, 4, 4, 4, 4]);
  backend.dispose();
});

Deno.test("momentsWithoutBlock() throws where the blocks do not fit the rows", async () => {
  const backend = await startBackend({ threads: 1 });
  const data = normalRows([6, 4], 4);
  const leave = (blocks: number, leftOut: number) => () => jackknifeFisherRatio(data, { blocks, leftOut });
  assertThrows(leave(5, 5), RangeError, "from 2 to the rows of the smallest class, 4: current value is 5");
  assertThrows(leave(1, 1), RangeError, "current value is 1");
  assertThrows(leave(4, 1), RangeError, "from 2 to all 4: current value is 1");
  assertThrows(leave(4, 5), RangeError, "current value is 5");
  backend.dispose();
});

Deno.test("fisherRatioError() is the standard deviation over samples, a little more rather than less", async () => {
  const backend = await startBackend({ threads: 1 });
  const samples = Array.from({ length: 200 }, (_, seed) => {
    const { whole, jackknife } = jackknifeFisherRatio(normalRows([50, 50, 50], 100 + seed), {
      blocks: 25,
      leftOut: 25,
    });
    return { ratio: whole.ratio, variance: fisherRatioError(jackknife) ** 2 };
  });
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const mean = meanOf(samples.map(({ ratio }) => ratio));
  const deviation = Math.sqrt(meanOf(samples.map(({ ratio }) => (ratio - mean) ** 2)));
  const error = Math.sqrt(meanOf(samples.map(({ variance }) => variance)));
  // The standard deviation of 200 samples is known to 5 %.
  assert(error > 0.9 * deviation && error < 1.25 * deviation, `${error} of ${deviation}`);
  backend.dispose();
});

Deno.test("pairedJackknifeError() counts what blocks do to one of the two alone", () => {
  const lower = { blocks: 4, ratios: [1, 2, 3, 6] };
  const upper = { blocks: 4, ratios: [2, 3, 4, 7.5] };
  const apart = Math.hypot(fisherRatioError(lower), fisherRatioError(upper));
  assertLess(pairedJackknifeError(lower, upper), apart / 5);
  assertEquals(pairedJackknifeError(lower, upper), fisherRatioError({ blocks: 4, ratios: [1, 1, 1, 1.5] }));
  assertThrows(
    () => pairedJackknifeError(lower, { ...upper, ratios: [1, 2] }),
    RangeError,
    "4 of 4 and 2 of 4",
  );
});
