import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { gzipSync } from "node:zlib";
import { withFolder } from "../files/test_helpers.ts";
import { findDataset } from "./registry.ts";
import { listFiles } from "./list_files.ts";
import { openDataset } from "./open_dataset.ts";
import { readVerified } from "./read_verified.ts";
import { knownFile, text, tinyDataset, writeFiles } from "./test_helpers.ts";
import { verifyFiles } from "./verify_files.ts";

const content = text("content");
const packed = Uint8Array.from(gzipSync(content));

const tiny = tinyDataset({
  files: [knownFile("a-idx3-ubyte.gz", content), knownFile("bin/b.bin", content)],
});

/** Where the first and the second file of the data set may lie. */
const layouts: readonly [string, Record<string, Uint8Array>][] = [
  ["as published", { "a-idx3-ubyte.gz": packed, "bin/b.bin": content }],
  ["unpacked", { "a-idx3-ubyte": content, "bin/b.bin": content }],
  ["unpacked under the packed name", { "a-idx3-ubyte.gz": content, "bin/b.bin": content }],
  ["packed under the unpacked name", { "a-idx3-ubyte": packed, "bin/b.bin": content }],
  ["with a dot before idx", { "a.idx3-ubyte": content, "bin/b.bin": content }],
  ["with a dot before idx, packed", { "a.idx3-ubyte.gz": packed, "bin/b.bin": content }],
  ["the other file packed", { "a-idx3-ubyte.gz": packed, "bin/b.bin.gz": packed }],
  ["without a folder", { "a-idx3-ubyte.gz": packed, "b.bin": content }],
  ["without a folder, packed", { "a-idx3-ubyte": content, "b.bin.gz": packed }],
  ["in a folder of the same name", { "tiny/a-idx3-ubyte": content, "tiny/bin/b.bin": content }],
  ["as torchvision has it", { "raw/a-idx3-ubyte": content, "MNIST/raw/bin/b.bin": content }],
];
for (const [layout, files] of layouts) {
  Deno.test(`a data set is read ${layout}, with the names and digests of the registry`, async () => {
    await withFolder(async (folder) => {
      const root = join(folder, "tiny");
      await writeFiles(root, files);
      const handle = await openDataset("tiny", {
        dataFolders: [folder],
        offline: true,
        downloadTo: folder,
        registry: [tiny],
      });
      assertEquals([handle.source, handle.files, handle.notes], [
        "folder",
        ["a-idx3-ubyte.gz", "bin/b.bin"],
        [],
      ]);
      const records = await verifyFiles(handle, handle.files, [tiny]);
      assertEquals(records.map(({ name, bytes }) => [name, bytes]), [["a-idx3-ubyte.gz", 7], [
        "bin/b.bin",
        7,
      ]]);
      assertEquals(new Set(records.map(({ sha256 }) => sha256)).size, 1);
      for (const record of records) assertEquals(await readVerified(root, record), content);
    });
  });
}

Deno.test("the classes of a collection are found in its folder, in one below, or without any", async () => {
  const caltech = findDataset("caltech-101");
  for (const place of ["101_ObjectCategories/", "caltech-101/101_ObjectCategories/", ""]) {
    await withFolder(async (folder) => {
      const root = join(folder, "caltech-101");
      await writeFiles(root, { [`${place}ant/image_0001.jpg`]: content, "__MACOSX/x/y.jpg": content });
      assertEquals(listFiles(caltech, root).includes("101_ObjectCategories/ant/image_0001.jpg"), true);
    });
  }
});

Deno.test("openDataset() says what lies there in place of a data set, and what is lacking", async () => {
  const cases: readonly [string, string, Record<string, Uint8Array>, string][] = [
    [
      "mnist",
      "an archive in its folder",
      { "mnist/mnist.zip": content },
      "/mnist holds mnist.zip, and lacks train-images",
    ],
    ["mnist", "another case", { "MNIST/raw/a": content }, " holds MNIST: what is read is "],
    [
      "mnist",
      "its files without a folder",
      { "t10k-labels-idx1-ubyte": content },
      " itself: they must be in ",
    ],
    [
      "cifar-10",
      "its archive",
      { "cifar-10-binary.tar.gz": content },
      " holds cifar-10-binary.tar.gz: what is read is ",
    ],
    [
      "cifar-10",
      "its other form",
      { "cifar-10/cifar-10-batches-py/data_batch_1": content },
      "/cifar-10 holds cifar-10-batches-py, and lacks cifar-10-batches-bin/data_batch_1.bin",
    ],
    ["cifar-10", "a name without the dash", { "cifar10/x": content }, " holds cifar10: what is read is "],
    [
      "caltech-101",
      "the archive in its archive",
      { "caltech-101/101_ObjectCategories.tar.gz": content },
      "/caltech-101 holds 101_ObjectCategories.tar.gz, and lacks 101_ObjectCategories/<class>/*.jpg",
    ],
  ];
  for (const [id, what, files, said] of cases) {
    await withFolder(async (folder) => {
      await writeFiles(folder, files);
      const { source, notes } = await openDataset(id, {
        dataFolders: [folder],
        offline: true,
        downloadTo: folder,
      });
      assertEquals([source, notes[0]!.includes(said)], ["stand-in", true], `${what}: ${notes[0]}`);
    });
  }
});

Deno.test("whisper-tiny is found as its hub lays it out, and with every file in one folder", async () => {
  for (const place of ["onnx/", ""]) {
    await withFolder(async (folder) => {
      const root = join(folder, "whisper-tiny");
      await writeFiles(root, { [`${place}encoder_model_quantized.onnx`]: content });
      assertEquals(listFiles(findDataset("whisper-tiny"), root), ["onnx/encoder_model_quantized.onnx"]);
    });
  }
});

Deno.test("openDataset() sends to the publisher's page where nothing can be downloaded", async () => {
  await withFolder(async (folder) => {
    const { source, notes } = await openDataset("whisper-tiny", {
      dataFolders: [],
      offline: false,
      downloadTo: folder,
    });
    assertEquals([source, ...notes], [
      "stand-in",
      `whisper-tiny is not in ${folder}/whisper-tiny`,
      "none of its files can be downloaded",
      "get it from https://huggingface.co/Xenova/whisper-tiny",
    ]);
  });
});

Deno.test("openDataset() says nothing of what lies beside a data set under another name", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, {
      "fashion-mnist/a": content,
      "images.txt": content,
      "lm.csv": content,
      "notes": content,
      // A folder of the data set "coco128" has the name of another one.
      "images/astronaut.png": content,
    });
    for (const id of ["mnist", "cnn", "coco128"]) {
      const { notes } = await openDataset(id, { dataFolders: [folder], offline: true, downloadTo: folder });
      assertEquals(notes[0], `${id} is not in ${folder}/${id}, and downloads are off`);
    }
  });
});
