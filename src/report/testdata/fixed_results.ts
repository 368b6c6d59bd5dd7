/**
 * Fixed results for the tests of the report: one cell of every kind that a reader can meet, and names with markup.
 *
 * @module
 */
import type { Claim } from "../../golden/claim.ts";
import type { CellResult, Results } from "../../runner/results.ts";

const cell = (id: string, own: Partial<CellResult>): CellResult => ({
  id,
  quantity: "energy",
  unit: "%",
  published: { text: "21.92", value: 21.92 },
  measured: { value: 21.8, standardError: 0.81, unitOfError: "image", values: [21.8] },
  deviation: -0.12,
  tolerance: { kind: "absolute", value: 3, rationale: "sampling: 202 of 8677 images" },
  expect: "agrees",
  verdict: "agrees",
  baseline: null,
  dataDigest: "ab",
  ...own,
});

const cells: readonly CellResult[] = [
  cell("table/1/a", {}),
  cell("table/1/b", {
    measured: { value: 13.3, standardError: 0.95, unitOfError: "image", values: [13.3] },
    deviation: -8.62,
    verdict: "deviates",
    expect: "deviates",
  }),
  cell("table/2/a", {
    measured: { value: 30, standardError: null, unitOfError: null, values: [30] },
    deviation: 8.08,
    verdict: "deviates",
    baseline: { value: 29, within: 1e-9, verdict: "moved" },
  }),
  cell("table/2/b", { measured: null, deviation: null, verdict: "not measured", dataDigest: null }),
  cell("order/a-b", {
    published: null,
    measured: { value: null, standardError: null, unitOfError: null, values: [NaN], error: "value 1 of 1 is NaN" },
    deviation: null,
    tolerance: { kind: "at-most", value: -0.5, rationale: "protocol: the order of two methods" },
    verdict: "deviates",
  }),
];

/** The claims of the cells. */
export const fixedClaims: ReadonlyMap<string, readonly Claim[]> = new Map([[
  "module_<&>",
  cells.map(({ id, quantity, unit, published, tolerance, expect }, i): Claim => ({
    cell: id,
    table: id.startsWith("table") ? "Table | 1" : "Orders",
    row: id.split("/")[1]!,
    column: id.split("/")[2] ?? "difference",
    quantity,
    unit,
    published,
    tolerance,
    expect,
    because: expect === "deviates" ? 'the "low-pass" keeps <less> energy' : "",
    profile: null,
    line: i + 2,
  })),
]]);

/** The results. */
export const fixedResults: Results = {
  schema: "reproduce-results/1",
  profile: "standard",
  environment: {
    deno: "2.9.6",
    v8: "15.0",
    tfjs: null,
    backend: "wasm",
    simd: true,
    threads: 2,
    cpu: "a processor",
    cores: 2,
    os: "linux 6",
    arch: "x86_64",
    commit: "e354008",
    dirty: null,
    startedAt: "2026-01-01T00:00:00.000Z",
    elapsedMs: 12345,
    data: {
      photographs: {
        source: "folder",
        digest: "ab",
        notes: ["2 of 3 files"],
        files: [{ name: "1.jpg", sha256: "cd" }, { name: "2.jpg", sha256: "ef" }],
      },
    },
  },
  modules: [{
    id: "module_<&>",
    paper: { title: "A title", authors: ["A. One", "B. Two"], year: 2013, venue: "A venue" },
    elapsedMs: 12000,
    digest: "cd",
    digestVerdict: "none",
    failures: [{ job: "class/a", message: 'Cannot decode "a.jpg"' }],
    cells,
  }],
  summary: { cells: 5, agrees: 1, deviates: 3, unexpected: 2, moved: 1, standIn: 0, notMeasured: 1 },
};
