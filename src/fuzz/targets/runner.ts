import fc from "fast-check";
import { join } from "@std/path";
import { sha256 } from "../../data/digests.ts";
import { UsageError } from "../../errors.ts";
import { planDigest, type PlanFile, readShardFile } from "../../runner/plan_file.ts";
import { parseResults, type Results, resultsSchema } from "../../runner/results.ts";
import { Store } from "../../runner/store.ts";
import { changedBytes, joined } from "../changed_bytes.ts";
import { changedJson } from "../changed_json.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf, utf8 } from "../utf8.ts";

const digest = "ab".repeat(32);

const results: Results = {
  schema: "reproduce-results/1",
  profile: "smoke",
  environment: {
    ...{ deno: "2.9.6", v8: "1", tfjs: null, backend: "wasm", simd: true, threads: 1, cpu: "c", cores: 2 },
    ...{ os: "linux", arch: "x86_64", commit: null, dirty: null, startedAt: "2026-01-01", elapsedMs: 1 },
    data: { mnist: { source: "folder", digest, notes: [], files: [{ name: "a", sha256: digest }] } },
  },
  modules: [{
    ...{ id: "toy", elapsedMs: 1, digest, digestVerdict: "none", failures: [{ job: "a", message: "no" }] },
    paper: { title: "T", authors: ["A"], year: 2013, venue: "V", doi: "10/1" },
    cells: [{
      ...{ id: "a/1", quantity: "energy", unit: "%", deviation: 0.1, expect: "agrees", verdict: "agrees" },
      published: { text: "1.0", value: 1 },
      measured: { value: 1.1, standardError: null, unitOfError: null, values: [1.1, 2] },
      tolerance: { kind: "absolute", value: 1, rationale: "sampling: of 202 images" },
      baseline: { value: 1.1, within: 1e-9, verdict: "unchanged" },
      dataDigest: digest,
    }],
  }],
  summary: { cells: 1, agrees: 1, deviates: 0, unexpected: 0, moved: 0, standIn: 0, notMeasured: 0 },
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

const plan: { plan: PlanFile; shard: unknown } = {
  plan: {
    schema: "reproduce-plan/2",
    profile: "smoke",
    cells: [],
    modules: [{
      id: "toy",
      sources: digest,
      jobs: [{
        id: "a",
        key: digest,
        position: 0,
        cells: ["a/1"],
        inputs: [{ dataset: "mnist", name: "b" }],
        datasets: ["mnist"],
      }],
    }],
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
const sound = joined(utf8(sha256(content)), content);

/** Finished work; here a file is a key, a line break and what stands under it. */
export const storeTarget: FuzzTarget = {
  name: "store",
  files: changedBytes(
    fc.constantFrom("a".repeat(64), "key").map((key) => joined(utf8(`${key}\n`), sound)),
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
