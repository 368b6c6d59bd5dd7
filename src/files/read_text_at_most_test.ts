import { assertEquals, assertThrows } from "@std/assert";
import { inFolder } from "./test_helpers.ts";
import { readTextAtMost } from "./read_text_at_most.ts";

Deno.test("readTextAtMost() gives what Deno.readTextFile() gives, in pieces that cut characters", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, `\uFEFFa${"żółw 🐢".repeat(20_000)}`);
    const text = await Deno.readTextFile(path);
    assertEquals(readTextAtMost(path, 2 ** 20) === text, true);
    await Deno.writeFile(path, Uint8Array.of(0x61, 0xc3));
    assertEquals(readTextAtMost(path, 2), "a\uFFFD");
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("readTextAtMost() stops at the limit of a device that never ends", {
  ignore: Deno.build.os === "windows",
}, () => {
  assertThrows(() => readTextAtMost("/dev/zero", 1000), RangeError, "it must be at most 1000 bytes");
});

Deno.test(
  "readTextAtMost() does not wait for a pipe",
  inFolder(async (folder) => {
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
    assertThrows(
      () => readTextAtMost(`${folder}/pipe`, 100),
      RangeError,
      "it is a pipe; give the name of a file",
    );
  }),
);
