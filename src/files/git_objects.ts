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
   * @throws {RangeError} Where the index of a pack has another version than 2, the only one that git writes.
   */
  constructor(git: string) {
    this.#folder = join(git, "objects");
    const packs = join(this.#folder, "pack");
    const names = ifThere(() => [...Deno.readDirSync(packs)].map(({ name }) => name), []).sort();
    this.#packs = names.filter((name) => name.endsWith(".idx")).map((name) => {
      const index = Deno.readFileSync(join(packs, name));
      const view = new DataView(index.buffer);
      if (view.getUint32(0) !== 0xff744f63 || view.getUint32(4) !== 2) {
        throw new RangeError(`Cannot read the pack ${name}: its index must have version 2`);
      }
      return { index, view, data: Deno.readFileSync(join(packs, name.replace(/idx$/, "pack"))) };
    });
  }

  /** The object of an id; `undefined` where the repository lacks it. */
  read(id: string): GitObject | undefined {
    for (const pack of this.#packs) {
      const offset = findOffset(pack, Uint8Array.fromHex(id));
      if (offset !== undefined) return this.#unpack(pack, offset);
    }
    const path = join(this.#folder, id.slice(0, 2), id.slice(2));
    const packed = ifThere<Uint8Array | undefined>(() => Deno.readFileSync(path), undefined);
    if (packed === undefined) return undefined;
    const whole = inflateSync(packed);
    const head = whole.indexOf(0);
    const [type] = new TextDecoder().decode(whole.subarray(0, head)).split(" ");
    return { type: type as GitObject["type"], content: whole.subarray(head + 1) };
  }

  /** The commit of an id; `undefined` where there is none. */
  commit(id: string): GitCommit | undefined {
    const object = this.read(id);
    if (object?.type !== "commit") return undefined;
    const text = new TextDecoder().decode(object.content);
    const seconds = Number(/^committer .*> (\d+) /m.exec(text)?.[1] ?? 0);
    return {
      tree: /^tree (\w+)/m.exec(text)![1]!,
      parent: /^parent (\w+)/m.exec(text)?.[1] ?? null,
      date: new Date(1000 * seconds).toISOString(),
    };
  }

  /** The ids of what a tree holds, by name; empty where there is no such tree. */
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
      entries.set(
        new TextDecoder().decode(content.subarray(name, end)),
        content.subarray(end + 1, next).toHex(),
      );
      at = next;
    }
    return entries;
  }

  #unpack(pack: Pack, offset: number): GitObject {
    const { data } = pack;
    let at = offset;
    const kind = (data[at]! >> 4) & 7;
    // The size stands in as many bytes as have their highest bit set, and one more; what is unpacked tells it as well.
    while (data[at]! >= 0x80) at++;
    at++;
    const type = packedTypes[kind];
    if (type !== undefined) return { type, content: inflateSync(data.subarray(at)) };
    let base: GitObject | undefined;
    if (kind === offsetDelta) {
      let distance = data[at]! & 0x7f;
      while (data[at++]! >= 0x80) distance = (distance + 1) * 0x80 + (data[at]! & 0x7f);
      base = this.#unpack(pack, offset - distance);
    } else if (kind === idDelta) {
      base = this.read(data.subarray(at, at + idLength).toHex());
      at += idLength;
    }
    if (base === undefined) {
      throw new RangeError("Cannot read a pack: what an object of it changes is not there");
    }
    return { type: base.type, content: applyDelta(base.content, inflateSync(data.subarray(at))) };
  }
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
  const result = new Uint8Array(readSize());
  let end = 0;
  while (at < delta.length) {
    const operation = delta[at++]!;
    const isCopy = operation >= 0x80;
    const from = isCopy ? readSparse(operation & 0xf, 4) : at;
    const size = isCopy ? readSparse((operation >> 4) & 7, 3) || 0x10000 : operation;
    result.set((isCopy ? base : delta).subarray(from, from + size), end);
    end += size;
    if (!isCopy) at += size;
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
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
