import { assertThrows } from "@std/assert";
import { checkAttentionMap, checkPositions } from "./attention_map.ts";

Deno.test("checkAttentionMap() takes a square matrix and refuses an empty sequence", () => {
  checkAttentionMap("measure", { length: 2, weights: new Float32Array(4) });
  for (const length of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => checkAttentionMap("measure", { length, weights: new Float32Array(0) }),
      RangeError,
      `must be an integer >= 1: current value is ${length}`,
    );
  }
});

Deno.test("checkPositions() takes every position of the sequence and refuses others", () => {
  checkPositions("measure", [0, 3, 1], 4);
  for (const position of [-1, 4, 0.5, NaN]) {
    assertThrows(() => checkPositions("measure", [0, position], 4), RangeError, `is ${position}`);
  }
});
