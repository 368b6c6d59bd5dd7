import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { ImageReading } from "../../../src/data/sources/labelled_image_sources.ts";
import { cifar10, mnist } from "../../../src/data/sources/labelled_image_sources.ts";
import { standIn, testContext } from "../../../src/suite/testing.ts";
import { imageSets, loadImages } from "./image_sets.ts";

/** A file of CIFAR-10 with one image: red and blue are set at pixel 5. */
function recordOf(label: number, red: number, blue: number): Uint8Array {
  const record = new Uint8Array(3073);
  record[0] = label;
  record[1 + 5] = red;
  record[1 + 2048 + 5] = blue;
  return record;
}

function readingOf(change: Partial<ImageReading>): ImageReading {
  return { dataset: "cifar-10", half: "train", files: ["a"], standIn: false, count: 1, ...change };
}

Deno.test("loadImages() normalises each channel and puts the channels last", async () => {
  const context = testContext({ read: () => Promise.resolve(recordOf(7, 255, 51)) });
  const { shape, inputs, labels } = await loadImages("cifar10", readingOf({}), context);
  assertEquals([shape, [...labels]], [[32, 32, 3], [7]]);
  const expected = [(1 - 0.485) / 0.229, -0.456 / 0.224, (0.2 - 0.406) / 0.225];
  for (const [channel, value] of expected.entries()) assertAlmostEquals(inputs[15 + channel]!, value, 1e-6);
});

Deno.test("loadImages() joins the images of files in their order", async () => {
  const records = new Map([["a", recordOf(1, 255, 0)], ["b", recordOf(2, 0, 255)]]);
  const context = testContext({ read: ({ name }) => Promise.resolve(records.get(name)!) });
  const reading = readingOf({ files: ["a", "b"], count: 2 });
  const { inputs, labels } = await loadImages("cifar10", reading, context);
  assertEquals([...labels], [1, 2]);
  const white = (1 - 0.485) / 0.229;
  const black = -0.485 / 0.229;
  assertAlmostEquals(inputs[15]!, white, 1e-6);
  assertAlmostEquals(inputs[3072 + 15]!, black, 1e-6);
});

Deno.test("loadImages() of stand-ins has every class in every ten images", async () => {
  const sources = { mnist, cifar10 };
  for (const set of ["mnist", "cifar10"] as const) {
    const reading = sources[set].train.first(20).resolve(standIn);
    const { labels, inputs } = await loadImages(set, reading, testContext());
    assertEquals(new Set(labels.subarray(0, 10)).size, 10);
    assertEquals(inputs.length, 20 * imageSets[set].shape.reduce((product, side) => product * side, 1));
  }
});
