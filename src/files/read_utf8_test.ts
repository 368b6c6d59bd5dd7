import { assertEquals, assertThrows } from "@std/assert";
import { inFolder } from "./test_helpers.ts";
import { decodeUtf8, readUtf8 } from "./read_utf8.ts";

Deno.test("decodeUtf8() says which byte is no UTF-8", async (t) => {
  const wrong: [string, number[], string][] = [
    ["Latin-1", [0x61, 0xe9, 0x62], "byte 1 is none"],
    ["Latin-1 at the end", [0x61, 0x62, 0xe9], "byte 2 is none"],
    ["a character cut off", [0xe2, 0x82], "byte 0 is none"],
    ["behind a replacement character", [0xef, 0xbf, 0xbd, 0x61, 0x80], "byte 4 is none"],
    ["a surrogate", [0xed, 0xa0, 0x80], "byte 0 is none"],
    ["UTF-16, little-endian", [0xff, 0xfe, 0x61, 0], "it begins with the mark of UTF-16"],
    ["UTF-16, big-endian", [0xfe, 0xff, 0, 0x61], "it begins with the mark of UTF-16"],
  ];
  for (const [name, bytes, message] of wrong) {
    await t.step(name, () => {
      assertThrows(() => decodeUtf8(Uint8Array.from(bytes)), RangeError, `it must be UTF-8: ${message}`);
    });
  }
});

Deno.test("decodeUtf8() drops the byte order mark at the start alone", () => {
  assertEquals(decodeUtf8(new TextEncoder().encode("\ufeffa\ufeff")), "a\ufeff");
});

Deno.test(
  "readUtf8() reads a text of many pieces, and none that is too long",
  inFolder(async (folder) => {
    const text = "é🐢".repeat(50_000);
    await Deno.writeTextFile(`${folder}/text`, text);
    assertEquals(readUtf8(`${folder}/text`, 2 ** 20), text);
    const bytes = 6 * 50_000;
    assertEquals(readUtf8(`${folder}/text`, bytes), text);
    assertThrows(() => readUtf8(`${folder}/text`, bytes - 1), RangeError, `at most ${bytes - 1} bytes`);
    assertThrows(() => readUtf8("/dev/zero", 100_000), RangeError, "at most 100000 bytes");
  }),
);
