import { assertEquals, assertThrows } from "@std/assert";
import { kymatioBank } from "../banks/kymatio_bank.ts";
import { scatteringPaths } from "../paths.ts";
import { Scattering2D } from "../scattering_2d.ts";
import { countPaths, fittingGradient, fittingThreads, type TransformSize } from "./memory_need.ts";

const size = (side: number, J: number, L = 8, maxOrder = 2) => ({
  shape: [side, side] as const,
  grid: { height: side + 2 ** (J + 1), width: side + 2 ** (J + 1) },
  samples: { rows: side / 2 ** J, columns: side / 2 ** J },
  ...{ J, L, maxOrder },
});

Deno.test("countPaths() gives the number that scatteringPaths() lists", () => {
  for (const [J, L, maxOrder] of [[1, 3, 0], [2, 8, 2], [4, 3, 3], [3, 2, 4]] as const) {
    const { wavelets } = kymatioBank.build({ height: 16, width: 16, J, L });
    assertEquals(countPaths({ J, L, maxOrder }), scatteringPaths(wavelets, maxOrder).length);
  }
});

Deno.test("fittingThreads() takes fewer threads where the work spaces of all do not fit", () => {
  assertEquals(fittingThreads(size(256, 5), 16), 16);
  assertEquals(fittingThreads(size(511, 5), 128), 78);
  // They share each map of a large image.
  assertEquals(fittingThreads({ ...size(4096, 5), isOneByOne: true }, 16), 16);
});

Deno.test("fittingThreads() refuses paths, filters and images that take too much memory", async (t) => {
  const cases: [string, TransformSize, string][] = [
    ["paths", size(16, 4, 999), "current values are 5992003 paths"],
    ["filters", size(64, 2, 999_999), "paths, 77.2 GiB"],
    ["filters of a large image that are built at once", size(8192, 8), "36.7 GiB and 1.4 GiB"],
    ["an image", { ...size(2 ** 14, 2), isOneByOne: true }, "0.0 GiB and 5.3 GiB"],
  ];
  for (const [name, size, message] of cases) {
    await t.step(name, () => void assertThrows(() => fittingThreads(size, 1), RangeError, message));
  }
});

Deno.test("Scattering2D takes as many paths as fit into memory, and more than the stack holds arguments", async () => {
  using scattering = new Scattering2D({ J: 4, L: 160, shape: [16, 16], threads: 1 });
  assertEquals(scattering.outputShape, [154_241, 1, 1]);
  const found = await scattering.transform(new Float32Array(256).fill(2));
  assertEquals([found.length, found.slice(1).every((value) => value < 1e-5)], [154_241, true]);
});

Deno.test("fittingGradient() takes one vector, then fewer threads, and refuses what does not fit", () => {
  assertEquals(fittingGradient(size(256, 5), 12, 2, 16), { vectors: 2, threads: 16 });
  assertEquals(fittingGradient(size(511, 5), 12, 2, 30), { vectors: 1, threads: 30 });
  assertEquals(fittingGradient(size(511, 5), 12, 2, 99), { vectors: 1, threads: 43 });
  assertThrows(() => fittingGradient(size(4096, 5), 12, 1, 1), RangeError, "current value is");
});
