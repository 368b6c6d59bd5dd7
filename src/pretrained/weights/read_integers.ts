import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";

/**
 * Reads integers in decimal with white space between them.
 *
 * @param bytes The whole file.
 * @param count How many it must have.
 * @param range The smallest and the largest that one may be.
 * @param name The file's name for the error message.
 * @throws {DataError} Where it has more or fewer, or something else stands in it.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = new TextEncoder().encode("-4 -1 2\n");
 * assertEquals([...readIntegers(file, 3, { least: -128, most: 127 }, "w.txt")], [-4, -1, 2]);
 * ```
 */
export function readIntegers(
  bytes: Uint8Array,
  count: number,
  range: { readonly least: number; readonly most: number },
  name: string,
): Int32Array {
  const { least, most } = range;
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${name}: ${reason}`);
  };
  const values = new Int32Array(count);
  let found = 0;
  // By bytes: a file has up to a million numbers, and texts of them take a second.
  for (let at = 0; at < bytes.length;) {
    if (isBlank(bytes[at]!)) {
      at++;
      continue;
    }
    const start = at;
    const isNegative = bytes[at] === minus;
    if (isNegative) at++;
    let digits = 0;
    let value = 0;
    for (; at < bytes.length && bytes[at]! >= zero && bytes[at]! <= zero + 9; at++, digits++) {
      value = 10 * value + bytes[at]! - zero;
    }
    if (isNegative) value = -value;
    const isWhole = at === bytes.length || isBlank(bytes[at]!);
    if (digits === 0 || digits > 9 || !isWhole || value < least || value > most) {
      const word = /^\S*/.exec(new TextDecoder("latin1").decode(bytes.subarray(start, start + 20)))![0];
      fail(`value ${found} must be an integer in ${least}..${most}: it is ${oneLine(JSON.stringify(word))}`);
    }
    if (found < count) values[found] = value;
    found++;
  }
  if (found !== count) fail(`it must have ${count} integers: it has ${found}`);
  return values;
}

const [zero, minus] = [0x30, 0x2d];

/** Blank, tab, line feed or carriage return. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
