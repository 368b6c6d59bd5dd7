import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { knownFiles } from "./known_files.ts";
import { isMember } from "./list_files.ts";
import { datasetIds, downloadHosts, findDataset, registry } from "./registry.ts";

const lengths = { sha256: 64, sha1: 40, md5: 32 };

Deno.test("registry has the data sets of the contract, each with title, licence, citation and page", () => {
  assertEquals(datasetIds, [
    ...["caltech-101", "mnist", "cifar-10", "lm", "images", "cnn", "physics"],
    ...["whisper-tiny", "coco128", "kyoto_natim", "textures", "usps"],
  ]);
  for (const { id, title, licence, citation, homepage } of registry) {
    assert(title !== "" && licence !== "" && citation !== "", id);
    assertMatch(homepage, /^https?:\/\//);
  }
});

Deno.test("registry gives every known file a size and well-formed digests, each file once", async (t) => {
  for (const dataset of registry) {
    await t.step(dataset.id, async () => {
      const known = await knownFiles(dataset);
      const listed = dataset.collection === undefined ? dataset.files.length : 3030;
      assertEquals(known.size, listed);
      for (const file of known.values()) {
        assert(Number.isSafeInteger(file.bytes) && file.bytes > 0, file.name);
        assert(isMember(dataset, file.name), file.name);
        const digests = { ...file.digests, ...file.variant?.digests };
        assert(Object.keys(digests).length > 0, file.name);
        for (const [algorithm, digest] of Object.entries(digests)) {
          assertMatch(digest, new RegExp(`^[0-9a-f]{${lengths[algorithm as keyof typeof lengths]}}$`));
        }
      }
    });
  }
});

Deno.test("registry downloads from GitHub by commit, never by the name of a branch", () => {
  const urls = registry.filter(({ id }) => id !== "mnist")
    .flatMap(({ files }) => files.flatMap(({ download }) => download?.urls ?? []));
  for (const url of urls) {
    if (new URL(url).hostname !== "raw.githubusercontent.com") continue;
    assertMatch(new URL(url).pathname, /^\/[^/]+\/[^/]+\/[0-9a-f]{40}\/./, url);
  }
});

Deno.test("registry names the files that lie in a folder only, because nobody publishes them in this form", () => {
  const unpublished = registry.flatMap(({ id, archive, files }) =>
    archive === undefined
      ? files.filter(({ download }) => download === undefined).map(({ name }) => `${id}/${name}`)
      : []
  );
  assertEquals(unpublished, [
    "images/ascent.png",
    "images/face.png",
    "cnn/tiny_darknet/imagenet.labels.list.first1000",
    "physics/cartoon_toy7d_256_f64.npy",
    "physics/phi4_L128_beta0.68_wcrg_50x128x128_f32.npy",
    ...findDataset("whisper-tiny").files.map(({ name }) => `whisper-tiny/${name}`),
  ]);
});

Deno.test("registry downloads over https only", () => {
  for (const { archive, files } of registry) {
    for (const url of [archive, ...files.map((file) => file.download)].flatMap((one) => one?.urls ?? [])) {
      assertMatch(url, /^https:\/\//);
    }
  }
});

Deno.test("downloadHosts() names each host once, redirects included", () => {
  assertEquals(downloadHosts(), [
    "data.caltech.edu",
    "ossci-datasets.s3.amazonaws.com",
    "raw.githubusercontent.com",
    "s3.us-west-2.amazonaws.com",
    "storage.googleapis.com",
    "www.cs.toronto.edu",
  ]);
});

Deno.test("findDataset() names the known data sets where it finds none", () => {
  assertThrows(
    () => findDataset("mnits"),
    UsageError,
    'Unknown data set "mnits": known are caltech-101, mnist,',
  );
});
