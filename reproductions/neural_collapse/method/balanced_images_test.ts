import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { firstOfEachClass, inputsOf } from "./balanced_images.ts";

Deno.test("firstOfEachClass() takes as many of each class, in order", () => {
  const labels = Uint8Array.of(2, 0, 0, 1, 0, 2, 1, 2);
  assertEquals(firstOfEachClass(labels, { classes: 3, perClass: 2 }), [0, 1, 2, 3, 5, 6]);
  assertThrows(() => firstOfEachClass(labels, { classes: 3, perClass: 3 }), RangeError, "class 1 has 2");
  assertThrows(() => firstOfEachClass(labels, { classes: 4, perClass: 1 }), RangeError, "class 3 has 0");
});

Deno.test("inputsOf() puts channels last and standardises pixels", () => {
  const images = {
    count: 2,
    channels: 2,
    height: 1,
    width: 2,
    images: Uint8Array.of(0, 0, 0, 0, 0, 51, 102, 255),
    labels: Uint8Array.of(4, 7),
  };
  const { shape, inputs, labels } = inputsOf(images, { mean: 0.2, deviation: 0.5 }, [1]);
  assertEquals([shape, [...labels]], [[1, 2, 2], [7]]);
  for (const [i, value] of [-0.4, 0.4, 0, 1.6].entries()) assertAlmostEquals(inputs[i]!, value, 1e-6);
  assertEquals(inputsOf(images, { mean: 0, deviation: 1 }).labels.length, 2);
});
