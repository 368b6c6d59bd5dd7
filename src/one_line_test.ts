import { assertEquals } from "@std/assert";
import { oneLine } from "./one_line.ts";

Deno.test("oneLine() leaves plain text as it is and shows what a terminal would act on", () => {
  assertEquals(oneLine('plain "text", é, 🐢'), 'plain "text", é, 🐢');
  assertEquals(oneLine("\0\r\n\u007f\u009b\u2028"), "\\u0000\\r\\n\\u007f\\u009b\\u2028");
});

Deno.test("oneLine() cuts off what is as long as a file", () => {
  assertEquals(oneLine("a".repeat(300)).length, 300);
  assertEquals(oneLine("a".repeat(1e6)), `${"a".repeat(300)} ...`);
});
