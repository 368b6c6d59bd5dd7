import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join, toFileUrl } from "@std/path";
import { DataError, UsageError } from "../errors.ts";
import { withFolder } from "../files/test_helpers.ts";
import type { DatasetHandle } from "./dataset_handle.ts";
import { openDataset } from "./open_dataset.ts";
import { knownFile, text, tinyDataset, tree, withServer, writeFiles } from "./test_helpers.ts";

const content = text("content");
const closed = tinyDataset({ files: [knownFile("b/two.bin", content), knownFile("one.bin", content)] });

Deno.test("openDataset() takes the first folder that holds the data set", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, {
      "first/other/one.bin": content,
      "second/tiny/one.bin": content,
      "second/tiny/b/two.bin": content,
      "second/tiny/stray.bin": content,
      "third/tiny/one.bin": content,
    });
    const dataFolders = ["no", "first", "second", "third"].map((name) => join(folder, name));
    assertEquals(
      await openDataset("tiny", { dataFolders, offline: true, downloadTo: folder, registry: [closed] }),
      {
        id: "tiny",
        source: "folder",
        root: join(folder, "second", "tiny"),
        files: ["b/two.bin", "one.bin"],
        notes: [],
      },
    );
  });
});

Deno.test("openDataset() gives plain data that can be sent to a worker", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "tiny/one.bin": content });
    const handle = await openDataset("tiny", {
      dataFolders: [folder],
      offline: true,
      downloadTo: folder,
      registry: [closed],
    });
    assertEquals(structuredClone(handle), handle);
  });
});

Deno.test("openDataset() uses a part of a data set and says how much it is", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "tiny/one.bin": content });
    const handle = await openDataset("tiny", {
      dataFolders: [folder],
      offline: true,
      downloadTo: folder,
      registry: [closed],
    });
    assertEquals(handle.files, ["one.bin"]);
    assertEquals(handle.notes, ["1 of 2 files"]);
  });
});

Deno.test("openDataset() lists a collection without excluded classes and foreign files", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, {
      "table.csv": text("file,bytes,sha256\r\nall/ant/1.jpg,7,00\r\n"),
      "tiny/all/cat/2.jpg": content,
      "tiny/all/Zebra/1.jpg": content,
      "tiny/all/ant/1.jpg": content,
      "tiny/all/ant/._1.jpg": content,
      "tiny/all/ant/notes.txt": content,
      "tiny/all/ant/deeper/1.jpg": content,
      "tiny/all/background/1.jpg": content,
      "tiny/all/stray.jpg": content,
    });
    const collection = {
      folder: "all",
      suffix: ".jpg",
      excludedClasses: ["background"],
      count: 1234,
      digestTable: toFileUrl(join(folder, "table.csv")),
    };
    const handle = await openDataset("tiny", {
      dataFolders: [folder],
      offline: true,
      downloadTo: folder,
      registry: [tinyDataset({ collection })],
    });
    assertEquals(handle.files, ["all/Zebra/1.jpg", "all/ant/1.jpg", "all/cat/2.jpg"]);
    assertEquals(handle.notes, ["3 of 1,234 files", "2 files without a known digest"]);
  });
});

Deno.test("openDataset() falls back to the stand-in offline, and says where it looked", async () => {
  await withFolder(async (folder) => {
    const handle = await openDataset("tiny", {
      dataFolders: [join(folder, "data")],
      offline: true,
      downloadTo: join(folder, "cache"),
      registry: [tinyDataset({ files: [knownFile("one.bin", content, ["https://example.org/one"])] })],
    });
    assertEquals([handle.source, handle.root, handle.files], ["stand-in", null, []]);
    assertStringIncludes(handle.notes[0]!, `tiny is not in ${join(folder, "data", "tiny")} or`);
    assertStringIncludes(handle.notes[0]!, join(folder, "cache", "tiny"));
    assertStringIncludes(handle.notes.at(-1)!, "deno task fetch-data tiny");
    assertEquals(await tree(folder), []);
  });
});

Deno.test("openDataset() downloads what no folder has, and finds it again offline", async () => {
  await withFolder(async (folder) => {
    await withServer(() => new Response(content), async (address) => {
      const dataset = tinyDataset({ files: [knownFile("one.bin", content, [`${address}/one.bin`])] });
      const options = {
        dataFolders: [join(folder, "data")],
        downloadTo: join(folder, "cache"),
        registry: [dataset],
        allowLoopback: true,
      };
      const expected: DatasetHandle = {
        id: "tiny",
        source: "download",
        root: join(folder, "cache", "tiny"),
        files: ["one.bin"],
        notes: [],
      };
      assertEquals(await openDataset("tiny", { ...options, offline: false }), expected);
      assertEquals(await openDataset("tiny", { ...options, offline: true }), expected);
    });
    assertEquals(await tree(folder), ["cache/tiny/one.bin"]);
  });
});

Deno.test("openDataset() falls back to the stand-in where the server cannot be reached, naming host and reason", async () => {
  await withFolder(async (folder) => {
    const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const { port } = listener.addr;
    listener.close();
    const dataset = tinyDataset({
      files: [knownFile("one.bin", content, [`http://127.0.0.1:${port}/one.bin`])],
    });
    const handle = await openDataset("tiny", {
      dataFolders: [],
      offline: false,
      downloadTo: folder,
      registry: [dataset],
      allowLoopback: true,
    });
    assertEquals(handle.source, "stand-in");
    assertStringIncludes(handle.notes[1]!, `Cannot reach 127.0.0.1:${port}: `);
    assertEquals(await tree(folder), []);
  });
});

Deno.test("openDataset() never replaces damaged data by a stand-in", async () => {
  await withFolder(async (folder) => {
    await withServer(() => new Response("c0ntent"), async (address) => {
      const dataset = tinyDataset({ files: [knownFile("one.bin", content, [`${address}/one.bin`])] });
      const open = () =>
        openDataset("tiny", {
          dataFolders: [],
          offline: false,
          downloadTo: folder,
          registry: [dataset],
          allowLoopback: true,
        });
      await assertRejects(open, DataError, "Cannot use one.bin: its sha256 is");
    });
    assertEquals(await tree(folder), []);
  });
});

Deno.test("openDataset() says so where none of the files can be downloaded", async () => {
  await withFolder(async (folder) => {
    const handle = await openDataset("tiny", {
      dataFolders: [],
      offline: false,
      downloadTo: folder,
      registry: [closed],
    });
    assertEquals([handle.source, handle.notes[1]], ["stand-in", "none of its files can be downloaded"]);
  });
});

Deno.test("openDataset() names an unknown data set", async () => {
  const open = () => openDataset("mnits", { dataFolders: [], offline: true, downloadTo: "." });
  await assertRejects(open, UsageError, 'Unknown data set "mnits"');
});
