import { assertEquals, assertThrows } from "@std/assert";
import { cutIntoWindows } from "./windows.ts";

const text = Int32Array.of(5, 6, 7, 8, 9);

Deno.test("cutIntoWindows() cuts without overlap, with or without a first token, and no more than asked for", () => {
  assertEquals([...cutIntoWindows(text, 2, []).tokens], [5, 6, 7, 8]);
  assertEquals([...cutIntoWindows(text, 3, [1]).tokens], [1, 5, 6, 1, 7, 8]);
  assertEquals([...cutIntoWindows(text, 2, [], 1).tokens], [5, 6]);
});

Deno.test("cutIntoWindows() refuses a text that fills no window", () => {
  for (const [length, prefix] of [[6, []], [7, [1]], [1, [1]], [0, []], [3, [1, 2, 3, 4]]] as const) {
    assertThrows(
      () => cutIntoWindows(text, length, prefix),
      RangeError,
      `Cannot cut windows of ${length} tokens: the text must fill one at least: current number is 5`,
    );
  }
});
