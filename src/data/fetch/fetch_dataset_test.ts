import { assertEquals, assertRejects } from "@std/assert";
import { join, toFileUrl } from "@std/path";
import { packTar } from "modern-tar";
import { DataError, UsageError } from "../../errors.ts";
import { withFolder } from "../../files/test_helpers.ts";
import type { Archive, Dataset } from "../dataset.ts";
import { sha256 } from "../digests.ts";
import { fetchDataset, type FetchProgress, type FetchReport } from "./fetch_dataset.ts";
import {
  gzipped,
  knownFile,
  text,
  tinyDataset,
  tree,
  withServer,
  writeFiles,
  zipped,
} from "../test_helpers.ts";
import { UnreachableError } from "./unreachable_error.ts";

const content = text("content");

/** Serves one archive for a closed set of `in/a.bin` and `b.bin`, and runs `body` with that data set. */
async function withArchive(
  bytes: Uint8Array<ArrayBuffer>,
  parts: Partial<Archive>,
  body: (fetchTiny: (folder: string) => Promise<FetchReport>) => Promise<void>,
): Promise<void> {
  await withServer(() => new Response(bytes), async (address) => {
    const archive: Archive = {
      urls: [`${address}/set.tar.gz?download=1`],
      bytes: bytes.length,
      digests: { sha256: sha256(bytes) },
      format: "tar.gz",
      ...parts,
    };
    const files = [knownFile("in/a.bin", content), knownFile("b.bin", content)];
    const dataset = tinyDataset({ files, archive });
    await body((folder) => fetch(folder, dataset));
  });
}

function fetch(folder: string, dataset: Dataset, more: object = {}): Promise<FetchReport> {
  return fetchDataset("tiny", { downloadTo: folder, registry: [dataset], allowLoopback: true, ...more });
}

async function tarGz(names: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  return gzipped(
    await packTar(names.map((name) => ({
      header: { name, size: content.length, type: "file" },
      body: content,
    }))),
  );
}

Deno.test("fetchDataset() downloads what is missing or damaged, keeps the rest, and says what nobody has", async () => {
  await withFolder(async (folder) => {
    const asked: string[] = [];
    const answer = (_request: Request, path: string) => {
      asked.push(path);
      return new Response(path === "/c.gz" ? gzipped(content) : content);
    };
    await withServer(answer, async (address) => {
      const dataset = tinyDataset({
        files: [
          ...["sound.bin", "damaged.bin", "in/missing.bin", "c.gz"].map((name) =>
            knownFile(name, content, [`${address}/${name}`])
          ),
          knownFile("nowhere.bin", content),
        ],
      });
      await writeFiles(folder, { "tiny/sound.bin": content, "tiny/damaged.bin": text("c0ntent") });
      const seen: FetchProgress[] = [];
      const onProgress = (progress: FetchProgress) => seen.push(progress);
      assertEquals(await fetch(folder, dataset, { onProgress }), {
        root: join(folder, "tiny"),
        kept: 1,
        fetched: 3,
        unavailable: ["nowhere.bin"],
      });
      assertEquals(asked, ["/damaged.bin", "/in/missing.bin", "/c.gz"]);
      assertEquals(seen[0], { id: "tiny", name: "damaged.bin", bytes: 7, total: 7 });
      assertEquals((await fetch(folder, dataset)).kept, 4);
      assertEquals(asked.length, 3);
    });
    assertEquals(await tree(folder), [
      "tiny/c.gz",
      "tiny/damaged.bin",
      "tiny/in/missing.bin",
      "tiny/sound.bin",
    ]);
    assertEquals(await Deno.readFile(join(folder, "tiny/damaged.bin")), content);
  });
});

Deno.test("fetchDataset() puts nothing in place where one file of several fails", async () => {
  await withFolder(async (folder) => {
    const answer = (_request: Request, path: string) =>
      new Response(path === "/bad.bin" ? "c0ntent" : content);
    await withServer(answer, async (address) => {
      const files = ["good.bin", "bad.bin"].map((name) => knownFile(name, content, [`${address}/${name}`]));
      await assertRejects(() => fetch(folder, tinyDataset({ files })), DataError, "Cannot use bad.bin");
    });
    assertEquals(await tree(folder), []);
  });
});

Deno.test("fetchDataset() unpacks a tar.gz archive, the files of the data set only", async () => {
  await withFolder(async (folder) => {
    await withArchive(await tarGz(["in/a.bin", "readme.txt", "b.bin"]), {}, async (fetchTiny) => {
      assertEquals((await fetchTiny(folder)).fetched, 2);
      assertEquals(await tree(folder), ["tiny/b.bin", "tiny/in/a.bin"]);
      assertEquals((await fetchTiny(folder)).kept, 2);
    });
  });
});

Deno.test("fetchDataset() unpacks a collection from a tar.gz in a zip file", async () => {
  await withFolder(async (folder) => {
    const inner = await tarGz(["all/cat/1.jpg", "all/cat/2.jpg", "all/background/1.jpg"]);
    const zip = zipped([{ name: "__MACOSX/._x", content }, { name: "set/inner.tar.gz", content: inner }]);
    await withServer(() => new Response(zip), async (address) => {
      await writeFiles(folder, { "table.csv": text("file,bytes,sha256\r\n"), "tiny/all/cat/1.jpg": content });
      const dataset = tinyDataset({
        collection: {
          folder: "all",
          suffix: ".jpg",
          excludedClasses: ["background"],
          count: 2,
          digestTable: toFileUrl(join(folder, "table.csv")),
        },
        archive: {
          urls: [`${address}/set.zip`],
          bytes: zip.length,
          digests: { sha256: sha256(zip) },
          format: "zip",
          inner: { name: "set/inner.tar.gz", digests: { sha256: sha256(inner) } },
        },
      });
      assertEquals((await fetch(folder, dataset)).fetched, 1);
      assertEquals(await tree(folder), ["table.csv", "tiny/all/cat/1.jpg", "tiny/all/cat/2.jpg"]);
      await Deno.remove(join(folder, "tiny/all/cat/2.jpg"));
      const other = {
        ...dataset.archive!,
        inner: { name: "set/inner.tar.gz", digests: { md5: "0".repeat(32) } },
      };
      const again = () => fetch(folder, { ...dataset, archive: other });
      await assertRejects(again, DataError, "Cannot unpack set.zip: Cannot use set/inner.tar.gz: its md5 is");
      assertEquals(await tree(folder), ["table.csv", "tiny/all/cat/1.jpg"]);
    });
  });
});

Deno.test("fetchDataset() refuses an archive that is altered, unsafe or holds nothing of the data set", async (t) => {
  const sound = await tarGz(["in/a.bin", "b.bin"]);
  const faults: Record<string, [bytes: Uint8Array<ArrayBuffer>, parts: Partial<Archive>, reason: string]> = {
    "wrong digest": [sound, { digests: { md5: "0".repeat(32) } }, "Cannot use set.tar.gz: its md5 is"],
    "wrong size": [sound, { bytes: sound.length + 1 }, `instead of ${sound.length + 1}`],
    "path out of the folder": [
      await tarGz(["b.bin", "../evil.bin"]),
      {},
      'Cannot unpack set.tar.gz: its entry "../evil',
    ],
    "cut off, with that digest": [sound.slice(0, -20), {}, "Cannot unpack set.tar.gz"],
    "not gzip, with that digest": [text("no archive"), {}, "Cannot unpack set.tar.gz"],
    "other files": [await tarGz(["c.bin"]), {}, "it holds none of the files"],
  };
  for (const [title, [bytes, parts, reason]] of Object.entries(faults)) {
    await t.step(title, async () => {
      await withFolder(async (folder) => {
        await withArchive(bytes, parts, async (fetchTiny) => {
          await assertRejects(() => fetchTiny(folder), DataError, reason);
          assertEquals(await tree(folder), []);
        });
      });
    });
  }
});

Deno.test("fetchDataset() follows a redirect to the hosts of this data set only, not to those of another", async (t) => {
  const redirect = (_request: Request, path: string) =>
    new Response(null, { status: 302, headers: { location: `https:/${path}/a.bin` } });
  const cases = {
    "listed.invalid": "Cannot reach listed.invalid: ",
    "other.invalid": "https://other.invalid is not a listed host",
  };
  for (const [host, reason] of Object.entries(cases)) {
    await t.step(host, async () => {
      await withFolder(async (folder) => {
        await withServer(redirect, async (address) => {
          const own = tinyDataset({
            files: [knownFile("a.bin", content, [`${address}/${host}`])],
            redirectHosts: ["listed.invalid"],
          });
          const other = { ...own, id: "other", redirectHosts: ["other.invalid"] };
          const fetching = () => fetch(folder, own, { registry: [own, other] });
          await assertRejects(fetching, UnreachableError, reason);
        });
      });
    });
  }
});

Deno.test("fetchDataset() stops when it is told to, and leaves nothing", async () => {
  await withFolder(async (folder) => {
    await withServer(() => new Response(content), async (address) => {
      const abort = new AbortController();
      const dataset = tinyDataset({ files: [knownFile("a.bin", content, [`${address}/a.bin`])] });
      const onProgress = () => abort.abort(new Error("stopped by the user"));
      const fetching = () => fetch(folder, dataset, { signal: abort.signal, onProgress });
      await assertRejects(fetching, Error, "stopped by the user");
    });
    assertEquals(await tree(folder), []);
  });
});

Deno.test("fetchDataset() names a folder that cannot be written", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "");
    const dataset = tinyDataset({ files: [knownFile("a.bin", content, ["https://127.0.0.1/a.bin"])] });
    await assertRejects(
      () => fetch(join(folder, "file"), dataset),
      UsageError,
      `Cannot write ${folder}/file`,
    );
  });
});
