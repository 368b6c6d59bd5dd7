/**
 * What a job is given while it runs. Of what this file imports, the random streams alone are part of every source digest: they
 * decide results as much as a reproduction's own code does. The rest finds, checks and keeps bytes whose digests are in the keys.
 *
 * @module
 */
import { readVerified } from "../../data/read_verified.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import type { InputFile, RunContext } from "../reproduction.ts";
import { sharedArtifact } from "./artifact.ts";
import { type DataAccess, filesToRead, findRecord } from "./data_access.ts";
import type { PlannedJob } from "./plan_run.ts";
import { Store } from "./store.ts";

/** What the pool sends: one job with all that it may depend on. */
export interface JobRequest {
  readonly reproduction: string;
  readonly job: PlannedJob;
  readonly data: DataAccess;
  /** The folder of the artifact cache. */
  readonly artifacts: string;
  /** The path of the job's checkpoint. */
  readonly checkpoint: string;
  /** The source digest of the reproduction. */
  readonly sources: string;
}

/**
 * The context of a job.
 *
 * @param request The job.
 * @param threads How many threads it may use.
 * @param progress Takes the share that is done.
 */
export function jobContext(
  { job, data, artifacts, sources, checkpoint }: JobRequest,
  threads: number,
  progress: RunContext["progress"],
): RunContext {
  const declared = new Set(
    filesToRead(Object.values(job.reads)).map(({ dataset, name }) => `${dataset}/${name}`),
  );
  const recordOfInput = (file: InputFile) => {
    if (declared.has(`${file.dataset}/${file.name}`)) return findRecord(data, file);
    throw new Error(`The job ${job.id} reads ${file.dataset}/${file.name}, which it does not declare`);
  };
  const store = new Store(artifacts);
  return {
    read: (file) => readVerified(data.handles[file.dataset]!.root!, recordOfInput(file)),
    rng: randomStream,
    artifact: (parts, readings, make) =>
      sharedArtifact(
        store,
        { sources, parts, readings, inputs: filesToRead(readings).map(recordOfInput) },
        make,
      ),
    threads,
    checkpoint,
    progress,
  };
}
