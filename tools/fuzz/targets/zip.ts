import fc from "fast-check";
import { join } from "@std/path";
import { deflateRawSync } from "node:zlib";
import { openZipEntry } from "../../../src/data/fetch/open_zip_entry.ts";
import { zipped } from "../../../src/data/test_helpers.ts";
import { DataError } from "../../../src/errors.ts";
import { changedBytes, type Field } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";
import { nameParts } from "./safe_name.ts";

const limit = 4096;
const wanted = "b.txt";

const name = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(wanted, "a.txt", "set/", "set/c.txt") },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...nameParts), { minLength: 1, maxLength: 3 }).map((parts) =>
      parts.join("")
    ),
  },
);

const entry = fc.record({
  name,
  size: fc.oneof({ weight: 4, arbitrary: fc.nat(300) }, {
    weight: 1,
    arbitrary: fc.constantFrom(4096, 4097, 20_000),
  }),
  lie: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1, 0xf000),
});

const valid = fc.tuple(fc.array(entry, { maxLength: 2 }), entry, fc.boolean()).map(
  ([before, last, isPacked]) => {
    const file = zipped([...before, { ...last, name: wanted }].map(({ name, size, lie }) => {
      const content = new Uint8Array(size).fill(7);
      return {
        name,
        content: isPacked ? deflateRawSync(content) : content,
        statedSize: Math.max(0, size + lie),
      };
    }));
    // Method 8, deflate, stands 8 bytes into a local header and 10 into one of the directory (APPNOTE 4.4.5).
    if (isPacked) { for (const { at, isLocal } of headersOf(file)) file[at + (isLocal ? 8 : 10)] = 8; }
    return file;
  },
);

/** Where the headers of entries begin; `PK` 3, 4 marks one in front of its content, `PK` 1, 2 one of the directory. */
function headersOf(file: Uint8Array): { at: number; isLocal: boolean }[] {
  const found = [];
  for (let at = 0; at + 4 <= file.length; at++) {
    const [p, k, first, second] = file.subarray(at, at + 4);
    if (p !== 0x50 || k !== 0x4b) continue;
    if (first === 3 && second === 4) found.push({ at, isLocal: true });
    if (first === 1 && second === 2) found.push({ at, isLocal: false });
  }
  return found;
}

/** The numbers of the headers and of the end of the directory, 22 bytes before the end of the file. */
function fieldsOf(file: Uint8Array): Field[] {
  const little = (bytes: 2 | 4) => (at: number): Field => ({ at, bytes, littleEndian: true });
  return [
    ...[file.length - 12, file.length - 14, file.length - 2].map(little(2)),
    ...[file.length - 10, file.length - 6].map(little(4)),
    ...headersOf(file).flatMap(({ at, isLocal }) =>
      isLocal
        ? [...[6, 8, 26, 28].map((i) => little(2)(at + i)), ...[18, 22].map((i) => little(4)(at + i))]
        : [
          ...[8, 10, 28, 30, 32].map((i) => little(2)(at + i)),
          ...[20, 24, 38, 42].map((i) => little(4)(at + i)),
        ]
    ),
  ];
}

/** The archive in which another one comes. */
export const zipTarget: FuzzTarget = {
  name: "zip",
  files: changedBytes(valid, {
    fields: fieldsOf,
    words: [
      "PK\x06\x07aaaaaaaaaaaaaaaa",
      "\x01\0\x08\0aaaaaaaa",
      "PK\x03\x04",
      "PK\x01\x02",
      "PK\x05\x06",
      "PK\x06\x07",
      "../",
      "\0",
      wanted,
    ].map(utf8),
  }),
  errors: [DataError],
  read: async (bytes, folder) => {
    const path = join(folder, "fuzz.zip");
    await Deno.writeFile(path, bytes);
    let total = 0;
    for await (const chunk of await openZipEntry(path, wanted, limit)) total += chunk.length;
    must(total <= limit, "no more is unpacked than the limit");
  },
};
