import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { DataError } from "../../errors.ts";
import { withFolder } from "../../files/test_helpers.ts";
import { openZipEntry } from "./open_zip_entry.ts";
import { text, zipped } from "../test_helpers.ts";

/** Reads an entry of a zip file as text. */
async function read(zip: Uint8Array, wanted: string, maxBytes = 1000): Promise<string> {
  let content = "";
  await withFolder(async (folder) => {
    const path = join(folder, "a.zip");
    await Deno.writeFile(path, zip);
    content = await new Response(await openZipEntry(path, wanted, maxBytes)).text();
  });
  return content;
}

const zip = zipped([{ name: "first.txt", content: text("first") }, {
  name: "in/b.txt",
  content: text("content"),
}]);

Deno.test("openZipEntry() gives the content of the wanted entry", async () => {
  assertEquals(await read(zip, "in/b.txt"), "content");
});

Deno.test("openZipEntry() says so where there is no such entry, or it is too large", async () => {
  await assertRejects(() => read(zip, "c.txt"), DataError, "it has no entry c.txt");
  await assertRejects(
    () => read(zip, "in/b.txt", 6),
    DataError,
    "must be at most 6 bytes: current size is 7",
  );
});

Deno.test("openZipEntry() refuses an archive with a name that leads out of the folder", async (t) => {
  for (const name of ["../evil.txt", "/evil.txt", "C:/evil.txt", "a\\..\\..\\evil.txt", "/\nevil\0"]) {
    await t.step(name, async () => {
      const evil = zipped([{ name, content: text("evil") }, { name: "b.txt", content: text("content") }]);
      const { message } = await assertRejects(() => read(evil, "b.txt"), DataError);
      assertEquals(message.includes("\n"), false);
    });
  }
});

Deno.test("openZipEntry() refuses an entry that is not as long as it says", async (t) => {
  for (const statedSize of [3, 900]) {
    await t.step(`${statedSize} instead of 7 bytes`, async () => {
      await assertRejects(
        () => read(zipped([{ name: "b.txt", content: text("content"), statedSize }]), "b.txt"),
        DataError,
      );
    });
  }
});

Deno.test("openZipEntry() refuses a file that is cut off or foreign", async () => {
  await assertRejects(() => read(zip.subarray(0, zip.length - 30), "in/b.txt"), DataError);
  await assertRejects(() => read(text("no zip file"), "in/b.txt"), DataError);
  await assertRejects(() => read(new Uint8Array(), "in/b.txt"), DataError);
});

Deno.test("openZipEntry() refuses packed bytes that are damaged, where they are read", async () => {
  const damaged = zipped([{ name: "b.txt", content: text("no deflate stream"), statedSize: 900 }]);
  // Method 8, deflate, in the local header and in the directory (APPNOTE 4.4.5).
  for (const [mark, offset] of [["PK\x03\x04", 8], ["PK\x01\x02", 10]] as const) {
    damaged[new TextDecoder("latin1").decode(damaged).indexOf(mark) + offset] = 8;
  }
  await assertRejects(() => read(damaged, "b.txt"), DataError);
});

Deno.test("openZipEntry() refuses places that no file has, which would end the program", async () => {
  const end = zip.length - 22;
  const locator = new Uint8Array(20).fill(0x61);
  locator.set(text("PK\x06\x07"));
  const zip64 = Uint8Array.of(...zip.subarray(0, end), ...locator, ...zip.subarray(end));
  await assertRejects(() => read(zip64, "in/b.txt"), DataError, "it is a zip64 archive, which is not read");

  // An entry whose place is in an extra field (APPNOTE 4.5.3), which stands behind its name in the directory.
  const one = zipped([{ name: "b.txt", content: text("content") }]);
  const entry = new TextDecoder("latin1").decode(one).indexOf("PK\x01\x02");
  const extra = Uint8Array.of(1, 0, 8, 0, ...new Uint8Array(8).fill(0x61));
  const far = Uint8Array.of(...one.subarray(0, entry + 51), ...extra, ...one.subarray(entry + 51));
  const view = new DataView(far.buffer);
  view.setUint16(entry + 30, extra.length, true);
  view.setUint32(entry + 42, 0xffffffff, true);
  await assertRejects(() => read(far, "b.txt"), DataError, "its entry b.txt stands behind its end");
});
