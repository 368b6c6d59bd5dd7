import { assertEquals } from "@std/assert";
import { readFields } from "../../compute/test_helpers.ts";
import { pairDoubles, pairWords, pointFields, stripItem, svmArguments } from "./kernel_arguments.ts";

const source = (file: string) => new URL(`assembly/${file}.ts`, import.meta.url);

const records: [name: string, file: string, fields: readonly string[]][] = [
  ["Gathering", "strips", svmArguments.gatherRow],
  ["Strips", "strips", svmArguments.kernelStrips],
  ["StripItem", "strips", stripItem],
  ["Decision", "decide", svmArguments.decide],
  ["Points", "kernel_tile", pointFields],
  ["Pair", "pair", [...pairDoubles, ...pairWords]],
];

for (const [name, file, fields] of records) {
  Deno.test(`kernel_arguments.ts has the fields of the kernel's ${name}`, () => {
    assertEquals(fields, readFields(source(file), name));
  });
}

Deno.test("svmArguments has every job of the kernel", async () => {
  const module = await WebAssembly.compile(await Deno.readFile(new URL("svm.wasm", import.meta.url)));
  const jobs = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  assertEquals(Object.keys(svmArguments).sort(), jobs.map(({ name }) => name).sort());
});
