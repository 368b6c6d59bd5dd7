import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DataError } from "../../../errors.ts";
import { readPgm } from "./read_pgm.ts";

/** A PGM file. */
function pgm(header: string, samples: Iterable<number>): Uint8Array {
  return Uint8Array.of(...new TextEncoder().encode(header), ...samples);
}

Deno.test("readPgm() reads the form that MATLAB writes, with a comment", () => {
  const { height, width, maxValue, data } = readPgm(
    pgm("P5\n# MatLab PGMWRITE file, saved 19-Aug-1999\n3 2\n255\n", [0, 1, 2, 253, 254, 255]),
    "t.pgm",
  );
  assertEquals([height, width, maxValue], [2, 3, 255]);
  assertEquals([...data], [0, 1, 2, 253, 254, 255]);
});

Deno.test("readPgm() takes one white-space character before the samples: the next byte is one", () => {
  assertEquals([...readPgm(pgm("P5 1 1 255\n", [10]), "t.pgm").data], [10]);
  assertEquals([...readPgm(pgm("P5 2 1 255 ", [32, 35]), "t.pgm").data], [32, 35]);
});

Deno.test("readPgm() reads samples of two bytes, the higher first", () => {
  assertEquals([...readPgm(pgm("P5 2 1 1000\n", [1, 2, 3, 232]), "t.pgm").data], [258, 1000]);
});

Deno.test("readPgm() gives back any samples of any size", () => {
  const image = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(
    ([height, width]) =>
      fc.tuple(
        fc.constant([height, width]),
        fc.uint8Array({ minLength: height * width, maxLength: height * width }),
      ),
  );
  fc.assert(fc.property(image, ([[height, width], samples]) => {
    const read = readPgm(pgm(`P5\n${width} ${height}\n255\n`, samples), "t.pgm");
    assertEquals([read.height, read.width, ...read.data], [height!, width!, ...samples]);
  }));
});

Deno.test("readPgm() refuses what is no such file, with the reason", () => {
  const cases: readonly [Uint8Array, string][] = [
    [pgm("P2\n1 1\n255\n", [7]), "must begin with P5"],
    [pgm("P5\n1 1\n", [7]), "must have width, height and largest value"],
    [pgm("P5\n-1 1\n255\n", [7]), "must have width, height and largest value"],
    [pgm("P5\n0 1\n255\n", []), "current size is 1x0"],
    [pgm("P5\n99999 99999\n255\n", [7]), "current size is 99999x99999"],
    [pgm("P5\n1 1\n0\n", [7]), "current value is 0"],
    [pgm("P5\n1 1\n65536\n", [7, 7]), "current value is 65536"],
    [pgm("P5\n2 1\n255\n", [7]), "a picture of 1x2 must have 13 bytes: current size is 12"],
    [pgm("P5\n1 1\n255\n", [7, 7]), "a picture of 1x1 must have 12 bytes: current size is 13"],
    [pgm("P5\n2 1\n100\n", [100, 101]), "at most 100: one is 101"],
    [new Uint8Array(), "must begin with P5"],
  ];
  for (const [file, reason] of cases) {
    assertThrows(() => readPgm(file, "x.pgm"), DataError, `Cannot read x.pgm: `);
    assertThrows(() => readPgm(file, "x.pgm"), DataError, reason);
  }
});
