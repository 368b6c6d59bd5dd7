import fc from "fast-check";
import { join } from "@std/path";
import { readTextAtMost } from "../../../src/files/read_text_at_most.ts";
import { readUtf8 } from "../../../src/files/read_utf8.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf, utf8 } from "../utf8.ts";

const limit = 200;

const valid = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    "\uFEFF",
    "\uFEFF\uFEFFa",
    "\uFFFD",
    "a\0b\r\n",
    "é".repeat(limit / 2),
    "a".repeat(limit + 1),
  ),
).map(utf8);

/** Prompts and other texts. */
export const textTarget: FuzzTarget = {
  name: "text",
  files: changedBytes(valid, {
    words: [
      ...[[0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0xef, 0xbf, 0xbd], [0xc0, 0x80], [
        0xed,
        0xa0,
        0x80,
      ]],
      ...[[0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80], [0xe9], [0]],
    ].map((bytes) => Uint8Array.from(bytes)),
  }),
  errors: [RangeError],
  read: (bytes, folder) => {
    const path = join(folder, "fuzz.txt");
    Deno.writeFileSync(path, bytes);
    const fits = bytes.length <= limit;
    if (fits) must(readTextAtMost(path, limit) === textOf(bytes), "a text that is not checked is whole");
    const text = readUtf8(path, limit);
    must(fits, "no text is longer than the limit");
    const [mark] = [utf8("\uFEFF")];
    const marked = mark!.every((byte, i) => bytes[i] === byte);
    must(
      utf8(text).join() === bytes.subarray(marked ? 3 : 0).join(),
      "no byte is lost but those of the mark",
    );
  },
};
