import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { norm } from "./norm.ts";

Deno.test("norm() has the bits of Math.hypot", () => {
  const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 300 });
  fc.assert(fc.property(numbers, (values) => {
    assertEquals(norm(Float32Array.from(values)), Math.hypot(...values));
  }));
});

Deno.test("norm() has the bits of Math.hypot where many entries of one size add up", () => {
  for (let length = 100; length <= 2000; length += 100) {
    const vector = Float32Array.from({ length }, (_, k) => Math.sin(k + length));
    assertEquals(norm(vector), Math.hypot(...vector));
  }
});

Deno.test("norm() takes vectors longer than the stack holds arguments", () => {
  assertAlmostEquals(norm(new Float32Array(2 ** 20).fill(-0.5)), 512, 1e-12);
});
