import { setTimeout } from "node:timers/promises";
import { exitStatus } from "../../src/errors.ts";
import type { RandomStream } from "../../src/numeric/random/random_stream.ts";
import type { Interruptible } from "./interruptible.ts";
import { type RunOutcome, startTask } from "./run_process.ts";
import { newTally, type Tally } from "./tally.ts";
import { brokenFiles } from "./whole_files.ts";

/** How long an interrupted command may go on. */
const MOST_MS = 2000;

/** Before Deno runs any code of a program, the system's own action ends it; that takes it less than this, with two cores under load. */
const START_MS = 250;

/** How a command is interrupted. */
export interface InterruptOptions {
  /** A new folder. */
  readonly folder: string;
  /** How often by each signal. */
  readonly times: number;
  readonly rng: RandomStream;
  /** Told what happens. */
  readonly say: (line: string) => void;
}

/**
 * Interrupts a command at random moments, uniform over the time that it takes, each time in a new folder: it must end within 2 s with the
 * status of an interruption, or its own where it had ended, and leave no file that is not whole; and the same command must then give what
 * an undisturbed one gives.
 *
 * @returns The tallies of the two signals.
 */
export async function interrupt(
  command: Interruptible,
  { folder, times, rng, say }: InterruptOptions,
): Promise<Tally[]> {
  const { name, task, project, status } = command;
  const start = (own: string) => startTask(task, command.args(own), project === undefined ? {} : { project });
  const newFolder = async (own: string) => {
    await command.reset?.();
    await Deno.mkdir(own, { recursive: true });
  };
  const undisturbed = `${folder}/undisturbed`;
  await newFolder(undisturbed);
  const begun = performance.now();
  const first = await start(undisturbed).outcome;
  const takenMs = performance.now() - begun;
  if (first.status !== status) {
    throw new Error(`${name} ended with status ${first.status} undisturbed: ${first.stderr.slice(-500)}`);
  }
  const expected = await command.result(undisturbed, first);
  const tallies: Tally[] = [];
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const tally = newTally(`${name}: ${signal}`);
    let slowestMs = 0;
    for (; tally.tried < times; tally.tried++) {
      const own = `${folder}/${signal}-${tally.tried}`;
      await newFolder(own);
      const ms = Math.round(takenMs * rng.uniform());
      const { outcome, afterMs } = await endBy(start(own), signal, ms);
      slowestMs = Math.max(slowestMs, afterMs ?? 0);
      const said = outcome.stderr.trimEnd().split("\n").at(-1) ?? "";
      const wrong = [
        ...whatIsWrong(outcome, afterMs, ms, status),
        ...brokenFiles(command.writes ?? own),
      ];
      const again = outcome.status === status ? outcome : await start(own).outcome;
      if (again.status === status && await command.result(own, again) === expected) tally.same++;
      else wrong.push(`run again it gave other bits, with status ${again.status}`);
      for (const what of wrong) tally.wrong.push(`after ${ms} ms: ${what}: ${said}`);
      say(
        `${name}: ${signal} after ${ms} ms of ${Math.round(takenMs)}: status ${outcome.status}, ${
          afterMs === null ? "it had ended" : `${Math.round(afterMs)} ms later`
        }${wrong.map((what) => `, WRONG: ${what}`).join("")}`,
      );
      await Deno.remove(own, { recursive: true });
    }
    say(`${name}: ended within ${Math.round(slowestMs)} ms of ${signal}`);
    tallies.push(tally);
  }
  return tallies;
}

/** Lets a run go on for a while, and sends it a signal; `afterMs` is how long it took to end, `null` where it had. */
async function endBy(
  run: ReturnType<typeof startTask>,
  signal: Deno.Signal,
  ms: number,
): Promise<{ readonly outcome: RunOutcome; readonly afterMs: number | null }> {
  const ended = new AbortController();
  const outcome = run.outcome.finally(() => ended.abort());
  await setTimeout(ms, undefined, { signal: ended.signal }).catch(() => {});
  if (ended.signal.aborted) return { outcome: await outcome, afterMs: null };
  const sent = performance.now();
  Deno.kill(run.pid, signal);
  return { outcome: await outcome, afterMs: performance.now() - sent };
}

function whatIsWrong(
  { status }: RunOutcome,
  afterMs: number | null,
  ms: number,
  own: number,
): string[] {
  const isStarting = ms < START_MS && status === null;
  return [
    ...isStarting || status === exitStatus.interrupted || status === own ? [] : [`status ${status}`],
    ...(afterMs ?? 0) > MOST_MS ? [`it went on for ${Math.round(afterMs!)} ms`] : [],
  ];
}
