import fc from "fast-check";
import { join } from "@std/path";
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { GitObjects } from "../../../src/files/git_objects.ts";
import { changedBytes, type Field } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf, utf8 } from "../utf8.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

const someId = "ab".repeat(20);

/** An object as git keeps it before it is packed: type, length and content. */
function object(type: string, content: Uint8Array): Uint8Array {
  return joinBytes(utf8(`${type} ${content.length}\0`), content);
}

/** The same with the length that it has. */
function withLength(whole: Uint8Array): Uint8Array {
  const end = whole.indexOf(0);
  const type = textOf(whole.subarray(0, Math.max(0, end))).split(" ")[0]!;
  return object(type, whole.subarray(end + 1));
}

const who = "A <a@example.org> 1767268800 +0000";
const commit = object(
  "commit",
  utf8(`tree ${someId}\nparent ${someId}\nauthor ${who}\ncommitter ${who}\n\nparent of\ntree of\n`),
);
const entry = (mode: string, name: string) =>
  joinBytes(utf8(`${mode} ${name}\0`), Uint8Array.fromHex(someId));
const tree = object(
  "tree",
  joinBytes(entry("100644", "a"), entry("40000", "folder"), entry("120000", "a link")),
);
const loose = [commit, tree, object("blob", utf8("content")), object("tag", utf8("object"))];

const words = [
  "tree ",
  "parent ",
  `\nparent ${someId}\n`,
  "committer ",
  "> 99999999999999 ",
  "\n\n",
  "\0",
  " ",
];

/** Objects that are changed before they have their id and are packed, and after that. */
const looseFiles = fc.oneof(
  changedBytes(fc.constantFrom(...loose), { seal: withLength, words: words.map(utf8) }).map((whole) =>
    joinBytes(utf8(sha1(whole)), deflateSync(whole))
  ),
  changedBytes(fc.constantFrom(...loose).map((whole) => joinBytes(utf8(sha1(whole)), deflateSync(whole)))),
);

/** Objects of git that stand in files of their own; here a file is an id and what stands under it. */
export const gitObjectTarget: FuzzTarget = {
  name: "git-object",
  files: looseFiles,
  errors: [RangeError],
  read: (bytes, folder) => {
    const id = textOf(bytes.subarray(0, 40));
    if (/^[0-9a-f]{40}$/.test(id)) {
      const place = join(folder, "objects", id.slice(0, 2));
      Deno.mkdirSync(place, { recursive: true });
      Deno.writeFileSync(join(place, id.slice(2)), bytes.subarray(40));
    }
    checkObject(new GitObjects(folder), id);
  },
};

/** An entry of a pack: its kind and size, what it changes, and its content, packed. */
function packEntry(kind: number, base: Uint8Array, content: Uint8Array): Uint8Array {
  const { length } = content;
  return joinBytes(Uint8Array.of(0x80 | kind << 4 | length & 15, length >> 4), base, deflateSync(content));
}

const base = utf8("twenty bytes of text");
const whole = utf8("twenty bytes, and of text");
/** Sizes before and after; 12 bytes from 0, six of its own, 7 from 13 (git, "pack-format", deltified representation). */
const change = joinBytes(Uint8Array.of(20, 25, 0x90, 12, 6), utf8(", and "), Uint8Array.of(0x91, 13, 7));
const ids = [base, whole].map((content) => sha1(object("blob", content)));
const counts = Array.from(
  { length: 256 },
  (_, byte) => ids.filter((id) => parseInt(id.slice(0, 2), 16) <= byte),
);

/** A pack of a text and of what changes it, by its offset or its id, and its index. */
const packs = fc.tuple(changedBytes(fc.constant(change)), fc.boolean()).map(([change, byOffset]) => {
  const head = joinBytes(utf8("PACK"), Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 2));
  const first = packEntry(3, new Uint8Array(), base);
  const reference = byOffset ? Uint8Array.of(first.length) : Uint8Array.fromHex(ids[0]!);
  const offsets = [head.length, head.length + first.length];
  const order = [0, 1].toSorted((a, b) => ids[a]! < ids[b]! ? -1 : 1);
  const numbers = (values: readonly number[]) =>
    joinBytes(...values.map((value) => Uint8Array.of(0, 0, 0, value)));
  return joinBytes(
    Uint8Array.of(0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2),
    numbers(counts.map(({ length }) => length)),
    ...order.map((i) => Uint8Array.fromHex(ids[i]!)),
    numbers([0, 0]),
    numbers(order.map((i) => offsets[i]!)),
    head,
    first,
    packEntry(byOffset ? 6 : 7, reference, change),
  );
});
/** Bytes of the index: head, counts, ids, checksums and offsets. */
const [idsAt, offsetsAt, indexEnd] = [8 + 1024, 8 + 1024 + 48, 8 + 1024 + 56];

/** Packs with their index; here a file is an index, a pack behind it. */
export const gitPackTarget: FuzzTarget = {
  name: "git-pack",
  files: changedBytes(packs, {
    fields: (file) => [
      ...[0, 4, 8, 8 + 4 * 255, offsetsAt, offsetsAt + 4].map((at): Field => ({ at, bytes: 4 })),
      ...[idsAt, idsAt + 20].map((at): Field => ({ at, bytes: 1 })),
      ...Array.from({ length: file.length - indexEnd }, (_, i): Field => ({ at: indexEnd + i, bytes: 1 })),
    ],
    words: [
      // A change that makes 2^35 - 1 bytes, the most that its size may say in five bytes.
      deflateSync(Uint8Array.of(20, 0xff, 0xff, 0xff, 0xff, 0x7f)),
      Uint8Array.of(0xe0, 1),
      Uint8Array.of(0xf0, 1, ...Uint8Array.fromHex(ids[1]!)),
    ],
  }),
  errors: [RangeError],
  read: (bytes, folder) => {
    const place = join(folder, "objects", "pack");
    Deno.mkdirSync(place, { recursive: true });
    Deno.writeFileSync(join(place, "a.idx"), bytes.subarray(0, indexEnd));
    if (bytes.length > indexEnd) Deno.writeFileSync(join(place, "a.pack"), bytes.subarray(indexEnd));
    const objects = new GitObjects(folder);
    for (const id of ids) checkObject(objects, id);
  },
};

function sha1(bytes: Uint8Array): string {
  return createHash("sha1").update(bytes).digest("hex");
}

/** Reads an object in every way. */
function checkObject(objects: GitObjects, id: string): void {
  const found = objects.read(id);
  if (found !== undefined) must(sha1(object(found.type, found.content)) === id, "an object has its id");
  const commit = objects.commit(id);
  must((commit !== undefined) === (found?.type === "commit"), "a commit is one");
  if (commit !== undefined) {
    must(/^[0-9a-f]{40}$/.test(commit.tree) && /^[0-9a-f]{40}$/.test(commit.parent ?? someId), "ids are ids");
    must(!Number.isNaN(Date.parse(commit.date)), "a date is one");
  }
  for (const child of objects.tree(id).values()) must(/^[0-9a-f]{40}$/.test(child), "an entry has an id");
}
