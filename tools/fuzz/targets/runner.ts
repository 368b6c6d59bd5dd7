import fc from "fast-check";
import { join } from "@std/path";
import { sha256 } from "../../../src/data/digests.ts";
import { GoldenError, UsageError } from "../../../src/errors.ts";
import { favourable, outcomes } from "../../../src/suite/golden/claim.ts";
import { claimColumns } from "../../../src/suite/golden/parse_claims.ts";
import { cellsDigest, summarise } from "../../../src/suite/runner/judge_cells.ts";
import { planDigest, type PlanFile, readShardFile } from "../../../src/suite/runner/plan_file.ts";
import {
  type CellResult,
  parseResults,
  type Results,
  resultsSchema,
} from "../../../src/suite/runner/results.ts";
import { Store } from "../../../src/suite/runner/store.ts";
import { verifyResults } from "../../../src/suite/runner/verify_results.ts";
import { changedBytes } from "../changed_bytes.ts";
import { changedJson } from "../changed_json.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf, utf8 } from "../utf8.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

const digest = "ab".repeat(32);

/** A cell that fits together. */
function cell(id: string, change: Partial<CellResult>): CellResult {
  return {
    ...{ id, quantity: "energy", unit: "%", source: "The paper 2013", role: "number" },
    ...{ expect: "agrees", verdict: "agrees", deviation: 0.5, dataDigest: digest },
    published: { text: "1.0", value: 1 },
    measured: { value: 1.5, standardError: 0.5, unitOfError: "seed", values: [1, 2] },
    tolerance: { kind: "absolute", value: 1, rationale: "sampling: of 202 images" },
    baseline: { value: 1.5, within: 1e-9, verdict: "unchanged" },
    ...change,
  };
}

/** What is changed of a cell that makes it a claim. */
const ordering: Partial<CellResult> = {
  ...{ role: "claim", published: null, deviation: -2, expect: "holds", verdict: "holds" },
  measured: { value: -2, standardError: null, unitOfError: null, values: [-2] },
  tolerance: { kind: "at-most", value: 0, rationale: "sampling: of 202 images" },
};

const cells = [
  cell("a/1", {}),
  cell("variant/1", { role: "variant", verdict: "stand-in" }),
  cell("order/1", ordering),
  cell("order/2", {
    ...ordering,
    measured: null,
    deviation: null,
    verdict: "not measured",
    dataDigest: null,
  }),
];

const results: Results = {
  schema: "reproduce-results/2",
  profile: "standard",
  environment: {
    ...{ deno: "2.9.6", v8: "1", tfjs: null, backend: "wasm", simd: true, threads: 1, cpu: "c", cores: 2 },
    ...{ os: "linux", arch: "x86_64", commit: null, dirty: null, startedAt: "2026-01-01", elapsedMs: 1 },
    data: { mnist: { source: "folder", digest, notes: [], files: [{ name: "a", sha256: digest }] } },
  },
  modules: [{
    ...{ id: "toy", elapsedMs: 1, computeMs: 2, sources: digest, planSources: digest, seeds: 2 },
    ...{ digest: cellsDigest(cells), digestVerdict: "none", summary: summarise(cells), cells },
    failures: [{ job: "a", message: "no", error: "DataError" }],
    paper: { title: "T", authors: ["A"], year: 2013, venue: "V", doi: "10/1" },
  }],
  summary: summarise(cells),
};

/** What a run found. */
export const resultsTarget: FuzzTarget = {
  name: "results-json",
  files: changedJson(results),
  errors: [UsageError],
  read: (bytes) => {
    const found = parseResults(textOf(bytes), "results.json");
    must(
      resultsSchema.safeParse(JSON.parse(JSON.stringify(found))).success,
      "what is read can be read again",
    );
    for (const { cells } of found.modules) {
      for (const { tolerance } of cells) must(Number.isFinite(tolerance.value), "tolerances are finite");
    }
  },
};

/** The golden file that knows the cells. */
const golden = [
  claimColumns.join(","),
  ...cells.map(({ id, role, tolerance: { kind, value }, published }) =>
    [
      ...[
        id,
        "Table 1",
        "J = 1",
        "m = 0",
        "energy",
        "%",
        published?.text ?? "",
        "The paper 2013",
        role,
        kind,
        value,
      ],
      ...["sampling: of 202 images", favourable[role], "", ""],
    ].join(",")
  ),
  "",
].join("\n");

/** What somebody's results are worth. */
export const verifyTarget: FuzzTarget = {
  name: "verify-results",
  files: changedJson(results),
  errors: [UsageError, GoldenError],
  read: (bytes, folder) => {
    const claimed = parseResults(textOf(bytes), "results.json");
    Deno.mkdirSync(join(folder, "golden"));
    Deno.writeTextFileSync(join(folder, "golden", "toy.csv"), golden);
    const { modules, summary } = verifyResults(claimed, folder, "results.json", () => 2);
    const known = new Set(cells.map(({ id }) => id));
    const judged = modules.flatMap(({ cells }) => cells);
    must(judged.length === summary.cells && summary.cells > 0, "every cell is counted, and there is one");
    for (const { id, role, measured, verdict, expect } of judged) {
      must(known.has(id), "every cell is known");
      must([...outcomes[role], "stand-in", "not measured"].includes(verdict), "a verdict is one of the role");
      must(expect === favourable[role], "what is expected is what the golden file says");
      must(
        measured?.standardError == null || measured.standardError >= 0,
        "a standard error is not negative",
      );
      if (measured === null) continue;
      const mean = measured.values.reduce((sum, value) => sum + value, 0) / measured.values.length;
      must(measured.value === (Number.isFinite(mean) ? mean : null), "a value is the mean of its values");
    }
  },
};

const plan: { plan: PlanFile; shard: unknown } = {
  plan: {
    schema: "reproduce-plan/3",
    profile: "smoke",
    cells: [],
    modules: [{ id: "toy", sources: digest, seeds: 2, jobs: [{ id: "a", key: digest, position: 0 }] }],
    data: {
      handles: { mnist: { id: "mnist", source: "folder", root: "/data", files: ["b"], notes: [] } },
      records: { mnist: { b: { name: "b", bytes: 1, sha256: digest } } },
    },
    machine: { deno: "2.9.6", arch: "x86_64", commit: null },
    startedAt: "2026-01-01T00:00:00.000Z",
  },
  shard: { index: 1, count: 2 },
};

/** What a run set out to do. */
export const planTarget: FuzzTarget = {
  name: "plan-json",
  files: fc.oneof({ weight: 3, arbitrary: changedJson(plan) }, {
    weight: 1,
    arbitrary: changedJson({ ...plan, shard: null }),
  }),
  errors: [UsageError],
  read: (bytes, folder) => {
    const path = join(folder, "plan.json");
    Deno.writeFileSync(path, bytes);
    const { plan, shard } = readShardFile(path);
    must(planDigest(plan).length === 64, "a plan has a digest");
    must(shard === null || (shard.index >= 1 && shard.index <= shard.count), "a shard is one of its number");
    for (const { key } of plan.modules.flatMap(({ jobs }) => jobs)) {
      must(join(folder, key).startsWith(`${folder}/`) && !key.includes("/"), "a key stays inside the store");
    }
    must(
      Object.values(plan.data.handles).every(({ id, notes }) => id.length >= 0 && notes.length >= 0),
      "data is named",
    );
  },
};

const content = utf8("finished work");
const sound = joinBytes(utf8(sha256(content)), content);

/** Finished work; here a file is a key, a line break and what stands under it. */
export const storeTarget: FuzzTarget = {
  name: "store",
  files: changedBytes(
    fc.constantFrom("a".repeat(64), "key").map((key) => joinBytes(utf8(`${key}\n`), sound)),
    {
      words: ["../evil", "/", "..", "\0", "\n", "."].map(utf8),
    },
  ),
  errors: [RangeError],
  read: (bytes, folder) => {
    const end = bytes.indexOf(0x0a);
    const key = textOf(bytes.subarray(0, Math.max(0, end)));
    const entry = bytes.subarray(end + 1);
    const store = new Store(join(folder, "store"));
    must(store.get(key) === undefined, "what was not put is not there");
    Deno.mkdirSync(join(folder, "store"), { recursive: true });
    Deno.writeFileSync(join(folder, "store", key), entry);
    const found = store.get(key);
    must(found === undefined || sha256(found) === textOf(entry.subarray(0, 64)), "damaged work is not there");
    must(found !== undefined || entry.join() !== sound.join(), "sound work is there");
  },
};
