import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { compileKernel, kernelModule } from "./kernel_module.ts";
import { Tables } from "./tables.ts";

Deno.test("compileKernel() says what the runtime lacks", async (t) => {
  await t.step("SharedArrayBuffer", () => {
    assertThrows(
      () => compileKernel(new Uint8Array(0), false),
      UsageError,
      "Cannot start the scattering kernel as this runtime has no SharedArrayBuffer: run it in Deno",
    );
  });
  await t.step("SIMD", () => {
    // What a runtime without SIMD makes of the kernel: it is no module to it.
    assertThrows(
      () => compileKernel(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0xff), true),
      UsageError,
      "Cannot start the scattering kernel as this runtime does not accept WebAssembly SIMD: run it in Deno",
    );
  });
});

Deno.test("kernelModule() exports the items of both precisions, for one vector of images and for two", () => {
  const names = WebAssembly.Module.exports(kernelModule()).filter(({ kind }) => kind === "function");
  const lanes = ["open", "scatter", "adjointOpen", "adjointPaths", "adjointImage"];
  const doubles = lanes.flatMap((item) => [`${item}32Double`, `${item}64Double`]);
  const sheets = ["Rows", "Columns", "Image", "Spectrum", "Low", "Samples"].map((item) => `sheet${item}`);
  const expected = [...lanes, ...sheets].flatMap((item) => [`${item}32`, `${item}64`]);
  assertEquals(names.map(({ name }) => name).sort(), [...expected, ...doubles].sort());
});

Deno.test("Tables grow, and say when 4 GiB are used up", () => {
  const tables = new Tables("float64");
  const first = tables.reals([1, 2, 3]);
  tables.reserve(2 ** 30);
  assertEquals([...tables.view(first, 3)], [1, 2, 3]);
  assertThrows(
    () => tables.reserve(2 ** 32),
    RangeError,
    "it needs more than the 4 GiB that a kernel can reach",
  );
});
