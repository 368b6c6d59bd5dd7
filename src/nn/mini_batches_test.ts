import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { MiniBatches } from "./mini_batches.ts";

Deno.test("MiniBatches: each epoch takes every input once, in an order of its own", () => {
  const batches = new MiniBatches(23, 5, 7);
  const epochs = [0, 1].map((epoch) =>
    Array.from({ length: batches.perEpoch }, (_, i) => batches.rowsOf(epoch * batches.perEpoch + i))
  );
  for (const epoch of epochs) {
    assertEquals(epoch.map(({ length }) => length), [5, 5, 5, 5, 3]);
    assertEquals(
      epoch.flatMap((rows) => [...rows]).toSorted((a, b) => a - b),
      Array.from({ length: 23 }, (_, i) => i),
    );
  }
  assertNotEquals(epochs[0], epochs[1]);
});

Deno.test("MiniBatches: a step has the same inputs whatever was asked for before, and keeps them", () => {
  const forward = new MiniBatches(23, 5, 7);
  const backward = new MiniBatches(23, 5, 7);
  const steps = Array.from({ length: 15 }, (_, step) => step);
  const ahead = steps.map((step) => forward.rowsOf(step));
  const back = steps.toReversed().map((step) => backward.rowsOf(step)).toReversed();
  assertEquals(ahead, back);
});

Deno.test("MiniBatches refuses no inputs, and no inputs in a step", () => {
  assertThrows(
    () => new MiniBatches(0, 5, 1),
    RangeError,
    "Cannot train on 0 inputs: there must be at least one",
  );
  assertThrows(() => new MiniBatches(5, 0, 1), RangeError, "batchSize = 0: it must be a whole number >= 1");
});
