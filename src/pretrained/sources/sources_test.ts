import { assert, assertEquals } from "@std/assert";
import { testContext } from "../../suite/testing.ts";
import { classPhotographs, readInColour } from "./class_photographs.ts";
import { caltechClasses } from "./caltech_classes.ts";
import { joinPhotographs } from "./join_photographs.ts";
import { networks } from "./load_network.ts";
import { type NetworkName, networkSource } from "./network_source.ts";

const standIns = { classes: 2, imagesPerClass: 3, side: 16 };

Deno.test("networkSource() declares what the network loads, and the side that it was trained on", () => {
  for (const name of ["squeezenet", "mobilenet"] as NetworkName[]) {
    const { files, side, standIn } = networkSource(name, 20).resolve({ source: "folder", files: [] });
    assertEquals([[...files], side, standIn], [[...networks[name].files], networks[name].input.side, false]);
    assertEquals(networkSource(name, 20).resolve({ source: "stand-in", files: [] }).side, 20);
  }
});

Deno.test("caltechClasses has 36 classes that mean the same and 14 of several kinds", () => {
  const all = Object.values(caltechClasses);
  assertEquals([all.filter(({ exact }) => exact).length, all.length], [36, 50]);
  assert(
    all.every(({ ids, exact }) => ids.every((id) => id >= 0 && id < 1000) && (!exact || ids.length === 1)),
  );
});

Deno.test("classPhotographs() takes the classes that ImageNet has, and photographs evenly among the thirty that are known", () => {
  const folder = "101_ObjectCategories";
  const files = ["BACKGROUND", "ant", "anchor", "panda"].flatMap((name) =>
    Array.from({ length: 60 }, (_, i) => `${folder}/${name}/image_${String(i + 1).padStart(4, "0")}.jpg`)
  );
  const found = { source: "folder", files } as const;
  const classes = classPhotographs(found, { imagesPerClass: 2, standIns });
  assertEquals(classes.map(({ name, ids }) => [name, ...ids]), [["ant", 310], ["panda", 388]]);
  const reading = joinPhotographs(classes.map(({ photographs }) => photographs)).resolve(found);
  assertEquals([...reading.files], [
    `${folder}/ant/image_0001.jpg`,
    `${folder}/ant/image_0031.jpg`,
    `${folder}/panda/image_0001.jpg`,
    `${folder}/panda/image_0031.jpg`,
  ]);
});

Deno.test("readInColour() gives a stand-in of its own for each photograph", async () => {
  const found = { source: "stand-in", files: [] } as const;
  const classes = classPhotographs(found, { imagesPerClass: 3, standIns });
  const reading = joinPhotographs(classes.map(({ photographs }) => photographs)).resolve(found);
  const images = await Array.fromAsync(readInColour(reading, testContext()));
  assertEquals(images.map(({ height, width }) => [height, width]), Array(6).fill([16, 16]));
  assertEquals(new Set(images.map(({ data }) => data.join())).size, 6);
});
