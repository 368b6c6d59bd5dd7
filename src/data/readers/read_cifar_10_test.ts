import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { readCifar10 } from "./read_cifar_10.ts";

/** A batch whose image i has label i, red 10 i + 1, green 10 i + 2 and blue 10 i + 3. */
function batch(count: number): Uint8Array {
  const bytes = new Uint8Array(count * 3073);
  for (let i = 0; i < count; i++) {
    bytes[i * 3073] = i;
    for (let channel = 0; channel < 3; channel++) {
      const from = i * 3073 + 1 + channel * 1024;
      bytes.fill(10 * i + channel + 1, from, from + 1024);
    }
  }
  return bytes;
}

Deno.test("readCifar10() separates labels from planes", () => {
  const { count, channels, height, width, images, labels } = readCifar10(batch(4), "b.bin");
  assertEquals([count, channels, height, width], [4, 3, 32, 32]);
  assertEquals([...labels], [0, 1, 2, 3]);
  for (const [i, channel] of [[0, 0], [1, 2], [3, 1]] as const) {
    const plane = images.subarray((3 * i + channel) * 1024, (3 * i + channel + 1) * 1024);
    assertEquals(new Set(plane), new Set([10 * i + channel + 1]));
  }
});

Deno.test("readCifar10() refuses files that are empty, cut off, too long or foreign", () => {
  const whole = batch(2);
  assertThrows(() => readCifar10(new Uint8Array(), "b.bin"), DataError, "current size is 0");
  assertThrows(() => readCifar10(whole.subarray(0, -1), "b.bin"), DataError, "current size is 6145");
  assertThrows(() => readCifar10(Uint8Array.of(...whole, 0), "b.bin"), DataError, "current size is 6147");
  assertThrows(
    () => readCifar10(new Uint8Array(3073).fill(80), "b.bin"),
    DataError,
    "label 0 must be in 0..9",
  );
});
