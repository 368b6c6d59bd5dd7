import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DataError } from "../../errors.ts";
import { field, varint } from "../test_helpers.ts";
import { varintsOf, wireFields } from "./wire.ts";
import { joinBytes } from "../../files/join_bytes.ts";

Deno.test("wireFields() gives back numbers and bytes, and passes over fields of 4 and 8 bytes", () => {
  const fields = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 2 ** 29 - 1 }),
      fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.uint8Array()),
    ),
  );
  fc.assert(fc.property(fields, (fields) => {
    const fixed = [
      joinBytes(varint(7n << 3n | 5n), new Uint8Array(4)),
      joinBytes(varint(8n << 3n | 1n), new Uint8Array(8)),
    ];
    const message = joinBytes(...fields.map(([number, value]) => field(number, value)), ...fixed);
    assertEquals([...wireFields(message, "m")], [
      ...fields.map(([number, value]) => ({ number, value })),
      { number: 7, value: new Uint8Array(4) },
      { number: 8, value: new Uint8Array(8) },
    ]);
  }));
});

Deno.test("wireFields() refuses a message that ends within a field", () => {
  const message = joinBytes(field(1, 300), field(2, "abc"));
  const ends = [3, message.length];
  for (let length = 1; length < message.length; length++) {
    if (ends.includes(length)) continue;
    assertThrows(
      () => [...wireFields(message.subarray(0, length), "cut")],
      DataError,
      "Cannot read cut: a message ends within a field: it is truncated or damaged",
    );
  }
});

Deno.test("wireFields() refuses a length beyond the message, the field 0, old types and endless numbers", () => {
  const cases: readonly [Uint8Array, string][] = [
    [joinBytes(varint(1n << 3n | 2n), varint(2n ** 63n)), "ends within a field"],
    [Uint8Array.of(0, 1), "the number of a field must not be 0"],
    [Uint8Array.of(1 << 3 | 3), "the type of a field must be 0, 1, 2 or 5: field 1 has 3"],
    [new Uint8Array(11).fill(0xff), "ends within a field"],
  ];
  for (const [message, reason] of cases) {
    assertThrows(() => [...wireFields(message, "x")], DataError, reason);
  }
});

Deno.test("varintsOf() reads one number or many, negative ones too", () => {
  assertEquals(varintsOf(5n, "m"), [5n]);
  assertEquals(varintsOf(2n ** 64n - 3n, "m"), [-3n]);
  assertEquals(varintsOf(joinBytes(varint(1n), varint(-2n), varint(300n)), "m"), [1n, -2n, 300n]);
  assertThrows(() => varintsOf(Uint8Array.of(0x80), "m"), DataError, "Cannot read m: a number is cut off");
});
