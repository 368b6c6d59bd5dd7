/**
 * Shards of the toy reproduction, sound and damaged, for the tests of what puts them together.
 *
 * @module
 */
import { assert, assertRejects } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import { merge, type MergeOptions } from "../merge.ts";
import type { ShardFile } from "../plan_file.ts";
import type { Reproduced, ReproduceOptions } from "../reproduce.ts";
import { sourceDigest } from "../source_digest.ts";
import { loadedReader, loadedToy, machine, runToy } from "./toy_run.ts";

/** Runs a shard of the toy. */
export function runShard(
  root: string,
  name: string,
  seeds: number,
  own: Partial<ReproduceOptions>,
): Promise<Reproduced> {
  return runToy(root, `${root}/${name}`, seeds, own);
}

/** The output folders of the three shards of a run, each in the folder of its number below `root`. */
export async function runShards(root: string): Promise<string[]> {
  const folders = [];
  for (const index of [1, 2, 3]) {
    await runShard(root, String(index), 1, { shard: { index, count: 3 } });
    folders.push(`${root}/${index}`);
  }
  return folders;
}

/** A copy of the output folder of a shard. */
export async function copyShard(folder: string): Promise<string> {
  const copy = await Deno.makeTempDir({ dir: `${folder}/..` });
  await Deno.mkdir(`${copy}/cache/jobs`, { recursive: true });
  for (const name of ["cache/plan.json", "results.json", ...jobsOf(folder)]) {
    await Deno.copyFile(`${folder}/${name}`, `${copy}/${name}`);
  }
  return copy;
}

/** The stored jobs of a shard, relative to its folder. */
export function jobsOf(folder: string): string[] {
  return [...Deno.readDirSync(`${folder}/cache/jobs`)].map(({ name }) => `cache/jobs/${name}`);
}

/** A copy of the output folder of a shard with another text for its plan. */
export async function withPlanText(folder: string, change: (text: string) => string): Promise<string> {
  const copy = await copyShard(folder);
  const path = `${copy}/cache/plan.json`;
  await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
  return copy;
}

/** A copy of the output folder of a shard with another plan. */
export function withPlan(
  folder: string,
  change: (
    file: ShardFile,
  ) => { readonly plan?: Partial<ShardFile["plan"]>; readonly shard?: ShardFile["shard"] },
): Promise<string> {
  return withPlanText(folder, (text) => {
    const file: ShardFile = JSON.parse(text);
    const { plan = {}, shard = file.shard } = change(file);
    return JSON.stringify({ plan: { ...file.plan, ...plan }, shard });
  });
}

/** Merges runs of the toy and the reader. */
export function mergeIn(
  root: string,
  own: Partial<MergeOptions> = {},
): (folders: readonly string[]) => ReturnType<typeof merge> {
  const find = (id: string) => (id === "reader" ? loadedReader : loadedToy);
  return (folders) =>
    merge({
      root,
      machine: machine(2),
      find: (id) => Promise.resolve(find(id).reproduction),
      sourcesOf: (id) => sourceDigest(find(id).tasksUrl, root),
      planSourcesOf: (id) => sourceDigest(find(id).planUrl, root),
      ...own,
      folders,
    });
}

/** Checks that a merge is refused in one line with each of the words. */
export async function refused(merging: Promise<unknown>, ...words: readonly string[]): Promise<void> {
  const { message } = await assertRejects(() => merging, UsageError);
  for (const word of words) assert(message.includes(word), `"${word}" is missing in: ${message}`);
  assert(!message.includes("\n"), message);
}
