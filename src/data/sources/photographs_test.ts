import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { deadLeaves } from "../stand_ins/dead_leaves.ts";
import { photographClasses, readPhotographs } from "./photographs.ts";
import type { DatasetListing } from "./source.ts";

const standIns = { classes: 2, imagesPerClass: 2, side: 16 };

/** A folder with `count` images in each of two classes. */
function folder(count: number): DatasetListing {
  const files = ["ant", "bass"].flatMap((name) =>
    Array.from({ length: count }, (_, i) => `101_ObjectCategories/${name}/image_${1001 + i}.jpg`)
  );
  return { source: "folder", files };
}

/** The files of each class, as positions in the folder's listing. */
function chosen(found: DatasetListing, imagesPerClass: number): number[][] {
  return photographClasses(found, { imagesPerClass, standIns }).map(({ photographs }) =>
    photographs.resolve(found).files.map((name) => found.files.indexOf(name))
  );
}

Deno.test("photographClasses() takes numbers 0 and floor(n/2) of the n files of each class", () => {
  assertEquals(chosen(folder(31), 2), [[0, 15], [31, 46]]);
});

Deno.test("photographClasses() takes every file of a class that has no more than are wanted", () => {
  assertEquals(chosen(folder(1), 2), [[0], [1]]);
  assertEquals(chosen(folder(3), Infinity), [[0, 1, 2], [3, 4, 5]]);
});

Deno.test("photographClasses() gives each class of stand-ins images of its own", () => {
  const found: DatasetListing = { source: "stand-in", files: [] };
  const readings = photographClasses(found, { imagesPerClass: 5, standIns })
    .map(({ photographs }) => photographs.resolve(found));
  assertEquals(readings.map(({ standIn, leaves }) => [standIn, leaves!.seeds]), [[true, [0, 1]], [true, [
    2,
    3,
  ]]]);
});

Deno.test("readPhotographs() synthesises dead leaves of the size that the reading says", async () => {
  const reading = { dataset: "caltech-101", files: [], standIn: true, leaves: { side: 16, seeds: [3] } };
  const context = { read: () => Promise.reject(new Error("no file is read")), rng: randomStream };
  const images = await Array.fromAsync(readPhotographs(reading, context));
  assertEquals(images, [deadLeaves(16, 16, randomStream("scattering_energy/dead leaves", 3))]);
});

Deno.test("readPhotographs() names an image that cannot be decoded", async () => {
  const reading = { dataset: "caltech-101", files: ["ant/image_0001.jpg"], standIn: false, leaves: null };
  const context = { read: () => Promise.resolve(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)), rng: randomStream };
  await assertRejects(() => Array.fromAsync(readPhotographs(reading, context)), DataError, "image_0001.jpg");
});
