import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { packTar } from "modern-tar";
import { DataError, UsageError } from "../../errors.ts";
import { withFolder } from "../../files/test_helpers.ts";
import { text, tree } from "../test_helpers.ts";
import { defaultLimits, unpackTar } from "./unpack_tar.ts";

type Header = Parameters<typeof packTar>[0][number]["header"];

/** A tar file of entries that all hold `content`, where they can hold something. */
async function tarOf(headers: readonly Partial<Header>[], content = "content"): Promise<Uint8Array> {
  return await packTar(headers.map((header) => {
    const whole = { name: "a.txt", type: "file" as const, size: content.length, ...header };
    return whole.type === "file" ? { header: whole, body: content } : { header: { ...whole, size: 0 } };
  }));
}

/** Unpacks and gives what the folder, which lies in another one, holds then. */
async function unpack(
  bytes: Uint8Array,
  limits = defaultLimits,
  isWanted: (name: string) => boolean = () => true,
): Promise<string[]> {
  let files: string[] = [];
  await withFolder(async (outer) => {
    await Deno.mkdir(join(outer, "inner"));
    try {
      const chunks = Array.from(
        { length: Math.ceil(bytes.length / 300) },
        (_, i) => bytes.subarray(300 * i, 300 * (i + 1)),
      );
      const names = await unpackTar(ReadableStream.from(chunks), join(outer, "inner"), isWanted, limits);
      files = await tree(join(outer, "inner"));
      assertEquals(names.toSorted(), files);
      for (const name of names) assertEquals(await Deno.readTextFile(join(outer, "inner", name)), "content");
    } finally {
      assertEquals((await tree(outer)).filter((name) => !name.startsWith("inner")), []);
    }
  });
  return files;
}

Deno.test("unpackTar() writes files in folders, those that are wanted", async () => {
  const tar = await tarOf([
    { name: "set/", type: "directory" },
    { name: "./set/one.txt" },
    { name: `set/${"long".repeat(40)}.txt` },
    { name: "set/skipped.txt" },
    { name: "two.txt" },
  ]);
  const files = await unpack(tar, defaultLimits, (name) => name !== "set/skipped.txt");
  assertEquals(files, [`set/${"long".repeat(40)}.txt`, "set/one.txt", "two.txt"]);
});

Deno.test("unpackTar() comes to an end where it passes over files, however the stream is cut", async () => {
  // Sizes for which an entry that is passed over ends in the middle of the next one's body.
  const sizes = { a: 8, skipped: 8, b: 448, "skipped too": 700, c: 8 };
  const tar = await packTar(
    Object.entries(sizes).map(([name, size]) => ({ header: { name, size }, body: "c".repeat(size) })),
  );
  for (const size of [100, 300, 512, 1000, 4096]) {
    await withFolder(async (folder) => {
      const chunks = Array.from(
        { length: Math.ceil(tar.length / size) },
        (_, i) => tar.subarray(size * i, size * (i + 1)),
      );
      const names = await unpackTar(
        ReadableStream.from(chunks),
        folder,
        (name) => !name.startsWith("skipped"),
      );
      assertEquals(names, ["a", "b", "c"]);
    });
  }
});

Deno.test("unpackTar() lets no entry out of the folder", async (t) => {
  const evil: Partial<Header>[] = [
    { name: "../evil.txt" },
    { name: "set/../../evil.txt" },
    { name: "/tmp/evil.txt" },
    { name: "C:\\evil.txt" },
    { name: "set\\..\\..\\evil.txt" },
    { name: "..", type: "directory" },
    { name: "link", type: "symlink", linkname: "/etc" },
    { name: "link", type: "link", linkname: "../evil.txt" },
    { name: "device", type: "character-device" },
    { name: "short.txt", pax: { path: "../evil.txt" } },
  ];
  for (const header of evil) {
    await t.step(`${header.type ?? "file"} ${header.pax?.path ?? header.name}`, async () => {
      const tar = await tarOf([header]);
      await assertRejects(() => unpack(tar), DataError, "its entry ");
      await assertRejects(() => unpack(tar, defaultLimits, () => false), DataError, "its entry ");
    });
  }
});

Deno.test("unpackTar() bounds entries, the size of a file, and all of it", async (t) => {
  const tar = await tarOf([{ name: "a" }, { name: "b" }, { name: "c" }]);
  const just = { entries: 3, fileBytes: 7, totalBytes: tar.length };
  await t.step("just within", async () => assertEquals(await unpack(tar, just), ["a", "b", "c"]));
  const exceeded = {
    "it has more than 2 entries": { ...just, entries: 2 },
    "its entry a must be at most 6 bytes: current size is 7": { ...just, fileBytes: 6 },
    [`it unpacks to more than ${tar.length - 1} bytes`]: { ...just, totalBytes: tar.length - 1 },
  };
  for (const [reason, limits] of Object.entries(exceeded)) {
    await t.step(reason, async () => {
      await assertRejects(() => unpack(tar, limits), DataError, reason);
    });
  }
});

Deno.test("unpackTar() refuses an absurd size in a header before it takes memory", async () => {
  const tar = Uint8Array.from(await tarOf([{ name: "a" }]));
  tar.set(text("77777777777\0"), 124);
  tar.set(text(checksum(tar.subarray(0, 512))), 148);
  await assertRejects(() => unpack(tar), DataError, "current size is 8589934591");
});

Deno.test("unpackTar() refuses an archive that is cut off, damaged, foreign, or names a file twice", async (t) => {
  const tar = await tarOf([{ name: "a" }, { name: "b" }]);
  const damaged = Uint8Array.from(tar);
  damaged[3]! ^= 1;
  const faults: Record<string, Uint8Array> = {
    "cut off in a file": tar.subarray(0, 515),
    "cut off in a header": tar.subarray(0, 1200),
    "damaged header": damaged,
    "foreign": text("no tar file at all, but long enough for a header. ".repeat(20)),
    "a folder where a file is": await tarOf([{ name: "a" }, { name: "a/b" }]),
    "a number that is none": withSize(tar, "9"),
    "twice": await tarOf([{ name: "a" }, { name: "./a" }]),
  };
  for (const [title, bytes] of Object.entries(faults)) {
    await t.step(title, async () => {
      const { message } = await assertRejects(() => unpack(bytes), DataError);
      assertEquals([message === "", message.includes("\n")], [false, false]);
    });
  }
});

/** The same file, but for the size of its first entry. */
function withSize(tar: Uint8Array, size: string): Uint8Array {
  const copy = Uint8Array.from(tar);
  copy.set(text(size), 124);
  copy.set(text(checksum(copy.subarray(0, 512))), 148);
  return copy;
}

/** The checksum field of a tar header: the sum of its bytes, the field itself counted as spaces. */
function checksum(header: Uint8Array): string {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return `${sum.toString(8).padStart(6, "0")}\0 `;
}

Deno.test("unpackTar() says that a file cannot be written, and does not blame the archive", async () => {
  const tar = await tarOf([{ name: "set/one.txt" }]);
  await withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "where a folder should be");
    const { message } = await assertRejects(
      () => unpackTar(ReadableStream.from([tar]), join(folder, "file"), () => true),
      UsageError,
    );
    assertEquals(message.startsWith(`Cannot write ${folder}/file/set/one.txt: `), true, message);
  });
});
