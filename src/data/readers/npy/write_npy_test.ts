import { assertEquals, assertThrows } from "@std/assert";
import { writeNpy, writeNpyHeader } from "./write_npy.ts";

Deno.test("writeNpyHeader() gives the bytes of numpy.save", async (t) => {
  // Printed by numpy 2.4: version 1.0, padded with spaces to a multiple of 64 and ended by a line feed.
  const cases: [shape: number[], text: string][] = [
    [[], "{'descr': '<f4', 'fortran_order': False, 'shape': (), }"],
    [[7], "{'descr': '<f4', 'fortran_order': False, 'shape': (7,), }"],
    [[2, 3, 4], "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4), }"],
  ];
  for (const [shape, text] of cases) {
    await t.step(`shape (${shape.join(", ")})`, () => {
      const header = writeNpyHeader("<f4", shape);
      assertEquals([...header.subarray(0, 10)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
      assertEquals(new TextDecoder().decode(header.subarray(10)), text.padEnd(117) + "\n");
    });
  }
});

Deno.test("writeNpyHeader() grows by 64 bytes where the shape is long", () => {
  assertEquals(writeNpyHeader("<f8", Array(60).fill(1)).length % 64, 0);
});

Deno.test("writeNpy() writes the part of a buffer that a view shows", () => {
  const bytes = writeNpy(Uint8Array.of(1, 2, 3, 4).subarray(1, 3), [2]);
  assertEquals([...bytes.subarray(128)], [2, 3]);
});

Deno.test("writeNpy() refuses a shape that does not fit", () => {
  assertThrows(
    () => writeNpy(new Float32Array(5), [2, 3]),
    RangeError,
    "Cannot write an array of shape (2, 3) as it must have 6 elements: current number is 5",
  );
});
