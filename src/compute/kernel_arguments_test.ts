import { assertEquals } from "@std/assert";
import { kernelArguments, type KernelJob, updateBlock } from "./kernel_arguments.ts";
import { readFields } from "./test_helpers.ts";

/** The class by which each job reads its arguments, and where it stands. */
const classes: Record<KernelJob, [file: string, name: string]> = {
  multiplyRows: ["operand", "Product"],
  multiplyColumns: ["operand", "Product"],
  pack: ["pack", "Packing"],
  reduce: ["reductions", "Reduction"],
  scan: ["scans", "Scan"],
  sumRows: ["sums", "Sum"],
  multiply64: ["product64", "Product64"],
  padImage: ["images", "Padding"],
  foldWindows: ["images", "Folding"],
  takeWindows: ["windows", "Windows"],
  unitRows: ["windows", "UnitRows"],
  crossEntropy: ["cross_entropy", "CrossEntropy"],
  elementwise: ["elementwise", "Pass"],
  maxPool: ["pooling", "Pooling"],
  maxPoolGradient: ["pooling", "Pooling"],
  averagePool: ["pooling", "Pooling"],
  averagePoolGradient: ["pooling", "Pooling"],
  depthwise: ["depthwise", "Depthwise"],
  depthwiseInputGradient: ["depthwise", "Depthwise"],
  depthwiseFilterGradient: ["depthwise", "Depthwise"],
  repeatValues: ["depthwise", "Repeats"],
  sumRepeats: ["depthwise", "Repeats"],
  splitPhases: ["phases", "Phases"],
  mergePhases: ["phases", "Phases"],
  normalizeChannels: ["normalize", "Normalization"],
  clipGradient: ["normalize", "Inside"],
  copyRows: ["row_copies", "RowCopies"],
  momentum: ["optimizers", "Update"],
  adam: ["optimizers", "Update"],
};

const source = (file: string) => new URL(`assembly/${file}.ts`, import.meta.url);

for (const [job, [file, name]] of Object.entries(classes)) {
  Deno.test(`kernelArguments of ${job} are the fields of the kernel's ${name}`, () => {
    const fields: readonly string[] = kernelArguments[job as KernelJob];
    assertEquals(fields, readFields(source(file), name));
  });
}

Deno.test("kernelArguments has every job of the kernel", async () => {
  const module = await WebAssembly.compile(await Deno.readFile(new URL("training.wasm", import.meta.url)));
  const jobs = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  assertEquals(Object.keys(kernelArguments).sort(), jobs.map(({ name }) => name).sort());
});

Deno.test("updateBlock has the fields of the kernel's Block", () => {
  assertEquals([...updateBlock], readFields(source("optimizers"), "Block"));
});
