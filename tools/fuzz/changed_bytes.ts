import fc from "fast-check";
import { joinBytes } from "../../src/files/join_bytes.ts";

/** A number in a file: where it stands, how many bytes it has, and whether the lowest comes first. */
export interface Field {
  readonly at: number;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly littleEndian?: boolean;
}

/** What is known of a format, so that changes hit where it matters. */
export interface Format {
  /** The numbers of a file; changes set them to extremes. */
  readonly fields?: (file: Uint8Array) => readonly Field[];
  /** Byte strings that mean something in the format; changes write or insert them anywhere. */
  readonly words?: readonly Uint8Array[];
  /** Mends checksums after changes, so that readers do not stop at them; three files of four are. */
  readonly seal?: (file: Uint8Array) => Uint8Array;
}

const kinds = [
  "flip",
  "set",
  "cut",
  "extend",
  "duplicate",
  "remove",
  "field",
  "field",
  "word",
  "word",
] as const;

/** One change; what its numbers mean depends on the kind. */
interface Change {
  readonly kind: typeof kinds[number];
  readonly at: number;
  readonly size: number;
  readonly value: number;
}

const extremes: readonly bigint[] = [
  ...[0n, 1n, -1n, 2n ** 7n, 2n ** 15n - 1n, 2n ** 16n - 1n, 2n ** 24n, 2n ** 31n - 1n, 2n ** 31n],
  ...[2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n],
];

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(2 ** 20),
  size: fc.nat(2 ** 10),
  value: fc.nat(2 ** 10),
});

/**
 * Files that are valid but for up to three changes (bits, numbers, bytes and chunks), a few valid ones, the head of one
 * with the tail of another, and plain random bytes.
 *
 * @param valid Valid files.
 * @param format What is known of the format.
 *
 * @example Usage
 * ```ts
 * import fc from "fast-check";
 * import { assertNotEquals } from "@std/assert";
 *
 * const files = fc.sample(changedBytes(fc.constant(Uint8Array.of(1, 2, 3))), { numRuns: 20, seed: 1 });
 * assertNotEquals(files.filter((file) => file.join() !== "1,2,3").length, 0);
 * ```
 */
export function changedBytes(valid: fc.Arbitrary<Uint8Array>, format: Format = {}): fc.Arbitrary<Uint8Array> {
  const { seal = (file) => file } = format;
  const spliced = fc.tuple(valid, valid, fc.nat(2 ** 20), fc.nat(2 ** 20)).map(([head, tail, end, start]) =>
    joinBytes(head.subarray(0, end % (head.length + 1)), tail.subarray(start % (tail.length + 1)))
  );
  const damaged = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(valid, fc.array(change, { maxLength: 3 })).map(([file, changes]) =>
        changes.reduce((bytes, change) => applied(bytes, change, format), file)
      ),
    },
    { weight: 1, arbitrary: spliced },
  );
  return fc.oneof(
    {
      weight: 9,
      arbitrary: fc.tuple(damaged, fc.nat(3)).map(([file, loose]) => loose === 0 ? file : seal(file)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
  );
}

/** A copy of a file with one change. */
function applied(file: Uint8Array, { kind, at, size, value }: Change, format: Format): Uint8Array {
  const copy = Uint8Array.from(file);
  const place = at % (file.length + 1);
  const end = Math.min(file.length, place + 1 + size % 64);
  switch (kind) {
    case "flip":
      if (place < file.length) copy[place]! ^= 1 << value % 8;
      return copy;
    case "set":
      if (place < file.length) copy[place] = value;
      return copy;
    case "cut":
      return copy.subarray(0, place);
    case "extend":
      return joinBytes(copy, new Uint8Array(1 + size % 64).fill(value));
    case "duplicate":
      return joinBytes(copy.subarray(0, end), copy.subarray(place));
    case "remove":
      return joinBytes(copy.subarray(0, place), copy.subarray(end));
    case "field":
      return withExtreme(copy, format.fields?.(file) ?? [], size, value);
    case "word": {
      const word = format.words?.[size % format.words.length] ?? Uint8Array.of(value, 0);
      const rest = value % 2 === 0 ? place : Math.min(file.length, place + word.length);
      return joinBytes(copy.subarray(0, place), word, copy.subarray(rest));
    }
  }
}

/** Sets one of the numbers of a file to an extreme. */
function withExtreme(file: Uint8Array, fields: readonly Field[], which: number, value: number): Uint8Array {
  const field = fields[which % Math.max(1, fields.length)];
  if (field === undefined || field.at + field.bytes > file.length) return file;
  const extreme = BigInt.asUintN(8 * field.bytes, extremes[value % extremes.length]!);
  for (let i = 0; i < field.bytes; i++) {
    const place = field.littleEndian === true ? i : field.bytes - 1 - i;
    file[field.at + place] = Number(extreme >> BigInt(8 * i) & 255n);
  }
  return file;
}
