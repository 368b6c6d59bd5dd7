import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromFileUrl } from "@std/path";
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { GitObjects } from "./git_objects.ts";
import { withFolder } from "./test_helpers.ts";
import { commitStates } from "./testdata/loose_repository.ts";

const testdata = fromFileUrl(new URL("testdata", import.meta.url));
/** The last commit of testdata/make_packs.sh, as `git log` names it. */
const last = "f90dfd2a3d6a70ec3780f6c6134be974615ef980";

/** The id that an object has by its content: what is read right has the id that it was asked for by. */
function idOf({ type, content }: { readonly type: string; readonly content: Uint8Array }): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

for (const kind of ["offset", "id"]) {
  Deno.test(`GitObjects reads a pack with changes of objects by ${kind}: every object has its own id`, () => {
    const objects = new GitObjects(`${testdata}/git-${kind}`);
    const seen = new Set<string>();
    const visit = (id: string): void => {
      if (seen.has(id)) return;
      seen.add(id);
      const object = objects.read(id)!;
      assertEquals(idOf(object), id);
      if (object.type === "tree") objects.tree(id).values().forEach(visit);
      if (object.type === "commit") {
        const { tree, parent } = objects.commit(id)!;
        visit(tree);
        if (parent !== null) visit(parent);
      }
    };
    visit(last);
    // Of each of three commits: itself, two trees and two files.
    assertEquals(seen.size, 15);
  });
}

Deno.test("GitObjects reads loose objects, the date of a commit and its parent", () =>
  withFolder((root) => {
    const [first, second] = commitStates(root, [{ a: "1", b: { c: "2" } }, { a: "3" }]);
    const objects = new GitObjects(`${root}/.git`);
    const commit = objects.commit(second!)!;
    assertEquals([commit.parent, commit.date], [first!, "2026-01-02T12:00:00.000Z"]);
    assertEquals([...objects.tree(commit.tree).keys()], ["a"]);
    const before = objects.tree(objects.commit(first!)!.tree);
    assertEquals([...before.keys()], ["a", "b"]);
    const folder = objects.tree(before.get("b")!);
    assertEquals(new TextDecoder().decode(objects.read(folder.get("c")!)!.content), "2");
    assertEquals(objects.commit(first!)!.parent, null);
  }));

Deno.test("GitObjects finds nothing outside a repository, and nothing of an id that it lacks", () => {
  const missing = "0".repeat(40);
  assertEquals(new GitObjects("/no/such/folder").read(missing), undefined);
  const objects = new GitObjects(`${testdata}/git-offset`);
  assertEquals([objects.read(missing), objects.commit(missing)], [undefined, undefined]);
  assertEquals(objects.tree(missing).size, 0);
  assert(objects.commit(objects.commit(last)!.tree) === undefined);
});

/** Writes an object as git keeps it, under its own id or another one, and gives that. */
function writeLoose(git: string, type: string, content: string | Uint8Array, under?: string): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const id = under ?? idOf({ type, content: bytes });
  const folder = `${git}/objects/${id.slice(0, 2)}`;
  Deno.mkdirSync(folder, { recursive: true });
  const head = new TextEncoder().encode(`${type} ${bytes.length}\0`);
  Deno.writeFileSync(`${folder}/${id.slice(2)}`, deflateSync(new Uint8Array([...head, ...bytes])));
  return id;
}

const someId = "ab".repeat(20);
const who = "A <a@example.org> 1767268800 +0000";

Deno.test("GitObjects says which object is damaged, so that no history goes round in circles", async (t) => {
  const commit = `tree ${someId}\nparent ${someId}\ncommitter ${who}\n\nnone`;
  const cases: [name: string, write: (git: string) => string][] = [
    ["a commit that is its own parent", (git) => writeLoose(git, "commit", commit, someId)],
    ["another object", (git) => writeLoose(git, "blob", "a", someId)],
    ["an unknown type", (git) => writeLoose(git, "drawing", "a")],
    ["no packed bytes", (git) => {
      const id = writeLoose(git, "blob", "a");
      Deno.writeTextFileSync(`${git}/objects/${id.slice(0, 2)}/${id.slice(2)}`, "not packed");
      return id;
    }],
    ["bytes that end too soon", (git) => {
      const id = writeLoose(git, "blob", "a".repeat(1000));
      Deno.truncateSync(`${git}/objects/${id.slice(0, 2)}/${id.slice(2)}`, 20);
      return id;
    }],
  ];
  for (const [name, write] of cases) {
    await t.step(name, () =>
      withFolder((git) => {
        const id = write(git);
        const objects = new GitObjects(git);
        for (const read of [() => objects.read(id), () => objects.commit(id), () => objects.tree(id)]) {
          const { message } = assertThrows(read, RangeError);
          assertEquals(
            message,
            `Cannot read object ${id} of the git checkout: it is damaged: run git fsck`,
          );
        }
      }));
  }
});

Deno.test("GitObjects refuses commits and trees that git does not write", async (t) => {
  const entry = [...new TextEncoder().encode("100644 a\0"), ...Uint8Array.fromHex(someId)];
  const commits = [
    `parent ${someId}\ncommitter ${who}\n\nno tree`,
    `tree ${someId}\n\nnobody`,
    `tree ${someId}\ncommitter A <a> 99999999999999 +0000\n\nafter the end of time`,
  ];
  for (const commit of commits) {
    await t.step(commit, () =>
      withFolder((git) => {
        const id = writeLoose(git, "commit", commit);
        assertThrows(() => new GitObjects(git).commit(id), RangeError, "it is damaged");
      }));
  }
  const trees: [string, number[]][] = [
    ["an entry that is cut off", entry.slice(0, -1)],
    ["an entry without an id", [...new TextEncoder().encode("100644 a")]],
    // The search for a space would begin again at the front.
    ["no space, after an entry", [...entry, ...entry.slice(9), 0, ...entry.slice(9), 0]],
  ];
  for (const [name, content] of trees) {
    await t.step(name, () =>
      withFolder((git) => {
        const id = writeLoose(git, "tree", Uint8Array.from(content));
        assertThrows(() => new GitObjects(git).tree(id), RangeError, "it is damaged");
      }));
  }
});

Deno.test("GitObjects takes the parent of a commit from its head, not from its message", () =>
  withFolder((git) => {
    const id = writeLoose(git, "commit", `tree ${someId}\ncommitter ${who}\n\nparent ${someId}\n`);
    assertEquals(new GitObjects(git).commit(id)!.parent, null);
  }));

Deno.test("GitObjects knows dates before 1970", () =>
  withFolder((git) => {
    const id = writeLoose(git, "commit", `tree ${someId}\ncommitter A <a> -1 +0000\n\nold`);
    assertEquals(new GitObjects(git).commit(id)!.date, "1969-12-31T23:59:59.000Z");
  }));

Deno.test("GitObjects has nothing under what is no id, as of repositories of SHA-256", () => {
  const objects = new GitObjects(`${testdata}/git-offset`);
  for (const id of ["", "zz", "../../objects", "ab".repeat(32), last.toUpperCase()]) {
    assertEquals(objects.read(id), undefined);
  }
});

/** A pack of the tests with its index: where it stands, and its files. */
function packOf(kind: string) {
  const folder = `${testdata}/git-${kind}/objects/pack`;
  const name = [...Deno.readDirSync(folder)].find(({ name }) => name.endsWith(".idx"))!.name.slice(0, -4);
  return {
    name,
    index: Deno.readFileSync(`${folder}/${name}.idx`),
    pack: Deno.readFileSync(`${folder}/${name}.pack`),
  };
}

/** Lays a pack out, and gives the folder. */
function writePack(git: string, { name, index, pack }: ReturnType<typeof packOf>): string {
  Deno.mkdirSync(`${git}/objects/pack`, { recursive: true });
  Deno.writeFileSync(`${git}/objects/pack/${name}.idx`, index);
  Deno.writeFileSync(`${git}/objects/pack/${name}.pack`, pack);
  return git;
}

/** The objects of a pack of the tests, and where they begin in it: behind a head, 256 counts, the ids and a checksum of each. */
function entriesOf({ index }: ReturnType<typeof packOf>): { readonly id: string; readonly offset: number }[] {
  const [ids, count] = [8 + 1024, 15];
  const view = new DataView(index.buffer);
  return Array.from({ length: count }, (_, i) => ({
    id: index.subarray(ids + 20 * i, ids + 20 * (i + 1)).toHex(),
    offset: view.getUint32(ids + 24 * count + 4 * i),
  }));
}

/** Reads an object of a pack that may be damaged. */
function checkAnswer(git: string, pack: ReturnType<typeof packOf>, id: string): void {
  const objects = new GitObjects(writePack(git, pack));
  try {
    assertEquals(idOf(objects.read(id)!), id);
  } catch (error) {
    assert(error instanceof RangeError);
    assertEquals(error.message, `Cannot read object ${id} of the git checkout: it is damaged: run git fsck`);
  }
}

for (const kind of ["offset", "id"]) {
  const sound = packOf(kind);
  const entries = entriesOf(sound);

  Deno.test(`GitObjects of a damaged pack, with changes by ${kind}, gives objects that are whole or says that they are damaged`, () =>
    withFolder((git) =>
      fc.assert(
        fc.property(
          fc.nat(sound.pack.length - 1),
          fc.integer({ min: 1, max: 255 }),
          fc.constantFrom(...entries),
          (at, bits, { id }) => {
            const pack = sound.pack.slice();
            pack[at]! ^= bits;
            checkAnswer(git, { ...sound, pack }, id);
          },
        ),
        { numRuns: 100 },
      )
    ));

  Deno.test(`GitObjects says so where a pack, with changes by ${kind}, ends within an object`, () =>
    withFolder((git) => {
      for (const { id, offset } of entries) {
        for (let bytes = 0; bytes < 28; bytes++) {
          checkAnswer(git, { ...sound, pack: sound.pack.slice(0, offset + bytes) }, id);
        }
      }
    }));
}

Deno.test("GitObjects refuses an index that is damaged, or without its pack", async (t) => {
  const sound = packOf("offset");
  const falling = sound.index.slice();
  new DataView(falling.buffer).setUint32(8 + 4 * 100, 2 ** 32 - 1);
  const many = sound.index.slice();
  new DataView(many.buffer).setUint32(8 + 4 * 255, 2 ** 31);
  const cases: [string, Uint8Array<ArrayBuffer>, string][] = [
    ["of version 1", sound.index.slice(8), "must have version 2"],
    ["that is cut off in its counts", sound.index.slice(0, 1000), "must have version 2"],
    ["that is cut off behind its counts", sound.index.slice(0, 1100), "its index is damaged: run git fsck"],
    ["whose counts fall", falling, "its index is damaged"],
    ["of more objects than it has", many, "its index is damaged"],
  ];
  for (const [name, index, message] of cases) {
    await t.step(name, () =>
      withFolder((git) => {
        assertThrows(() => new GitObjects(writePack(git, { ...sound, index })), RangeError, message);
      }));
  }
  await withFolder((git) => {
    Deno.removeSync(`${writePack(git, sound)}/objects/pack/${sound.name}.pack`);
    assertThrows(() => new GitObjects(git), RangeError, "there is no such file");
  });
});
