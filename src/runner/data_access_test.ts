import { assertEquals, assertThrows } from "@std/assert";
import { type DataAccess, dataDigest, dataOfJob, recordOf } from "./data_access.ts";

const record = (name: string) => ({ name, path: name, bytes: 1, sha256: "0a".repeat(32) });
const data: DataAccess = {
  handles: { digits: { id: "digits", source: "folder", root: "/digits", files: [], notes: [] } },
  records: { digits: { images: record("images"), labels: record("labels") } },
};

Deno.test("dataOfJob() gives a job the files that it declares, and no others", () => {
  const own = dataOfJob(data, [{ dataset: "digits", name: "labels" }]);
  assertEquals(Object.keys(own.records["digits"]!), ["labels"]);
});

Deno.test("recordOf() and dataDigest() refuse a file that no job declares", () => {
  for (const file of [{ dataset: "digits", name: "others" }, { dataset: "letters", name: "images" }]) {
    const message = `The file ${file.name} of ${file.dataset} is not among the inputs of any job`;
    assertThrows(() => recordOf(data, file), Error, message);
    assertThrows(() => dataDigest(data, [], [file]), Error, message);
  }
});
