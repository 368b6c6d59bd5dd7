import { assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { centreSquare, photographsOfImages, pictures, readPictures } from "./pictures.ts";

const context = { read: () => Promise.reject(new Error("no file is read")), rng: randomStream };
const standIns = { side: 32, seeds: [3, 4] };

Deno.test("pictures() declares those of its files that are at hand", () => {
  const source = pictures("images", photographsOfImages, standIns);
  const reading = source.resolve({ source: "folder", files: ["brick.png", "camera.png", "coins.png"] });
  assertEquals(reading, {
    dataset: "images",
    files: ["camera.png", "coins.png"],
    standIn: false,
    leaves: null,
  });
});

Deno.test("readPictures() synthesises a stand-in for each seed, and no two alike", async () => {
  const reading = pictures("images", photographsOfImages, standIns).resolve({
    source: "stand-in",
    files: [],
  });
  const [first, second, ...others] = await Array.fromAsync(readPictures(reading, context));
  assertEquals([first!.height, first!.width, others.length], [32, 32, 0]);
  assertEquals(first!.data.every((value, i) => value === second!.data[i]), false);
});

Deno.test("centreSquare() takes the pixels about the centre, and no more than there are", () => {
  const image = { height: 3, width: 4, data: Float64Array.from({ length: 12 }, (_, i) => i) };
  assertEquals([...centreSquare(image, 2)], [1, 2, 5, 6]);
  assertThrows(() => centreSquare(image, 4), RangeError, "it has 3x4");
});
