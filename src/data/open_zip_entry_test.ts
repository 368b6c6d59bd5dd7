import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { DataError } from "../errors.ts";
import { openZipEntry } from "./open_zip_entry.ts";
import { text, withFolder, zipped } from "./test_helpers.ts";

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
  for (const name of ["../evil.txt", "/evil.txt", "C:/evil.txt", "a\\..\\..\\evil.txt"]) {
    await t.step(name, async () => {
      const evil = zipped([{ name, content: text("evil") }, { name: "b.txt", content: text("content") }]);
      await assertRejects(() => read(evil, "b.txt"));
    });
  }
});

Deno.test("openZipEntry() refuses an entry that is not as long as it says", async (t) => {
  for (const statedSize of [3, 900]) {
    await t.step(`${statedSize} instead of 7 bytes`, async () => {
      await assertRejects(() =>
        read(zipped([{ name: "b.txt", content: text("content"), statedSize }]), "b.txt")
      );
    });
  }
});

Deno.test("openZipEntry() refuses a file that is cut off or foreign", async () => {
  await assertRejects(() => read(zip.subarray(0, zip.length - 30), "in/b.txt"));
  await assertRejects(() => read(text("no zip file"), "in/b.txt"));
  await assertRejects(() => read(new Uint8Array(), "in/b.txt"));
});
