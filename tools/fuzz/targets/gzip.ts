import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { gunzip } from "../../../src/data/gunzip.ts";
import { DataError } from "../../../src/errors.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

const limit = 4096;

const contents = [0, 1, 100, limit - 1, limit, limit + 1].map((length) =>
  gzipSync(new Uint8Array(length).fill(7))
);
/** 64 MiB in some 64 kB, more than a reader may take memory for. */
const bomb = gzipSync(new Uint8Array(2 ** 26));

const member = fc.constantFrom<Uint8Array>(...contents);

const valid = fc.oneof(
  { weight: 10, arbitrary: member },
  { weight: 3, arbitrary: fc.tuple(member, member).map((members) => joinBytes(...members)) },
  { weight: 1, arbitrary: fc.constant(bomb) },
);

/** Gzip files, as data sets come packed. */
export const gzipTarget: FuzzTarget = {
  name: "gzip",
  files: changedBytes(valid, {
    fields: (file) => [
      { at: 0, bytes: 2 },
      { at: 2, bytes: 1 },
      { at: 3, bytes: 1 },
      { at: 10, bytes: 2 },
      { at: file.length - 8, bytes: 4 },
      { at: file.length - 4, bytes: 4 },
    ],
    words: [Uint8Array.of(0x1f, 0x8b, 8, 0), Uint8Array.of(0x1f, 0x8b, 8, 0x1f), contents[2]!],
  }),
  errors: [DataError],
  read: (bytes) => {
    const content = gunzip(bytes, limit, "fuzz.gz");
    must(content.length <= limit, "no more is unpacked than the limit");
    must(content.constructor === Uint8Array, "the content is plain bytes");
  },
};
