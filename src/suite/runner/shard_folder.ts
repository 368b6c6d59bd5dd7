import { join } from "@std/path";
import { UsageError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { endTime } from "./merged_environment.ts";
import { readShardFile, runAgain, type ShardFile } from "./plan_file.ts";
import { readResults } from "./read_results.ts";
import type { Results } from "./results.ts";
import { Store } from "./store.ts";

/** The output folder of one shard. */
export class ShardFolder {
  /** Its path. */
  readonly path: string;
  /** What the run set out to do, and which part of it is here. */
  readonly file: ShardFile;
  readonly #jobs: Store;

  /**
   * Reads the plan of an output folder.
   *
   * @throws {UsageError} Where there is none, or it is damaged.
   */
  constructor(path: string) {
    this.path = path;
    this.file = readShardFile(join(path, "cache", "plan.json"));
    this.#jobs = new Store(join(path, "cache", "jobs"));
  }

  /** Its number, from 1; a run that was not cut is shard 1 of 1. */
  get index(): number {
    return this.file.shard?.index ?? 1;
  }

  /** As messages call it. */
  get name(): string {
    return `shard ${this.index}/${this.file.shard?.count ?? 1} in ${this.path}`;
  }

  /** The stored result of a job; `undefined` where there is none, or it is damaged. */
  job(key: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#read(() => this.#jobs.get(key));
  }

  /** Why there is no stored result of a job. */
  whyMissing(module: string, { id, key }: { readonly id: string; readonly key: string }): string {
    const failures = this.#results()?.modules.find((entry) => entry.id === module)?.failures ?? [];
    const failure = failures.find(({ job }) => job === id);
    if (failure !== undefined) return `failed in ${this.name}: ${oneLine(failure.message)}`;
    return isThere(join(this.path, "cache", "jobs", key))
      ? `is damaged in ${this.name}`
      : `has not finished in ${this.name}`;
  }

  /**
   * What the run of the shard found, and when.
   *
   * @throws {UsageError} Where it has not ended.
   */
  results(): Results {
    const results = this.#results();
    if (results === undefined) {
      throw new UsageError(`Cannot merge ${this.name}: its run has not ended: ${runAgain}`);
    }
    return results;
  }

  /** The results of this run; not those of an earlier one into the same folder. */
  #results(): Results | undefined {
    const path = join(this.path, "results.json");
    if (!isThere(path)) return undefined;
    const results = this.#read(() => readResults(path));
    return endTime(results.environment) < Date.parse(this.file.plan.startedAt) ? undefined : results;
  }

  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw new UsageError(`Cannot merge ${this.name}: ${oneLine((error as Error).message)}: ${runAgain}`);
    }
  }
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
