import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { inMemory, someValues, writeMxnetArray } from "../test_helpers.ts";
import { firstLayers } from "./first_layers.ts";

Deno.test("firstLayers reads filters of the shape of the network, and refuses others", async () => {
  const vgg = firstLayers[0]!;
  const array = { shape: [64, 3, 3, 3], values: someValues(64 * 27, 1) };
  assertEquals(await vgg.filters(inMemory({ [vgg.file]: writeMxnetArray(array) })), array);
  const other = { shape: [64, 3, 9, 1], values: array.values };
  await assertRejects(
    () => vgg.filters(inMemory({ [vgg.file]: writeMxnetArray(other) })),
    DataError,
    "the filters must have the shape 64x3x3x3: current shape is 64x3x9x1",
  );
});
