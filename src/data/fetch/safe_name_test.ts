import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { safeName } from "./safe_name.ts";

Deno.test("safeName() gives names inside the folder one form", () => {
  assertEquals(safeName("a/b.jpg"), "a/b.jpg");
  assertEquals(safeName("./a/./b/"), "a/b");
  assertEquals(safeName("..a/b..c/..."), "..a/b..c/...");
});

Deno.test("safeName() refuses names that could lead out of the folder", async (t) => {
  for (
    const name of [
      "",
      ".",
      "/etc/passwd",
      "..",
      "a/../../b",
      "../b",
      "C:/b",
      "c:b",
      "a\\..\\b",
      "a\0b",
      "a\nb",
    ]
  ) {
    await t.step(JSON.stringify(name), () => {
      assertThrows(() => safeName(name), DataError, JSON.stringify(name));
    });
  }
});

Deno.test("safeName() names a name in one line that no terminal acts on", () => {
  const { message } = assertThrows(() => safeName("../\n\u001b[31m\u009b"), DataError);
  assertEquals(message, 'its entry "../\\n\\u001b[31m\\u009b" is not a name inside the folder');
  assertThrows(() => safeName("a\u009bb"), DataError, 'its entry "a\\u009bb"');
});
