import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DataError } from "../../../errors.ts";
import { readNpy, readNpyHeader } from "./read_npy.ts";
import { writeNpy } from "./write_npy.ts";

/** A file with any header text. */
function file(text: string, version = 1, data: readonly number[] = []): Uint8Array {
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length, 0, 0, 0];
  return Uint8Array.of(
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    version,
    0,
    ...length,
    ...new TextEncoder().encode(text),
    ...data,
  );
}

const HEADER = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n";

Deno.test("readNpy() gives back what writeNpy() wrote, bit for bit", () => {
  const arrays = fc.oneof(
    fc.float32Array(),
    fc.float64Array(),
    fc.uint8Array(),
    fc.int32Array(),
    fc.bigInt64Array(),
  );
  fc.assert(fc.property(arrays, (data) => {
    for (const shape of [[data.length], [1, data.length, 1]]) {
      const array = readNpy(writeNpy(data, shape));
      assertEquals(array.shape, shape);
      assertEquals(array.data, data as typeof array.data);
    }
  }));
});

Deno.test("readNpy() reads versions 1 to 3, any order of keys, and a single number", () => {
  for (const version of [1, 2, 3]) {
    assertEquals(readNpy(file(HEADER, version, [7, 8])).data, Uint8Array.of(7, 8));
  }
  const reordered = "{'shape': (2, 1), 'fortran_order': False, 'descr': '|u1'}";
  assertEquals(readNpy(file(reordered, 1, [7, 8])).shape, [2, 1]);
  assertEquals(readNpy(writeNpy(Float64Array.of(3), [])), {
    type: "<f8",
    shape: [],
    data: Float64Array.of(3),
  });
});

Deno.test("readNpy() reads from the middle of a buffer, and shares nothing with it", () => {
  const whole = new Uint8Array([1, 2, 3, ...file(HEADER, 1, [7, 8])]);
  const { data } = readNpy(whole.subarray(3));
  whole.fill(0);
  assertEquals(data, Uint8Array.of(7, 8));
});

Deno.test("readNpy() refuses what it cannot read, and says why", async (t) => {
  const cases: [what: string, bytes: Uint8Array, message: string][] = [
    ["an empty file", new Uint8Array(), "it ends inside the header, after 0 bytes"],
    ["another format", new TextEncoder().encode("P5 28 28 255 ..."), "does not begin with the mark"],
    ["version 4", file(HEADER, 4), "must be 1, 2 or 3: current value is 4"],
    ["a header cut off", file(HEADER).subarray(0, 30), "it ends inside the header, after 30 of 68 bytes"],
    ["version 2 cut off", file(HEADER, 2).subarray(0, 11), "it ends inside the header, after 11 bytes"],
    [
      "a header of 4 GB",
      new Uint8Array([...file(HEADER, 2).subarray(0, 8), 255, 255, 255, 255]),
      "at most 65536 bytes: current value is 4294967295",
    ],
    ["too few elements", file(HEADER, 1, [7]), "shape (2) of |u1 takes 2 bytes, but it holds 1"],
    ["too many elements", file(HEADER, 1, [7, 8, 9]), "shape (2) of |u1 takes 2 bytes, but it holds 3"],
    ["Fortran order", file(HEADER.replace("False", "True")), "numpy.ascontiguousarray"],
    ["big-endian numbers", file(HEADER.replace("|u1", ">f8")), "current value is >f8"],
    ["complex numbers", file(HEADER.replace("|u1", "<c16")), "must be one of <f4, <f8, |u1, <i4, <i8"],
    ["a name of Object.prototype", file(HEADER.replace("|u1", "toString")), "current value is toString"],
    ["a structured type", file(HEADER.replace("'|u1'", "[('x', '<f8')]")), "no readable 'descr'"],
    ["a negative axis", file(HEADER.replace("(2,)", "(-2,)")), "no readable 'shape'"],
    ["no shape", file("{'descr': '|u1', 'fortran_order': False, }"), "no readable 'shape'"],
    [
      "an axis beyond 2^53",
      file(HEADER.replace("(2,)", "(0, 99999999999999999999)")),
      "whole numbers below 2^53",
    ],
    [
      "an infinite axis",
      file(HEADER.replace("(2,)", `(0, ${"9".repeat(400)})`)),
      "current shape is (0, Infinity)",
    ],
    ["a control character", file(HEADER.replace("|u1", "\0\x1b")), "current value is \\u0000\\u001b"],
    [
      "a shape beyond all memory",
      file(HEADER.replace("(2,)", "(99999999999, 99999999999)"), 1, [7]),
      "but it holds 1",
    ],
  ];
  for (const [what, bytes, message] of cases) {
    await t.step(what, () => {
      const { message: text } = assertThrows(() => readNpy(bytes, "x.npy"), DataError, message);
      assertEquals(text.startsWith("Cannot read x.npy: "), true);
    });
  }
});

Deno.test("readNpyHeader() needs the header only", () => {
  assertEquals(readNpyHeader(file(HEADER)), { type: "|u1", shape: [2], dataOffset: 68 });
});
