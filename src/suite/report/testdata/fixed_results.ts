/**
 * Fixed results for the tests of the report: one cell of every kind that a reader can meet, judged as a run is, and texts with markup.
 *
 * @module
 */
import { type Claim, favourable, type Outcome, type Role } from "../../golden/claim.ts";
import { summarise as summariseValues } from "../../golden/judge.ts";
import { judgeCell, summarise } from "../../runner/judge_cells.ts";
import type { Results } from "../../runner/results.ts";

/** What makes a fixed cell. */
interface FixedCell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly role: Role;
  readonly kind?: Claim["tolerance"]["kind"];
  readonly tolerance?: number;
  readonly expect?: Outcome;
  /** The value with its standard error; nothing was measured where it is absent. */
  readonly measured?: readonly [value: number, standardError: number | null];
  /** The last accepted value. */
  readonly accepted?: number;
}

const table = { table: "Table | 1", role: "number" } as const;
const order = { table: "Orders", column: "difference", role: "claim", kind: "at-most", tolerance: 0 } as const;
const variant = { table: "Table | 1, another filter", row: "1", role: "variant" } as const;

const cells: Readonly<Record<string, FixedCell>> = {
  "table/1/a": { ...table, row: "1", column: "a", measured: [21.8, 0.81] },
  "table/1/b": { ...table, row: "1", column: "b", measured: [13.3, 0.95], expect: "deviates" },
  "table/2/a": { ...table, row: "2", column: "a", measured: [30, null], accepted: 29 },
  "table/2/b": { ...table, row: "2", column: "b" },
  "table/3/a": { ...table, row: "3", column: "a", measured: [24, 0.2] },
  "order/a-b": { ...order, row: "a-b", measured: [NaN, null] },
  "order/b-c": { ...order, row: "b-c", measured: [-1.2, 0.3] },
  "order/c-d": { ...order, row: "c-d", measured: [0.1, 0.2], expect: "undecided" },
  "order/sum": { ...order, row: "sum", kind: "absolute", tolerance: 0.5, measured: [-0.9, null], expect: "fails" },
  "other/1/a": { ...variant, column: "a", measured: [22.5, 0.8] },
  "other/1/b": { ...variant, column: "b", measured: [12, 0.8], expect: "deviates" },
};

const claims = Object.entries(cells).map(([cell, own], i): Claim => {
  const { role, kind = "absolute", tolerance = 3, expect = favourable[role] } = own;
  return {
    cell,
    table: own.table,
    row: own.row,
    column: own.column,
    quantity: "energy",
    unit: "%",
    published: role === "claim" ? null : { text: "21.92", value: 21.92 },
    source: role === "claim" ? "A <title>, section 2" : "A <title>, Table 1",
    role,
    tolerance: { kind, value: tolerance, rationale: "sampling: 202 of 8677 images" },
    expect,
    because: expect === favourable[role] ? "" : 'conjectured: the "low-pass" keeps <less> energy',
    profile: null,
    line: i + 2,
  };
});

const judged = claims.map((claim) => {
  const { measured, accepted } = cells[claim.cell]!;
  return judgeCell(
    claim,
    measured && {
      measured: summariseValues({
        values: [measured[0]],
        ...(measured[1] === null ? {} : { standardError: measured[1], unitOfError: "image" }),
      }),
      dataDigest: "ab",
      standIn: false,
    },
    accepted === undefined ? undefined : {
      ...{ cell: claim.cell, value: accepted, standardError: null, within: 1e-9, dataDigest: "ab" },
      ...{ acceptedIn: "e354008", environment: "" },
    },
  );
});

/** The claims of the cells. */
export const fixedClaims: ReadonlyMap<string, readonly Claim[]> = new Map([["toy_paper", claims]]);

/** The results. */
export const fixedResults: Results = {
  schema: "reproduce-results/2",
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
    id: "toy_paper",
    paper: { title: "A <title>", authors: ["A. One", "B. Two"], year: 2013, venue: "A venue" },
    elapsedMs: 12000,
    computeMs: 480_000,
    sources: "ba",
    planSources: "ca",
    seeds: 3,
    digest: "cd",
    digestVerdict: "none",
    failures: [{ job: "class/<a>", error: "Error", message: 'Cannot decode "a.jpg"' }],
    summary: summarise(judged),
    cells: judged,
  }],
  summary: summarise(judged),
};
