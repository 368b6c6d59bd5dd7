import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { readMnist } from "./read_mnist.ts";

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
const labels = (...values: number[]) => Uint8Array.of(0, 0, 8, 1, 0, 0, 0, values.length, ...values);

Deno.test("readMnist() joins images and labels", () => {
  assertEquals(readMnist(images, labels(7, 0), "half"), {
    count: 2,
    channels: 1,
    height: 1,
    width: 3,
    images: Uint8Array.of(1, 2, 3, 4, 5, 6),
    labels: Uint8Array.of(7, 0),
  });
});

Deno.test("readMnist() refuses halves that do not belong together", () => {
  assertThrows(
    () => readMnist(images, labels(7), "half"),
    DataError,
    "2 images must have as many labels: there are 1",
  );
  assertThrows(() => readMnist(labels(7, 0), images, "half"), DataError, "Cannot read half images");
});

Deno.test("readMnist() refuses a label that is no digit", () => {
  assertThrows(
    () => readMnist(images, labels(7, 10), "half"),
    DataError,
    "label 1 must be in 0..9: current value is 10",
  );
});
