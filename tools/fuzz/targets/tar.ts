import fc from "fast-check";
import { join } from "@std/path";
import { unpackTar } from "../../../src/data/fetch/unpack_tar.ts";
import { DataError } from "../../../src/errors.ts";
import { changedBytes, type Field } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";
import { nameParts } from "./safe_name.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

const block = 512;
const limits = { entries: 6, fileBytes: 2048, totalBytes: 2 ** 15 };

/** Files of the old and the new kind, links, devices, folders, and what says how the next entry is called. */
const types = [..."000000\0" + "123456" + "7xgLKS"];

const name = fc.array(fc.constantFrom(...nameParts), { minLength: 1, maxLength: 4 }).map((parts) =>
  parts.join("")
);
const plainName = fc.constantFrom("a.txt", "b.txt", "set/one.txt", "set/", "./c", `${"long/".repeat(19)}d`);

const entry = fc.record({
  name: fc.oneof({ weight: 4, arbitrary: plainName }, { weight: 1, arbitrary: name }),
  type: fc.constantFrom(...types),
  size: fc.oneof({ weight: 4, arbitrary: fc.nat(700) }, {
    weight: 1,
    arbitrary: fc.constantFrom(2048, 2049, 4000),
  }),
  lie: fc.oneof({ weight: 12, arbitrary: fc.constant("") }, {
    weight: 1,
    arbitrary: fc.constantFrom(
      "77777777777",
      "-1",
      "00000000001",
      "9",
      " ",
      "\x80\0\0\0\xff\xff\xff\xff\xff",
    ),
  }),
});

const valid = fc.array(entry, { maxLength: 4 }).map((entries) =>
  joinBytes(
    ...entries.flatMap(({ name, type, size, lie }) => {
      const isMeta = "xgLK".includes(type);
      const body = isMeta ? metaBody(type, name) : utf8("content ".repeat(size / 8));
      const padded = new Uint8Array(Math.ceil(body.length / block) * block);
      padded.set(body);
      return [header(name, type, lie === "" ? body.length.toString(8).padStart(11, "0") : lie), padded];
    }),
    new Uint8Array(2 * block),
  )
);

function metaBody(type: string, name: string): Uint8Array {
  if (type === "L" || type === "K") return utf8(`${name}\0`);
  // A record begins with its length, the digits of that included (POSIX pax, "Extended Header").
  const record = (text: string) => {
    const rest = utf8(` ${text}\n`).length;
    const length = rest + String(rest + String(rest).length).length;
    return `${length} ${text}\n`;
  };
  return utf8(record(`path=${name}`) + record("size=9007199254740991").repeat(name.length % 2));
}

function header(name: string, type: string, size: string): Uint8Array {
  const bytes = new Uint8Array(block);
  const put = (at: number, text: string, length: number) => bytes.set(utf8(text).subarray(0, length), at);
  put(0, name, 100);
  put(100, "0000644\0", 8);
  put(108, "0000000\0", 8);
  put(116, "0000000\0", 8);
  put(136, "00000000000\0", 12);
  for (let i = 0; i < Math.min(12, size.length); i++) bytes[124 + i] = size.charCodeAt(i);
  put(156, type, 1);
  put(157, "../evil", 100);
  put(257, "ustar\x0000", 8);
  return withChecksums(bytes);
}

/** Makes the checksum of every block that looks like a header right: the sum of its bytes, its own ones as spaces. */
function withChecksums(file: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(file);
  for (let at = 0; at + block <= copy.length; at += block) {
    if (String.fromCharCode(...copy.subarray(at + 257, at + 262)) !== "ustar") continue;
    copy.fill(32, at + 148, at + 156);
    const sum = copy.subarray(at, at + block).reduce((total, byte) => total + byte, 0);
    copy.set(utf8(`${sum.toString(8).padStart(6, "0")}\0 `), at + 148);
  }
  return copy;
}

/** Archives of images. */
export const tarTarget: FuzzTarget = {
  name: "tar",
  files: changedBytes(valid, {
    seal: withChecksums,
    fields: (file) =>
      Array.from({ length: file.length / block }, (_, i) => i * block).flatMap((at): Field[] => [
        { at: at + 124, bytes: 8 },
        { at: at + 156, bytes: 1 },
        { at: at + 345, bytes: 4 },
      ]),
    words: ["../evil", "/evil", "77777777777\0", "ustar\x0000", "30 path=../../../../../evil\n", "\0", "2"]
      .map(utf8),
  }),
  errors: [DataError],
  read: async (bytes, folder) => {
    const chunks = Array.from(
      { length: Math.ceil(bytes.length / 1000) },
      (_, i) => bytes.subarray(1000 * i, 1000 * (i + 1)),
    );
    const isWanted = (name: string) => name !== "b.txt";
    const names = await unpackTar(ReadableStream.from(chunks), folder, isWanted, limits);
    must(
      names.length <= limits.entries && names.every(isWanted),
      "the files are wanted ones, within the limit",
    );
    must(new Set(names).size === names.length, "no file is written twice");
    for (const name of names) {
      const { isFile, size } = await Deno.lstat(join(folder, name));
      must(isFile && size <= limits.fileBytes, "what is written is files within the limit");
    }
  },
};
