import { assertEquals, assertRejects } from "@std/assert";
import { brunaMallatBank } from "../banks/bruna_mallat_bank.ts";
import { kymatioBank } from "../banks/kymatio_bank.ts";
import { splineBank } from "../banks/spline_bank.ts";
import type { WaveletBank } from "../banks/wavelet_bank.ts";
import type { Boundary } from "../padding.ts";
import { scatteringPaths } from "../paths.ts";
import { noise } from "../test_helpers.ts";
import { CascadeRunner } from "./cascade_runner.ts";
import { cascadeFilters } from "./cascade_filters.ts";
import { CascadeTables } from "./cascade_tables.ts";
import { imageGeometry } from "./image_geometry.ts";
import { NonFiniteError } from "./non_finite_error.ts";
import { pathTree } from "./path_tree.ts";
import { writePlan } from "./plan_table.ts";
import { SheetRunner } from "./sheet_runner.ts";
import { type Precision, type RealArray, Tables } from "./tables.ts";
import { transformOutlets } from "./transform_plan.ts";

interface Case {
  readonly bank: WaveletBank;
  readonly height: number;
  readonly width: number;
  readonly J: number;
  readonly L: number;
  readonly maxOrder: number;
  readonly sampling: number;
  readonly boundary: Boundary;
}

const kymatio: Case = {
  bank: kymatioBank,
  ...{ height: 48, width: 56, J: 3, L: 3, maxOrder: 2, sampling: 8 },
  boundary: "reflect",
};

function planOf(
  { bank, height, width, J, L, maxOrder, sampling, boundary }: Case,
  storage: "kept" | "one by one",
) {
  const geometry = imageGeometry(height, width, J, sampling, boundary);
  const outputResolution = Math.log2(sampling);
  const grid = { ...geometry.grid, J, L };
  const filters = cascadeFilters(bank, grid, outputResolution, bank.oversampling, storage);
  const paths = scatteringPaths(filters.wavelets, maxOrder).length;
  const tree = pathTree(J, L, maxOrder);
  return { ...geometry, height, width, outputResolution, tree, maxOrder, filters, paths };
}

/** What `CascadeRunner` gives, all of it. */
async function inLanes(given: Case, precision: Precision, batch: RealArray): Promise<number[]> {
  const { filters, tree, samples, paths, ...plan } = planOf(given, "kept");
  const cascade = new CascadeTables(new Tables(precision), filters);
  const written = writePlan(cascade, {
    ...plan,
    parts: tree.map((path) => [path]),
    ...transformOutlets(cascade, samples, plan.outputResolution),
  });
  const { rows, columns } = samples;
  const work = { maxOrder: plan.maxOrder, outputRows: rows, outputColumns: columns, powerBytes: 0 };
  const runner = new CascadeRunner(cascade, given, work, 1);
  const found: number[] = [];
  await runner.run(written, { outputs: paths * rows * columns, energies: 0 }, batch, ({ outputs }) => {
    found.push(...outputs);
  });
  runner.dispose();
  return found;
}

async function inSheets(
  given: Case,
  precision: Precision,
  batch: RealArray,
  threads: number,
): Promise<number[]> {
  const { filters, paths, ...plan } = planOf(given, "one by one");
  const runner = new SheetRunner(filters, precision, plan, threads);
  const size = plan.samples.rows * plan.samples.columns;
  const found = new Array<number>(batch.length / given.height / given.width * paths * size).fill(NaN);
  await runner.run(batch, (image, path, values) => {
    values.forEach((value, i) => found[(image * paths + path) * size + i] = value);
  });
  runner.dispose();
  return found;
}

const cases: Record<string, Case> = {
  "a frame, cropped filters": kymatio,
  "odd sides, no sub-sampled map": {
    ...kymatio,
    height: 33,
    width: 35,
    J: 2,
    boundary: "periodic",
    sampling: 4,
  },
  "an odd side of columns alone": { ...kymatio, height: 40, width: 27, J: 2, boundary: "zero", sampling: 1 },
  "order 0 alone": { ...kymatio, maxOrder: 0 },
  "maps above the critical rate": { ...kymatio, bank: brunaMallatBank, J: 4, sampling: 16, boundary: "zero" },
  "a low-pass through the spectrum": { ...kymatio, bank: splineBank, maxOrder: 3 },
  "the same, on a grid that the samples do not divide": {
    ...kymatio,
    ...{ bank: splineBank, height: 34, width: 42, sampling: 4, boundary: "periodic" },
  },
  "order 0 through the spectrum": { ...kymatio, bank: splineBank, maxOrder: 0 },
};

Deno.test("SheetRunner gives the bits of CascadeRunner, for any number of threads", async (t) => {
  for (const [name, given] of Object.entries(cases)) {
    for (const precision of ["float32", "float64"] as const) {
      await t.step(`${name}, ${precision}`, async () => {
        const pixels = noise(2 * given.height * given.width, "sheets");
        // The second image is so small that its squares would vanish.
        const scaled = pixels.map((value, i) => 2 * i < pixels.length ? value : value * 2 ** -80);
        const batch = precision === "float32" ? Float32Array.from(scaled) : scaled;
        const expected = await inLanes(given, precision, batch);
        assertEquals(await inSheets(given, precision, batch, 1), expected);
        assertEquals(await inSheets(given, precision, batch, 3), expected);
      });
    }
  }
});

Deno.test("SheetRunner tells shares, stops at a signal, frees the batch and refuses what is no number", async () => {
  const { filters, ...plan } = planOf(kymatio, "one by one");
  const runner = new SheetRunner(filters, "float32", plan, 1);
  const size = kymatio.height * kymatio.width;
  const batch = Float32Array.from(noise(2 * size, "sheets"));
  const done: number[] = [];
  let hasRead = 0;
  await runner.run(batch, () => {}, {
    onProgress: (count) => done.push(count),
    onRead: () => hasRead++,
  });
  assertEquals(done, done.toSorted((a, b) => a - b));
  assertEquals([done.length, done.at(-1), hasRead], [2 * plan.paths, 2, 1]);
  const controller = new AbortController();
  const received: number[] = [];
  await assertRejects(
    () =>
      runner.run(batch, (_, path) => {
        received.push(path);
        if (received.length === 3) controller.abort(new Error("enough"));
      }, { signal: controller.signal }),
    Error,
    "enough",
  );
  // Depth first: the empty path, the first of order 1, the first that goes on from it.
  assertEquals(received, [0, 1, 10]);
  batch[size + 5] = NaN;
  const error = await assertRejects(() => runner.run(batch, () => {}), NonFiniteError);
  assertEquals([error.image, error.pixel], [1, 5]);
  runner.dispose();
});
