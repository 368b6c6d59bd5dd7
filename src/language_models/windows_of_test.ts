import { assertEquals, assertThrows } from "@std/assert";
import { windowsOf } from "./windows_of.ts";

const text = Int32Array.of(5, 6, 7, 8, 9);

Deno.test("windowsOf() cuts without overlap, with or without a first token, and no more than asked for", () => {
  assertEquals([...windowsOf(text, 2, null).tokens], [5, 6, 7, 8]);
  assertEquals([...windowsOf(text, 3, 1).tokens], [1, 5, 6, 1, 7, 8]);
  assertEquals([...windowsOf(text, 2, null, 1).tokens], [5, 6]);
});

Deno.test("windowsOf() refuses a text that fills no window", () => {
  for (const [length, bos] of [[6, null], [7, 1], [1, 1], [0, null]] as const) {
    assertThrows(
      () => windowsOf(text, length, bos),
      RangeError,
      `Cannot cut windows of ${length} tokens: the text must fill one at least: current number is 5`,
    );
  }
});
