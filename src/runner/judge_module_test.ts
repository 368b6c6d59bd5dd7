import { assertEquals, assertNotEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { moduleDigest } from "./judge_module.ts";

function cell(id: string, values: number[]) {
  return { id, measured: { value: 0, standardError: null, unitOfError: null, values } };
}

Deno.test("moduleDigest() hashes id, a zero byte, the count and the values, little-endian, sorted by id", () => {
  const bytes = Uint8Array.of(
    ...new TextEncoder().encode("a"),
    ...[0, 2, 0, 0, 0],
    ...[0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
    ...[0, 0, 0, 0, 0, 0, 0, 0],
    ...new TextEncoder().encode("b"),
    ...[0, 0, 0, 0, 0],
  );
  const expected = createHash("sha256").update(bytes).digest("hex");
  assertEquals(moduleDigest([cell("b", []), cell("a", [1, -0]), { id: "c", measured: null }]), expected);
});

Deno.test("moduleDigest() tells the last bit of a value", () => {
  assertNotEquals(moduleDigest([cell("a", [1])]), moduleDigest([cell("a", [1 + Number.EPSILON])]));
});
