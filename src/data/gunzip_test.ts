import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../errors.ts";
import { gunzip } from "./gunzip.ts";
import { gzipped, text } from "./test_helpers.ts";

const content = text("the same again, ".repeat(100));
const packed = gzipped(content);

Deno.test("gunzip() gives back what was packed, up to just the limit", () => {
  assertEquals(gunzip(packed, content.length, "a.gz"), content);
  assertEquals(gunzip(packed, content.length, "a.gz").constructor, Uint8Array);
});

Deno.test("gunzip() refuses what unpacks to more than the limit", () => {
  assertThrows(() => gunzip(packed, content.length - 1, "a.gz"), DataError, "holds more than 1599 bytes");
  const bomb = gzipped(new Uint8Array(20_000_000));
  assertThrows(() => gunzip(bomb, 1000, "bomb.gz"), DataError, "Cannot unpack bomb.gz: it holds more than");
});

Deno.test("gunzip() refuses a file that is cut off, damaged, followed by other bytes, or foreign", () => {
  const damaged = Uint8Array.from(packed);
  damaged[packed.length - 6]! ^= 1;
  const faults = {
    "cut.gz": packed.subarray(0, packed.length - 1),
    "damaged.gz": damaged,
    "followed.gz": Uint8Array.of(...packed, ...text("more")),
    "foreign.gz": content,
    "empty.gz": new Uint8Array(),
  };
  for (const [name, bytes] of Object.entries(faults)) {
    assertThrows(() => gunzip(bytes, 10_000, name), DataError, `Cannot unpack ${name}`);
  }
});
