/**
 * Reads the objects of a git checkout: loose ones, and those of packs. Enough to follow a history and to hold files against a commit,
 * in a process that may read files and start no programs.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "@std/path";
import { inflateSync } from "node:zlib";
import { ifThere } from "./if_there.ts";

/** An object of git. */
export interface GitObject {
  readonly type: "commit" | "tree" | "blob" | "tag";
  readonly content: Uint8Array;
}

/** A commit, as far as a history needs it. */
export interface GitCommit {
  /** The id of its tree. */
  readonly tree: string;
  /** The id of its first parent; `null` of a first commit. */
  readonly parent: string | null;
  /** When it was committed: ISO 8601, UTC. */
  readonly date: string;
}

/** The largest object that is read, in bytes, so that a damaged one takes no more memory: far more than a source file has. */
const largestObject = 2 ** 26;
/** Changes of changes; git itself makes no longer chains (`pack.depth` in git-config). */
const deepestChange = 4095;

/** A pack with its index, whole in memory: the packs of a project of source code take some megabytes. */
interface Pack {
  readonly index: Uint8Array;
  readonly view: DataView;
  readonly data: Uint8Array;
}

const packedTypes: readonly (GitObject["type"] | undefined)[] = [
  undefined,
  "commit",
  "tree",
  "blob",
  "tag",
];
/** The two kinds of object of a pack that are changes of another one: at an offset before it, or of an id. */
const offsetDelta = 6;
const idDelta = 7;
/** Where the names begin in the index of a pack: behind 8 bytes of head and 256 counts. */
const namesAt = 8 + 4 * 256;
const idLength = 20;

/** The objects of a repository, by their id: 40 hexadecimal digits. */
export class GitObjects {
  readonly #folder: string;
  readonly #packs: readonly Pack[];

  /**
   * @param git The folder `.git`. Where it is none, no object is found.
   * @throws {RangeError} Where the index of a pack has another version than 2, the only one that git writes, or is damaged, or its pack is
   * missing.
   */
  constructor(git: string) {
    this.#folder = join(git, "objects");
    const packs = join(this.#folder, "pack");
    const names = ifThere(() => [...Deno.readDirSync(packs)].map(({ name }) => name), []).sort();
    this.#packs = names.filter((name) => name.endsWith(".idx")).map((name) => {
      const index = Deno.readFileSync(join(packs, name));
      checkIndex(index, name);
      const data = ifThere<Uint8Array | undefined>(
        () => Deno.readFileSync(join(packs, name.replace(/idx$/, "pack"))),
        undefined,
      );
      if (data === undefined) throw new RangeError(`Cannot read the pack of ${name}: there is no such file`);
      return { index, view: new DataView(index.buffer), data };
    });
  }

  /**
   * The object of an id, which is the SHA-1 of what is given.
   *
   * @param id 40 hexadecimal digits; nothing has another one, so that a repository of SHA-256 has no objects here.
   * @returns `undefined` where the repository lacks it.
   * @throws {RangeError} Where the object is damaged.
   */
  read(id: string): GitObject | undefined {
    let found: GitObject | undefined;
    try {
      found = this.#find(id, 0);
    } catch (error) {
      // The place in the file is of no use to anybody; a file that may not be read is another matter.
      if (error instanceof RangeError || isOfZlib(error)) throw damaged(id, error);
      throw error;
    }
    // What is damaged in any other way, and could lead round in circles, is found by its id.
    if (found !== undefined && idOf(found.type, found.content) !== id) throw damaged(id);
    return found;
  }

  #find(id: string, depth: number): GitObject | undefined {
    // Of a pack that is cut off an id may be shorter, and the path under it be that of a folder.
    if (!/^[0-9a-f]{40}$/.test(id)) return undefined;
    for (const pack of this.#packs) {
      const offset = findOffset(pack, Uint8Array.fromHex(id));
      if (offset !== undefined) return this.#unpack(pack, offset, depth);
    }
    const path = join(this.#folder, id.slice(0, 2), id.slice(2));
    const packed = ifThere<Uint8Array | undefined>(() => Deno.readFileSync(path), undefined);
    if (packed === undefined) return undefined;
    const whole = inflate(packed);
    const head = whole.indexOf(0);
    const [name] = new TextDecoder().decode(whole.subarray(0, head)).split(" ");
    const type = packedTypes.find((type) => type === name);
    if (type === undefined) throw new RangeError("an object must be of a known type");
    return { type, content: whole.subarray(head + 1) };
  }

  /**
   * The commit of an id; `undefined` where there is none.
   *
   * @throws {RangeError} Where it is damaged, or is written in another way than git does.
   */
  commit(id: string): GitCommit | undefined {
    const object = this.read(id);
    if (object?.type !== "commit") return undefined;
    // The message, behind an empty line, may say anything.
    const [head] = new TextDecoder().decode(object.content).split("\n\n", 1);
    const tree = /^tree ([0-9a-f]{40})$/m.exec(head!)?.[1];
    const date = new Date(1000 * Number(/^committer .*> (-?\d+) /m.exec(head!)?.[1] ?? NaN));
    if (tree === undefined || Number.isNaN(date.getTime())) throw damaged(id);
    return {
      tree,
      parent: /^parent ([0-9a-f]{40})$/m.exec(head!)?.[1] ?? null,
      date: date.toISOString(),
    };
  }

  /**
   * The ids of what a tree holds, by name; empty where there is no such tree.
   *
   * @throws {RangeError} Where it is damaged.
   */
  tree(id: string): Map<string, string> {
    const entries = new Map<string, string>();
    const object = this.read(id);
    if (object?.type !== "tree") return entries;
    const { content } = object;
    let at = 0;
    while (at < content.length) {
      const name = content.indexOf(0x20, at) + 1;
      const end = content.indexOf(0, name);
      const next = end + 1 + idLength;
      // Without a space, or a zero behind it, the search would begin again at the front.
      if (name === 0 || end < 0 || next > content.length) throw damaged(id);
      entries.set(
        new TextDecoder().decode(content.subarray(name, end)),
        content.subarray(end + 1, next).toHex(),
      );
      at = next;
    }
    return entries;
  }

  #unpack(pack: Pack, offset: number, depth: number): GitObject {
    if (depth > deepestChange) throw new RangeError("changes of changes must come to an end");
    const { data } = pack;
    let at = offset;
    const kind = (data[at]! >> 4) & 7;
    // The size stands in as many bytes as have their highest bit set, and one more; what is unpacked tells it as well.
    while (data[at]! >= 0x80) at++;
    at++;
    const type = packedTypes[kind];
    if (type !== undefined) return { type, content: inflate(data.subarray(at)) };
    let base: GitObject | undefined;
    if (kind === offsetDelta) {
      let distance = data[at]! & 0x7f;
      while (data[at++]! >= 0x80) distance = (distance + 1) * 0x80 + (data[at]! & 0x7f);
      base = this.#unpack(pack, offset - distance, depth + 1);
    } else if (kind === idDelta) {
      base = this.#find(data.subarray(at, at + idLength).toHex(), depth + 1);
      at += idLength;
    }
    if (base === undefined) throw new RangeError("what an object changes must be there");
    return { type: base.type, content: applyDelta(base.content, inflate(data.subarray(at))) };
  }
}

/** Checks that every number that a search in an index reads is there. */
function checkIndex(index: Uint8Array<ArrayBuffer>, name: string): void {
  const view = new DataView(index.buffer);
  if (index.length < namesAt || view.getUint32(0) !== 0xff744f63 || view.getUint32(4) !== 2) {
    throw new RangeError(`Cannot read the pack ${name}: its index must have version 2`);
  }
  const counts = Array.from({ length: 256 }, (_, byte) => view.getUint32(8 + 4 * byte));
  const isRising = counts.every((count, byte) => byte === 0 || counts[byte - 1]! <= count);
  // An id, its checksum and its offset.
  if (!isRising || index.length < namesAt + (idLength + 4 + 4) * counts[255]!) {
    throw new RangeError(`Cannot read the pack ${name}: its index is damaged: run git fsck`);
  }
}

/** What is packed at the beginning of some bytes. */
function inflate(packed: Uint8Array): Uint8Array {
  return inflateSync(packed, { maxOutputLength: largestObject });
}

/** Whether an error says that bytes are none that were packed. */
function isOfZlib(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

function damaged(id: string, cause?: unknown): RangeError {
  return new RangeError(`Cannot read object ${id} of the git checkout: it is damaged: run git fsck`, {
    cause,
  });
}

/** Where an object stands in a pack: a binary search among the ids of its first byte. */
function findOffset({ index, view }: Pack, id: Uint8Array): number | undefined {
  const countUpTo = (byte: number) => byte < 0 ? 0 : view.getUint32(8 + 4 * byte);
  const count = countUpTo(255);
  let low = countUpTo(id[0]! - 1);
  let high = countUpTo(id[0]!);
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = namesAt + idLength * middle;
    const differs = id.findIndex((byte, i) => index[at + i] !== byte);
    // Behind the ids stands a checksum of 4 bytes for each, then the offsets.
    if (differs < 0) return view.getUint32(namesAt + (idLength + 4) * count + 4 * middle);
    if (index[at + differs]! < id[differs]!) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

/** Applies a change: pieces of the base, and bytes of its own. */
function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  let at = 0;
  const readSize = () => {
    let size = 0;
    let factor = 1;
    let byte: number;
    do {
      byte = delta[at++]!;
      size += (byte & 0x7f) * factor;
      factor *= 0x80;
    } while (byte >= 0x80);
    return size;
  };
  /** A number of which the set bits say which bytes, from the lowest, are there. */
  const readSparse = (bits: number, count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++) if (bits & (1 << i)) value += delta[at++]! * 0x100 ** i;
    return value;
  };
  readSize();
  const length = readSize();
  const pieces: Uint8Array[] = [];
  let end = 0;
  while (at < delta.length) {
    const operation = delta[at++]!;
    const isCopy = operation >= 0x80;
    const from = isCopy ? readSparse(operation & 0xf, 4) : at;
    const size = isCopy ? readSparse((operation >> 4) & 7, 3) || 0x10000 : operation;
    const piece = (isCopy ? base : delta).subarray(from, from + size);
    pieces.push(piece);
    end += piece.length;
    if (!isCopy) at += size;
  }
  // The length that is stated may be anything.
  if (end !== length || end > largestObject) throw new RangeError("an object must be as long as its pieces");
  const result = new Uint8Array(length);
  end = 0;
  for (const piece of pieces) {
    result.set(piece, end);
    end += piece.length;
  }
  return result;
}

/**
 * The id that git gives a file of this content.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(blobId(new TextEncoder().encode("hello\n")), "ce013625030ba8dba906f756967f9e9ca394464a");
 * ```
 */
export function blobId(content: Uint8Array): string {
  return idOf("blob", content);
}

function idOf(type: GitObject["type"], content: Uint8Array): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}
