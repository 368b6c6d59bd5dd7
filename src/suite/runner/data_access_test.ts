import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { Reading } from "../reproduction.ts";
import {
  type DataAccess,
  dataDigest,
  dataOfJob,
  filesToRead,
  findRecord,
  isVerified,
  standInDigests,
} from "./data_access.ts";

const record = (name: string, digit = "a") => ({ name, bytes: 1, sha256: digit.repeat(64) });
const data: DataAccess = {
  handles: { digits: { id: "digits", source: "folder", root: "/digits", files: [], notes: [] } },
  records: { digits: { images: record("images"), labels: record("labels") } },
};

const reading = (...files: string[]): Reading => ({ dataset: "digits", files, standIn: false });

Deno.test("filesToRead() lists the files of readings, with their data sets", () => {
  assertEquals(filesToRead([reading("images", "labels"), { ...reading("a"), dataset: "letters" }]), [
    { dataset: "digits", name: "images" },
    { dataset: "digits", name: "labels" },
    { dataset: "letters", name: "a" },
  ]);
});

Deno.test("dataOfJob() gives a job the files that it declares, and no others", () => {
  const own = dataOfJob(data, [{ dataset: "digits", name: "labels" }]);
  assertEquals(Object.keys(own.records["digits"]!), ["labels"]);
});

Deno.test("findRecord() and dataDigest() refuse a file that no job declares", () => {
  for (const file of [{ dataset: "digits", name: "others" }, { dataset: "letters", name: "images" }]) {
    const message = `The file ${file.name} of ${file.dataset} is not among the inputs of any job`;
    const others = [{ dataset: file.dataset, files: [file.name], standIn: false }];
    assertThrows(() => findRecord(data, file), Error, message);
    assertThrows(() => dataDigest(data, others), Error, message);
    assertEquals(isVerified(data, others), false);
  }
});

Deno.test("isVerified() wants every file of every reading, and none of a stand-in", () => {
  assertEquals(isVerified(data, [reading("images"), reading("labels")]), true);
  assertEquals(isVerified(data, [reading("images"), reading("labels", "others")]), false);
  assertEquals(isVerified({ ...data, records: {} }, [{ ...reading(), standIn: true }]), true);
});

Deno.test("isVerified() wants every data set opened, also where a stand-in takes its place", () => {
  assertEquals(isVerified({ handles: {}, records: {} }, [{ ...reading(), standIn: true }]), false);
});

Deno.test("standInDigests() knows the digest of every set of stand-ins, and of nothing else", () => {
  const standIns = ["b", "a", "c"].map((dataset): Reading => ({ dataset, files: [], standIn: true }));
  const digests = standInDigests(["a", "b", "c"]);
  assertEquals(digests.size, 7);
  assertEquals(digests.has(dataDigest(data, standIns)), true);
  assertEquals(digests.has(dataDigest(data, standIns.slice(1, 2))), true);
  assertEquals(digests.has(dataDigest(data, [])), false);
  assertEquals(digests.has(dataDigest(data, [...standIns, reading("images")])), false);
});

Deno.test("dataDigest() depends on which files are read and on their content, not on order or repetition", () => {
  const both = dataDigest(data, [reading("images", "labels")]);
  assertEquals(dataDigest(data, [reading("labels"), reading("images"), reading("labels")]), both);
  assertNotEquals(dataDigest(data, [reading("images")]), both);
  const other = { ...data, records: { digits: { images: record("images", "b"), labels: record("labels") } } };
  assertNotEquals(dataDigest(other, [reading("images", "labels")]), both);
});

Deno.test("dataDigest() tells a stand-in from nothing read", () => {
  assertNotEquals(dataDigest(data, [{ ...reading(), standIn: true }]), dataDigest(data, [reading()]));
  assertNotEquals(dataDigest(data, [{ ...reading(), standIn: true }]), dataDigest(data, []));
});
