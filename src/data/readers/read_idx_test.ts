import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { readIdx } from "./read_idx.ts";

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);

Deno.test("readIdx() reads an array of three dimensions", () => {
  const { shape, data } = readIdx(images, 3, "images");
  assertEquals([...shape], [2, 1, 3]);
  assertEquals([...data], [1, 2, 3, 4, 5, 6]);
});

Deno.test("readIdx() reads a view that does not begin at the start of its buffer", () => {
  const shifted = new Uint8Array(images.length + 3);
  shifted.set(images, 3);
  assertEquals([...readIdx(shifted.subarray(3), 3, "images").shape], [2, 1, 3]);
});

Deno.test("readIdx() refuses a file cut off anywhere", () => {
  for (let length = 0; length < images.length; length++) {
    assertThrows(() => readIdx(images.subarray(0, length), 3, "cut.idx"), DataError, "Cannot read cut.idx");
  }
});

Deno.test("readIdx() refuses bytes after the array", () => {
  const longer = Uint8Array.of(...images, 0);
  assertThrows(() => readIdx(longer, 3, "long.idx"), DataError, "must have 22 bytes: current size is 23");
});

Deno.test("readIdx() refuses another type, another number of dimensions, and foreign files", () => {
  const floats = Uint8Array.from(images);
  floats[2] = 13;
  assertThrows(() => readIdx(floats, 3, "f.idx"), DataError, "must begin with 0,0,8,3");
  assertThrows(() => readIdx(images, 1, "i.idx"), DataError, "current first bytes are 0,0,8,3");
  assertThrows(() => readIdx(Uint8Array.of(0x1f, 0x8b, 8, 0), 3, "p.gz"), DataError, "31,139,8,0");
});

Deno.test("readIdx() refuses an absurd shape without taking memory for it", () => {
  const absurd = Uint8Array.from(images);
  absurd.fill(0xff, 4, 16);
  assertThrows(() => readIdx(absurd, 3, "a.idx"), DataError, "4294967295x4294967295x4294967295");
});

Deno.test("readIdx() refuses a side without values, which somebody might allocate by", () => {
  const hollow = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255);
  assertThrows(() => readIdx(hollow, 3, "h.idx"), DataError, "current shape is 0x4294967295x4294967295");
  assertEquals([...readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0), 1, "none.idx").shape], [0]);
});
