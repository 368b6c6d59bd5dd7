import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DataError } from "../../errors.ts";
import { utf8 } from "../test_helpers.ts";
import { readIntegers } from "./read_integers.ts";

const range = { least: -128, most: 127 };

Deno.test("readIntegers() gives back any integers, whatever white space is between them", () => {
  const numbers = fc.array(fc.integer({ min: -128, max: 127 }), { minLength: 1 });
  const blank = fc.constantFrom(" ", "\n", "\r\n", "\t", "  ");
  fc.assert(fc.property(numbers, blank, fc.boolean(), (values, between, ends) => {
    const file = utf8(values.join(between) + (ends ? between : ""));
    assertEquals([...readIntegers(file, values.length, range, "w.txt")], values);
  }));
});

Deno.test("readIntegers() refuses another number of integers, others, and what is none", () => {
  const cases: readonly [string, string][] = [
    ["1 2", "it must have 3 integers: it has 2"],
    ["", "it must have 3 integers: it has 0"],
    ["1 2 3 4", "it must have 3 integers: it has 4"],
    ["1 128 3", 'value 1 must be an integer in -128..127: it is "128"'],
    ["1 2 -129", 'value 2 must be an integer in -128..127: it is "-129"'],
    ["1 2.5 3", 'it is "2.5"'],
    ["1 - 3", 'it is "-"'],
    ["1 -x 3", 'it is "-x"'],
    ["1 \u001b[2J 3", 'it is "\\u001b[2J"'],
    ["1 1111111111111111111111111111 3", 'it is "11111111111111111111"'],
  ];
  for (const [file, reason] of cases) {
    assertThrows(() => readIntegers(utf8(file), 3, range, "w.txt"), DataError, "Cannot read w.txt: ");
    assertThrows(() => readIntegers(utf8(file), 3, range, "w.txt"), DataError, reason);
  }
});
