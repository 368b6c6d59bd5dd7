import { DataError } from "../../errors.ts";

/** One field of a message of protocol buffers. */
export interface WireField {
  /** Its number in the schema. */
  readonly number: number;
  /** What it holds: a number as it stands, or the bytes of a text, a message, or values one after the other. */
  readonly value: bigint | Uint8Array;
}

/** The longest number: 64 bits, 7 of them in a byte. */
const longestVarint = 10;

/**
 * Walks through the fields of a message of protocol buffers (developers.google.com/protocol-buffers/docs/encoding), which share
 * memory with it; nothing is read that is not asked for. Fields of 4 and 8 bytes give those bytes.
 *
 * @param bytes The message.
 * @param name The file's name for the error message.
 * @throws {DataError} Where a field ends beyond the message, has the number 0 or a type that is no longer used.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fields = [...wireFields(Uint8Array.of(0x08, 0x96, 0x01, 0x12, 2, 0x68, 0x69), "m")];
 * assertEquals(fields, [
 *   { number: 1, value: 150n },
 *   { number: 2, value: new TextEncoder().encode("hi") },
 * ]);
 * ```
 */
export function* wireFields(bytes: Uint8Array, name: string): Generator<WireField> {
  let at = 0;
  const end = () =>
    new DataError(`Cannot read ${name}: a message ends within a field: it is truncated or damaged`);
  const take = (length: bigint): Uint8Array => {
    if (length > BigInt(bytes.length - at)) throw end();
    return bytes.subarray(at, at += Number(length));
  };
  while (at < bytes.length) {
    const key = readVarint(bytes, at, end);
    at = key.end;
    const number = Number(key.value >> 3n);
    const type = Number(key.value & 7n);
    if (number === 0) {
      throw new DataError(`Cannot read ${name}: the number of a field must not be 0: it is damaged`);
    }
    if (type === 0 || type === 2) {
      const varint = readVarint(bytes, at, end);
      at = varint.end;
      yield { number, value: type === 0 ? varint.value : take(varint.value) };
    } else if (type === 1 || type === 5) {
      yield { number, value: take(type === 1 ? 8n : 4n) };
    } else {
      throw new DataError(
        `Cannot read ${name}: the type of a field must be 0, 1, 2 or 5: field ${number} has ${type}`,
      );
    }
  }
}

/**
 * The numbers of a repeated field: one that stands alone, or many one after the other.
 *
 * @param value The value of the field.
 * @param name The file's name for the error message.
 * @returns Each as a signed number of 64 bits.
 * @throws {DataError} Where the last one is cut off.
 */
export function varintsOf(value: WireField["value"], name: string): bigint[] {
  if (typeof value === "bigint") return [BigInt.asIntN(64, value)];
  const numbers: bigint[] = [];
  const end = () => new DataError(`Cannot read ${name}: a number is cut off: it is truncated or damaged`);
  for (let at = 0; at < value.length;) {
    const varint = readVarint(value, at, end);
    numbers.push(BigInt.asIntN(64, varint.value));
    at = varint.end;
  }
  return numbers;
}

function readVarint(bytes: Uint8Array, from: number, end: () => DataError): { value: bigint; end: number } {
  let value = 0n;
  for (let i = 0; i < longestVarint; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) break;
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value, end: from + i + 1 };
  }
  throw end();
}
