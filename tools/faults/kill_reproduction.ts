import { ifThere } from "../../src/files/if_there.ts";
import { temporaryEnding } from "../../src/files/temporary_file.ts";
import type { RandomStream } from "../../src/numeric/random/random_stream.ts";
import { damage, filesBelow } from "./damage.ts";
import { killAfter, type RunOutcome, startRun, type Victim } from "./run_process.ts";
import { newTally, type Tally } from "./tally.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";
import { measuredValues } from "./measured_values.ts";

/** How a reproduction is killed. */
export interface KillOptions {
  /** The id of the reproduction. */
  readonly reproduction: string;
  /** What comes behind `deno task reproduce`, without the output folder. */
  readonly args: readonly string[];
  /** The output folder; new. */
  readonly out: string;
  /** How many kills. */
  readonly kills: number;
  /** How long an undisturbed run takes. */
  readonly undisturbedMs: number;
  /** What {@linkcode measuredValues} says of an undisturbed run. */
  readonly expected: string;
  readonly rng: RandomStream;
  /** Told what happens. */
  readonly say: (line: string) => void;
}

/**
 * Kills a run at random moments, again and again in one output folder, after every third kill damages a file of its
 * cache, and lets it end at last.
 *
 * @returns The tallies of the kills and of the damages.
 */
export async function killReproduction(options: KillOptions): Promise<Tally[]> {
  const { reproduction, args, out, kills, expected, rng, say } = options;
  const killed = newTally(`${reproduction}: SIGKILL`);
  const damaged = newTally(`${reproduction}: damaged cache`);
  const finished = new FinishedJobs(`${out}/cache/jobs`);
  const start = () => startRun([...args, "--out", out]);
  // What had begun when a run is killed is lost: half of an undisturbed run's time is shared out to all kills.
  const meanMs = Math.max(800, options.undisturbedMs / 2 / kills);

  let outcome: RunOutcome | undefined;
  while (killed.tried < kills) {
    const victim: Victim = rng.uniform() < 0.5 ? "process" : "worker";
    const ms = Math.round(200 + 2 * meanMs * rng.uniform());
    const run = start();
    const wasKilled = await killAfter(run, ms, victim, rng.uniform());
    for (const path of finished.update()) {
      killed.lost++;
      killed.wrong.push(`${path} had been finished and was computed again`);
    }
    if (!wasKilled) {
      outcome = await run.outcome;
      if (!mend(outcome, damaged)) break;
      continue;
    }
    killed.tried++;
    say(`${reproduction}: the ${victim} was killed after ${ms} ms, with ${finished.count} jobs finished`);
    // A run that was killed before it had a cache left nothing to damage, and its lock holds nothing.
    const files = ifThere(() => filesBelow(`${out}/cache`), []).filter((path) =>
      Deno.statSync(path).size > 0
    );
    if (killed.tried % 3 === 0 && files.length > 0) {
      const path = files[rng.integer(files.length)]!;
      damaged.tried++;
      say(`${reproduction}: ${path}: ${damage(path, rng)}`);
      finished.forget(path);
    }
  }
  do outcome = await start().outcome; while (mend(outcome, damaged));

  const { status, stderr } = outcome;
  const same = (status === 0 || status === 1) &&
    measuredValues(readResults(`${out}/results.json`), reproduction) === expected;
  for (const tally of [killed, damaged]) {
    if (same) tally.same = tally.tried - tally.refused;
    else tally.wrong.push(`the last run gave other values, with status ${status}: ${stderr.slice(-300)}`);
  }
  return [killed, damaged];
}

/** Does what a run says about a damaged file, and tells whether it said so. */
function mend({ stdout, stderr }: RunOutcome, damaged: Tally): boolean {
  const said = /Cannot resume from (\S+): .*delete it/.exec(`${stdout}${stderr}`);
  if (said === null) return false;
  damaged.refused++;
  Deno.removeSync(said[1]!);
  return true;
}

/** The finished jobs of an output folder, and when each was written. */
class FinishedJobs {
  readonly #folder: string;
  readonly #written = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get count(): number {
    return this.#written.size;
  }

  /** A job that is damaged on purpose does not count as lost. */
  forget(path: string): void {
    this.#written.delete(path);
  }

  /** Looks again, and gives the jobs that are gone or were written anew. */
  update(): string[] {
    const now = new Map(
      this.#files().map((path) => [path, Deno.statSync(path).mtime!.getTime()]),
    );
    const lost = this.#written.keys().filter((path) => now.get(path) !== this.#written.get(path)).toArray();
    for (const [path, written] of now) this.#written.set(path, written);
    return lost;
  }

  #files(): string[] {
    // Killed before it had made its folders, there are none.
    return ifThere(() => filesBelow(this.#folder).filter((path) => !path.endsWith(temporaryEnding)), []);
  }
}
