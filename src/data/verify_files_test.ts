import { assertEquals, assertRejects } from "@std/assert";
import { join, toFileUrl } from "@std/path";
import { DataError } from "../errors.ts";
import { withFolder } from "../files/test_helpers.ts";
import type { Dataset } from "./dataset.ts";
import type { DatasetHandle } from "./dataset_handle.ts";
import { sha256 } from "./digests.ts";
import { readVerified } from "./read_verified.ts";
import { gzipped, knownFile, text, tinyDataset, writeFiles } from "./test_helpers.ts";
import { verifyFiles } from "./verify_files.ts";

const plain = text("plain content");
const labels = text("content of a packed file");

function handleOf(root: string, files: readonly string[]): DatasetHandle {
  return { id: "tiny", source: "folder", root, files, notes: [] };
}

/** Runs `body` with a folder that holds `a.bin` and `b.gz`, and the data set that knows them. */
async function withTiny(body: (root: string, dataset: Dataset) => Promise<void>): Promise<void> {
  await withFolder(async (root) => {
    await writeFiles(root, { "a.bin": plain, "b.gz": gzipped(labels) });
    const urls = ["https://example.org/file"];
    await body(
      root,
      tinyDataset({ files: [knownFile("a.bin", plain, urls), knownFile("b.gz", labels, urls)] }),
    );
  });
}

Deno.test("verifyFiles() records size and SHA-256 of the content, unpacked for .gz", async () => {
  await withTiny(async (root, dataset) => {
    assertEquals(await verifyFiles(handleOf(root, ["a.bin", "b.gz"]), ["b.gz", "a.bin"], [dataset]), [
      { name: "b.gz", bytes: labels.length, sha256: sha256(labels) },
      { name: "a.bin", bytes: plain.length, sha256: sha256(plain) },
    ]);
  });
});

Deno.test("verifyFiles() sends to the publisher's page for a file that cannot be downloaded", async () => {
  await withFolder(async (root) => {
    await writeFiles(root, { "a.bin": text("plain c0ntent") });
    const dataset = tinyDataset({
      files: [knownFile("a.bin", plain), knownFile("b.bin", plain, ["https://example.org/b"])],
    });
    const error = await assertRejects(
      () => verifyFiles(handleOf(root, ["a.bin"]), ["a.bin"], [dataset]),
      DataError,
    );
    assertEquals(error.message.endsWith("; get it again from https://example.org"), true, error.message);
  });
});

Deno.test("verifyFiles() names a file that is not as published, and the command that gets it again", async (t) => {
  const altered = text("plain c0ntent");
  const faults: Record<string, [name: string, content: Uint8Array, reason: string]> = {
    "altered": ["a.bin", altered, `its sha256 is ${sha256(altered)} instead of ${sha256(plain)}`],
    "truncated": ["a.bin", plain.subarray(0, 5), "it has 5 bytes instead of 13"],
    "empty": ["a.bin", new Uint8Array(), "it has 0 bytes instead of 13"],
    "too long": ["a.bin", text("plain content, and more"), "it must be at most 13 bytes"],
    "packed, truncated": ["b.gz", gzipped(labels).subarray(0, -3), "unexpected end of file"],
    "packed, a bomb": ["b.gz", gzipped(new Uint8Array(1_000_000)), "it holds more than 24 bytes"],
    "packed, far too long": ["b.gz", new Uint8Array(100_000), "it must be at most 65560 bytes"],
    "packed, altered inside": ["b.gz", gzipped(text("Content of a packed file")), "its sha256 is"],
  };
  for (const [title, [name, content, reason]] of Object.entries(faults)) {
    await t.step(title, async () => {
      await withTiny(async (root, dataset) => {
        await Deno.writeFile(join(root, name), content);
        const verify = () => verifyFiles(handleOf(root, [name]), [name], [dataset]);
        const error = await assertRejects(verify, DataError, reason);
        assertEquals(error.message.includes(join(root, name)), true, error.message);
        assertEquals(error.message.endsWith("; get it again with `deno task fetch-data tiny`"), true);
      });
    });
  }
});

Deno.test("verifyFiles() names a file that is gone", async () => {
  await withTiny(async (root, dataset) => {
    await Deno.remove(join(root, "a.bin"));
    const verify = () => verifyFiles(handleOf(root, ["a.bin"]), ["a.bin"], [dataset]);
    await assertRejects(verify, DataError, `Cannot read ${join(root, "a.bin")}`);
  });
});

Deno.test("verifyFiles() accepts a known variant, and says what it is", async () => {
  await withTiny(async (root, dataset) => {
    const variant = text("other content");
    await Deno.writeFile(join(root, "a.bin"), variant);
    const [known, packed] = dataset.files;
    const files = [
      { ...known!, variant: { digests: { sha256: sha256(variant) }, note: "recoded" } },
      packed!,
    ];
    assertEquals(await verifyFiles(handleOf(root, ["a.bin"]), ["a.bin"], [{ ...dataset, files }]), [
      { name: "a.bin", bytes: 13, sha256: sha256(variant), note: "recoded" },
    ]);
  });
});

Deno.test("verifyFiles() checks every digest that is given", async () => {
  await withTiny(async (root, dataset) => {
    const digests = { sha256: sha256(plain), md5: "0".repeat(32) };
    const files = [{ ...dataset.files[0]!, digests }];
    const verify = () => verifyFiles(handleOf(root, ["a.bin"]), ["a.bin"], [{ ...dataset, files }]);
    await assertRejects(verify, DataError, "its md5 is");
  });
});

Deno.test("verifyFiles() of a collection checks listed images and notes the others", async () => {
  await withFolder(async (root) => {
    await writeFiles(root, {
      "table.csv": text(`file,bytes,sha256\r\nall/cat/1.jpg,13,${sha256(plain)}\r\n`),
      "all/cat/1.jpg": plain,
      "all/cat/2.jpg": labels,
    });
    const digestTable = toFileUrl(join(root, "table.csv"));
    const dataset = tinyDataset({
      collection: { folder: "all", suffix: ".jpg", excludedClasses: [], count: 2, digestTable },
    });
    const names = ["all/cat/1.jpg", "all/cat/2.jpg"];
    assertEquals((await verifyFiles(handleOf(root, names), names, [dataset])).map((record) => record.note), [
      undefined,
      "its digest is not known to the registry",
    ]);
    await Deno.writeFile(join(root, "all/cat/1.jpg"), text("plain c0ntent"));
    await assertRejects(() => verifyFiles(handleOf(root, names), names, [dataset]), DataError, "cat/1.jpg");
  });
});

Deno.test("verifyFiles() refuses a stand-in", async () => {
  const standIn = { ...handleOf("", []), source: "stand-in", root: null } as const;
  await assertRejects(() => verifyFiles(standIn, [], [tinyDataset({})]), RangeError, "a stand-in has none");
});

Deno.test("readVerified() reads what was verified, and notices a change since", async () => {
  await withTiny(async (root, dataset) => {
    const records = await verifyFiles(handleOf(root, ["a.bin", "b.gz"]), ["a.bin", "b.gz"], [dataset]);
    assertEquals(await readVerified(root, records[0]!), plain);
    assertEquals(await readVerified(root, records[1]!), labels);
    await Deno.writeFile(join(root, "a.bin"), text("plain c0ntent"));
    await assertRejects(() => readVerified(root, records[0]!), DataError, "it changed during the run");
    await Deno.remove(join(root, "b.gz"));
    await assertRejects(() => readVerified(root, records[1]!), DataError, "Cannot read");
  });
});
