import { oneLine } from "../../one_line.ts";
import { isStandIn } from "./data_access.ts";
import { planDigest, type ShardFile } from "./plan_file.ts";

/** One thing that all shards of a run have in common. */
interface Fact {
  readonly value: string;
  /** What is said beside the value. */
  readonly note?: string;
  /** How shards that differ in it are mended. */
  readonly mend: string;
}

/**
 * The first thing in which two shards are not of one run: what, this against that, and how to mend it; `null` where
 * they are of one run. Another commit is none where the sources of the tasks and the keys of the jobs are the same: what plans,
 * measures, judges and presents may differ, and is that of the checkout that merges.
 */
export function planDifference(a: ShardFile, b: ShardFile): string | null {
  const ours = listFacts(a);
  const theirs = listFacts(b);
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const one = ours.get(name);
    const other = theirs.get(name);
    if (one?.value === other?.value) continue;
    return `${oneLine(name)} must be the same, but is ${show(one)} against ${show(other)}: ${
      (one ?? other)!.mend
    }`;
  }
  return null;
}

function show(fact: Fact | undefined): string {
  if (fact === undefined) return "none";
  const short = /^[0-9a-f]{64}$/.test(fact.value) ? fact.value.slice(0, 12) : fact.value;
  return oneLine(fact.note === undefined ? short : `${short} (${fact.note})`);
}

/** What two shards of a run have in common, from what explains other differences to what is explained by them. */
function listFacts({ plan, shard }: ShardFile): Map<string, Fact> {
  const { profile, cells, modules, machine, data } = plan;
  const runsWith = (what: string) => `run every shard with the same ${what}`;
  const facts = new Map<string, Fact>([
    ["the number of shards", { value: String(shard?.count ?? 1), mend: runsWith("N of --shard I/N") }],
    ["the profile", { value: profile, mend: runsWith("--profile") }],
    ["the selection of cells", { value: cells.join(" ") || "all", mend: runsWith("--cell") }],
    ["the version of Deno", { value: machine.deno, mend: runsWith("Deno, bits are promised for one alone") }],
    ["the processor", {
      value: machine.arch,
      mend: "run every shard on one kind, bits are promised for x86_64",
    }],
    ["the list of modules", { value: modules.map(({ id }) => id).join(" "), mend: runsWith("modules") }],
  ]);
  for (const { id, sources } of modules) {
    const note = `commit ${machine.commit?.slice(0, 12) ?? "not known"}`;
    facts.set(`the source digest of ${id}`, { value: sources, note, mend: runsWith("commit, unchanged") });
  }
  for (const id of Object.keys(data.handles).sort()) {
    const value = isStandIn(data, id) ? "a stand-in" : "real data";
    facts.set(`the data set ${id}`, { value, mend: runsWith("data") });
    for (const { name, sha256 } of Object.values(data.records[id] ?? {})) {
      facts.set(`the SHA-256 of ${id}/${name}`, { value: sha256, mend: runsWith("data") });
    }
  }
  for (const { id, seeds, jobs } of modules) {
    facts.set(`the number of seeds of ${id}`, { value: String(seeds ?? "none"), mend: runsWith("--seeds") });
    facts.set(`the number of jobs of ${id}`, { value: String(jobs.length), mend: runsWith("--cell") });
  }
  // With sources, data, seeds and number of jobs the same, only what the jobs are asked for is left.
  facts.set("the digest over the jobs", { value: planDigest(plan), mend: runsWith("options") });
  return facts;
}
