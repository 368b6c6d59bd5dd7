import { join } from "@std/path";
import { UsageError } from "../../errors.ts";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { loadClaims } from "../golden/load_golden.ts";
import { oneLine } from "../../one_line.ts";
import { jobsOf, type Reproduction } from "../reproduction.ts";
import { describeData, isVerified } from "./data_access.ts";
import type { Machine } from "./environment.ts";
import { cellTimes } from "./cell_times.ts";
import { stringifyExact } from "./exact_json.ts";
import { cellMatcher } from "./glob.ts";
import { JobResults, parseFinished } from "./job_results.ts";
import { mergedEnvironment } from "./merged_environment.ts";
import { paintFigures } from "./paint_figures.ts";
import { planDifference } from "./plan_difference.ts";
import { type PlanFile, type PlannedModuleEntry, runAgain } from "./plan_file.ts";
import { datasetsRead, jobKey, neededJobs, planOne, readingsOf } from "./plan_run.ts";
import {
  assembleResults,
  type FinishableJob,
  judgeFinished,
  measuredIn,
  type Reproduced,
} from "./reproduce.ts";
import { ShardFolder } from "./shard_folder.ts";

/** What to merge, and with what. */
export interface MergeOptions {
  /** The output folders of the shards. */
  readonly folders: readonly string[];
  /** The root of the project. */
  readonly root: string;
  /** The machine that merges. */
  readonly machine: Machine;
  /** Loads a reproduction by its id. */
  readonly find: (id: string) => Promise<Reproduction>;
  /** The source digest of the tasks of a reproduction in this checkout; shards of other sources are refused. */
  readonly sourcesOf: (id: string) => string;
  /** The source digest of its plan in this checkout, which says how cells are measured. */
  readonly planSourcesOf: (id: string) => string;
}

/**
 * Puts the shards of one run together and judges the whole, from their finished jobs alone: nothing is computed and
 * no data is read. A reproduction took as long as its jobs in all shards together.
 *
 * @throws {UsageError} Where a shard is missing, there twice, damaged, of another run or other sources, or has not finished.
 */
export async function merge(
  options: MergeOptions,
): Promise<Pick<Reproduced, "results" | "figures" | "cellTimes">> {
  const { root } = options;
  const shards = wholeRun(options.folders.map((folder) => new ShardFolder(folder)));
  const { plan } = shards[0]!.file;
  checkCheckout(shards[0]!, options);
  const stored = storedIn(shards);
  for (const { id, jobs } of plan.modules) {
    const missing = jobs.find(({ key }) => stored(key) === undefined);
    if (missing === undefined) continue;
    const owner = shards[missing.position % shards.length]!;
    throw new UsageError(
      `Cannot merge: the job ${oneLine(`${id}/${missing.id}`)} ${owner.whyMissing(id, missing)}: ${runAgain}`,
    );
  }
  const runs = shards.map((shard) => shard.results());
  const matches = cellMatcher(plan.cells);
  const results = new JobResults({ get: stored });
  const modules = [];
  const figures = [];
  const times = new Map<string, ReadonlyMap<string, number>>();
  for (const entry of plan.modules) {
    const reproduction = await options.find(entry.id);
    const claims = claimsOfProfile(loadClaims(join(root, "golden"), entry.id), plan.profile);
    const planned = planAgain({ reproduction, claims }, entry, plan, shards[0]!, matches);
    const ofModule = runs.flatMap((run) => run.modules.filter((module) => module.id === entry.id));
    const module = judgeFinished(
      {
        reproduction,
        claims,
        sources: entry.sources,
        planSources: options.planSourcesOf(entry.id),
        ...planned,
      },
      {
        run: { data: plan.data, asked: (_id, cell) => matches(cell) },
        results,
        earlier: null,
        root,
        profile: plan.profile,
      },
      { elapsedMs: ofModule.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0), failures: [] },
    );
    modules.push(module);
    figures.push(...paintFigures(reproduction, planned.jobs, results, module, plan.profile));
    times.set(module.id, cellTimes(planned, results, measuredIn(module)));
  }
  const environment = mergedEnvironment(runs.map((run) => run.environment), options.machine);
  return {
    results: assembleResults(plan.profile, environment, describeData(plan.data), modules),
    figures,
    cellTimes: times,
  };
}

/**
 * The stored jobs of shards. Two may have stored the same one, where an earlier run into the folder of one did more: equal keys
 * promise equal results.
 *
 * @returns What is stored under a key; it throws where two shards hold other results.
 */
function storedIn(shards: readonly ShardFolder[]): (key: string) => Uint8Array<ArrayBuffer> | undefined {
  const resultIn = (job: Uint8Array) => stringifyExact(parseFinished(job).result);
  return (key) => {
    const found = shards.flatMap((shard) => {
      const job = shard.job(key);
      return job === undefined ? [] : [{ shard, job }];
    });
    const [first, ...others] = found;
    const other = others.find(({ job }) => resultIn(job) !== resultIn(first!.job));
    if (other === undefined) return first?.job;
    throw new UsageError(
      `Cannot merge ${
        first!.shard.name
      } with ${other.shard.name}: they hold different results of the same job: ` +
        "run both again with --fresh",
    );
  };
}

/**
 * Plans a reproduction as its shards did: from the data sets as they found them, with as many seeds. Their jobs must be those of this
 * checkout to the last parameter, since cells are measured by it.
 */
function planAgain(
  judged: Parameters<typeof planOne>[0],
  { id, seeds, sources, jobs: stored }: PlannedModuleEntry,
  { profile, data }: PlanFile,
  first: ShardFolder,
  asked: (cell: string) => boolean,
): ReturnType<typeof planOne>["plan"] & {
  readonly jobs: readonly FinishableJob[];
  readonly seeds: number | null;
} {
  const { plan } = planOne(judged, profile, seeds, data.handles);
  const keys = new Map(stored.map((job) => [job.id, job.key]));
  const jobs = jobsOf(plan).map((job) => ({
    ...job,
    reads: readingsOf(job, data.handles),
    key: keys.get(job.id) ?? null,
  }));
  const needed = neededJobs(plan, asked);
  const unknown = datasetsRead(jobs.filter((job) => needed.has(job.id)))
    .difference(new Set(Object.keys(data.handles)));
  for (const dataset of unknown) {
    throw new UsageError(`Cannot merge ${first.name}: its plan lacks the data set ${dataset}: ${runAgain}`);
  }
  const refuse = (job: string, what: string): UsageError =>
    new UsageError(
      `Cannot merge ${first.name} here: this checkout ${what} ${oneLine(`${id}/${job}`)}` +
        ", and the shards ran otherwise: merge with what the shards ran with",
    );
  const known = new Map(jobs.map((job) => [job.id, job]));
  for (const { id: job, key } of stored) {
    const own = known.get(job);
    if (own === undefined) throw refuse(job, "does not plan the job");
    const isSame = isVerified(data, Object.values(own.reads)) && jobKey(id, sources, own, data) === key;
    if (!isSame) throw refuse(job, "has another key for the job");
  }
  for (const job of needed) if (!keys.has(job)) throw refuse(job, "needs the job");
  return { ...plan, jobs, seeds };
}

/** The shards of one run in their order, each once. */
function wholeRun(shards: readonly ShardFolder[]): ShardFolder[] {
  const [first, ...others] = shards;
  if (first === undefined) throw new UsageError("Cannot merge: name the output folders of the shards");
  for (const other of others) {
    const difference = planDifference(first.file, other.file);
    if (difference !== null) {
      throw new UsageError(
        `Cannot merge ${first.path} with ${other.path}: they must be shards of the same run: ${
          oneLine(difference)
        }`,
      );
    }
  }
  const byIndex = new Map<number, ShardFolder>();
  for (const shard of shards) {
    const twin = byIndex.get(shard.index);
    if (twin !== undefined) {
      throw new UsageError(
        `Cannot merge ${shard.name}: it is already there as ${twin.path}: name every shard once`,
      );
    }
    byIndex.set(shard.index, shard);
  }
  const count = first.file.shard?.count ?? 1;
  for (let index = 1; index <= count; index++) {
    if (!byIndex.has(index)) {
      throw new UsageError(
        `Cannot merge: shard ${index}/${count} is missing: run it and name its folder too`,
      );
    }
  }
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

/** Cells are measured here and now, so this must be what the jobs ran with. */
function checkCheckout(
  { path, file: { plan } }: ShardFolder,
  { machine, sourcesOf }: Pick<MergeOptions, "machine" | "sourcesOf">,
): void {
  const refuse = (difference: string): UsageError =>
    new UsageError(`Cannot merge ${path} here: ${oneLine(difference)}: merge with what the shards ran with`);
  if (plan.machine.deno !== machine.deno) {
    throw refuse(`its jobs ran on Deno ${plan.machine.deno}, this is ${machine.deno}`);
  }
  if (plan.machine.arch !== machine.arch) {
    throw refuse(`its jobs ran on ${plan.machine.arch}, this is ${machine.arch}`);
  }
  for (const { id, sources } of plan.modules) {
    const own = sourcesOf(id);
    if (own !== sources) {
      const commit = ({ commit }: Pick<Machine, "commit">) => commit?.slice(0, 12) ?? "not known";
      throw refuse(
        `the source digest of ${id} is ${sources.slice(0, 12)} there (commit ${commit(plan.machine)}), ` +
          `${own.slice(0, 12)} in this checkout (commit ${commit(machine)})`,
      );
    }
  }
}
