import { assert, assertEquals } from "@std/assert";
import { Tables } from "./tables.ts";
import { transformRadices, writeTransform } from "./transform_table.ts";

Deno.test("transformRadices() splits every length into its factors", () => {
  for (let length = 1; length <= 512; length++) {
    const radices = transformRadices(length);
    assertEquals(radices.reduce((product, radix) => product * radix), length, `length ${length}`);
  }
});

Deno.test("transformRadices() takes as few passes as the kernel can", () => {
  assertEquals([12, 24, 36, 64, 320].map((length) => transformRadices(length).length), [2, 2, 2, 2, 3]);
});

Deno.test("writeTransform() writes roots of unity of modulus 1", () => {
  const tables = new Tables("float64");
  const words = new Uint32Array(tables.memory.buffer, writeTransform(tables, 24), 3);
  const [radix, rest, done, twiddles] = new Uint32Array(tables.memory.buffer, words[2]!, 4);
  assertEquals(radix! * rest! * done!, 24);
  const values = tables.view(twiddles!, 2 * rest! * (radix! - 1));
  for (let i = 0; i < values.length; i += 2) {
    assert(Math.abs(Math.hypot(values[i]!, values[i + 1]!) - 1) <= 2 * Number.EPSILON);
  }
});
