import { assertEquals } from "@std/assert";
import { widenFloats } from "./widen_floats.ts";

function bytesOf(...words: number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(words).buffer);
}

Deno.test("widenFloats() gives binary16 its values, subnormal and infinite ones too", () => {
  const values = widenFloats(bytesOf(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00), "F16");
  assertEquals(values, Float32Array.of(1, -2, 65504, 2 ** -14, 2 ** -24, -0, Infinity));
});

Deno.test("widenFloats() gives bfloat16 the upper half of float32", () => {
  const values = widenFloats(bytesOf(0x3f80, 0xc049, 0x0001, 0x8000, 0xff80), "BF16");
  assertEquals(values, Float32Array.of(1, -3.140625, 2 ** -133, -0, -Infinity));
});

Deno.test("widenFloats() reads bytes that stand anywhere in memory", () => {
  const shifted = Uint8Array.of(9, ...bytesOf(0x3f80, 0x4000)).subarray(1);
  assertEquals(widenFloats(shifted, "BF16"), Float32Array.of(1, 2));
  const single = Uint8Array.of(9, ...new Uint8Array(Float32Array.of(1.25).buffer)).subarray(1);
  assertEquals(widenFloats(single, "F32"), Float32Array.of(1.25));
});
