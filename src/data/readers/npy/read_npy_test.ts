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
    fc.uint16Array(),
    fc.uint32Array(),
    fc.bigUint64Array(),
    fc.int8Array(),
    fc.int16Array(),
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
    ["an empty file", new Uint8Array(), "it is empty"],
    ["a few bytes", file(HEADER).subarray(0, 7), "it ends inside the header, after 7 bytes"],
    [
      "a file that Git LFS did not fetch",
      new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\n"),
      "it is a Git LFS pointer",
    ],
    ["an .npz file", new TextEncoder().encode("PK\x03\x04 and more"), "it is a zip archive"],
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
    [
      "complex numbers",
      file(HEADER.replace("|u1", "<c16")),
      'current type is <c16: convert them, numpy.save("x.npy", numpy.abs(x))',
    ],
    ["long doubles", file(HEADER.replace("|u1", "<f16")), 'numpy.save("x.npy", x.astype("<f8"))'],
    ["texts", file(HEADER.replace("|u1", "<U8")), "current type is <U8"],
    ["objects", file(HEADER.replace("|u1", "|O")), "current type is |O"],
    ["a name of Object.prototype", file(HEADER.replace("|u1", "toString")), "current type is toString"],
    [
      "a structured type",
      file(HEADER.replace("'|u1'", "[('x', '<f8'), ('y', '<f4', (2, 3))]")),
      'numpy.save("x.npy", x["name"])',
    ],
    ["an order that is no truth value", file(HEADER.replace("False", "0")), "no readable 'fortran_order'"],
    ["a header that is no dictionary", file("[1, 2]"), "the header must be a dictionary of Python"],
    [
      "a header that is cut off",
      file("{'descr': '|u1', 'shape': (2,"),
      "the header must be a dictionary of Python",
    ],
    ["a shape that is a number", file(HEADER.replace("(2,)", "2")), "no readable 'shape'"],
    ["a shape of texts", file(HEADER.replace("(2,)", "('2',)")), "no readable 'shape'"],
    [
      "a header that is nested deeply",
      file("(".repeat(60_000), 2),
      "the header must be a dictionary of Python",
    ],
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
    ["a control character", file(HEADER.replace("|u1", "\0\x1b")), "current type is \\u0000\\u001b"],
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
  assertEquals(readNpyHeader(file(HEADER)), {
    type: "|u1",
    elements: { type: "|u1", bytes: 1, isBigEndian: false },
    isFortranOrder: false,
    shape: [2],
    dataOffset: 68,
  });
});

Deno.test("readNpy() reads every header that NumPy writes or wrote", async (t) => {
  const headers: [string, string][] = [
    ["double quotes", `{"descr": "|u1", "fortran_order": False, "shape": (2,)}`],
    ["a list as shape, as json gives it", "{'descr': '|u1', 'fortran_order': False, 'shape': [2]}"],
    ["long numbers of Python 2", "{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }"],
    ["texts of Python 2", "{u'descr': u'|u1', u'fortran_order': False, u'shape': (2,)}"],
    ["no white space", "{'descr':'|u1','fortran_order':False,'shape':(2,)}"],
    ["much white space", " { 'descr' :\t'|u1' ,\n'fortran_order' : False , 'shape' : ( 2 , ) , } \n"],
    ["one axis in Fortran order", "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1)}"],
    ["another name of the type", "{'descr': 'uint8', 'fortran_order': False, 'shape': (2,)}"],
    ["a byte order that one byte does not have", "{'descr': '>u1', 'fortran_order': False, 'shape': (2,)}"],
  ];
  for (const [name, header] of headers) {
    await t.step(name, () => assertEquals(readNpy(file(header, 1, [7, 8])).data, Uint8Array.of(7, 8)));
  }
});

Deno.test("readNpy() converts every type that it can without loss", async (t) => {
  // Bytes as numpy 2.4 writes them: numpy.array([...], dtype).tobytes().
  const cases: [string, number[], ReturnType<typeof readNpy>["data"]][] = [
    ["<f2", [0x00, 0x3e, 0x01, 0x00], Float32Array.of(1.5, 2 ** -24)],
    [">f2", [0x3e, 0x00, 0xfc, 0x00], Float32Array.of(1.5, -Infinity)],
    [">f4", [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], Float32Array.of(1.5, -2)],
    ["=f4", [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0], Float32Array.of(1.5, -2)],
    ["f8", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(1.5, 0)],
    [">f8", [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(1.5, 0)],
    ["|b1", [2, 0], Uint8Array.of(1, 0)],
    ["?", [1, 0], Uint8Array.of(1, 0)],
    ["|i1", [0xff, 2], Int8Array.of(-1, 2)],
    [">i2", [0xff, 0xfe, 0, 2], Int16Array.of(-2, 2)],
    ["<u2", [0xff, 0xff, 2, 0], Uint16Array.of(65_535, 2)],
    [">u4", [0, 0, 1, 0, 0xff, 0, 0, 0], Uint32Array.of(256, 0xff000000)],
    [">i4", [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1], Int32Array.of(-1, 1)],
    [
      ">i8",
      [0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      BigInt64Array.of(1n, -1n),
    ],
    ["<u8", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80], BigUint64Array.of(1n, 2n ** 63n)],
  ];
  for (const [type, bytes, data] of cases) {
    await t.step(type, () => assertEquals(readNpy(file(HEADER.replace("|u1", type), 1, bytes)).data, data));
  }
});

Deno.test("readNpy() puts arrays in Fortran order into the order of C", () => {
  // numpy.asfortranarray(numpy.arange(12, dtype="u1").reshape(2, 3, 2)).tobytes("A")
  const stored = [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11];
  const header = HEADER.replace("False", "True").replace("(2,)", "(2, 3, 2)");
  const { shape, data } = readNpy(file(header, 1, stored));
  assertEquals([shape, data], [[2, 3, 2], Uint8Array.from({ length: 12 }, (_, i) => i)]);
  // numpy.asfortranarray([[0, 1, 2], [3, 4, 5]])
  const flat = readNpy(file(header.replace("(2, 3, 2)", "(2, 3)"), 1, [0, 3, 1, 4, 2, 5]));
  assertEquals([flat.shape, flat.data], [[2, 3], Uint8Array.of(0, 1, 2, 3, 4, 5)]);
});
