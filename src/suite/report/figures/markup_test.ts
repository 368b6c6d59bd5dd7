import { assertThrows } from "@std/assert";
import { formatCoordinate } from "./markup.ts";

Deno.test("formatCoordinate() refuses a place that is none", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assertThrows(() => formatCoordinate(value), RangeError, `Cannot paint at ${value}`);
  }
});
