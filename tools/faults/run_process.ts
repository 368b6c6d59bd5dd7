/**
 * Runs of tasks as processes that can be killed.
 *
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { root } from "../../scripts/lib/command_line.ts";

/** How a run ended, and what it wrote. */
export interface RunOutcome {
  /** The exit status; `null` where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that has been started. */
export interface StartedRun {
  /** The process id. */
  readonly pid: number;
  /** How it ends. */
  readonly outcome: Promise<RunOutcome>;
}

/**
 * Starts `deno task reproduce` as {@linkcode startTask} does.
 *
 * @param args What comes behind it.
 * @param wrap A program and its arguments that start the command given behind them; empty for none.
 */
export function startRun(args: readonly string[], wrap: readonly string[] = []): StartedRun {
  return startTask("reproduce", args, { wrap });
}

/** Where and how {@linkcode startTask} runs a task. */
export interface TaskSurroundings {
  /** The project whose task it is; by default this one. */
  readonly project?: string;
  /** A program and its arguments that start the command given behind them. */
  readonly wrap?: readonly string[];
}

/**
 * Starts a task without the shell of `deno task` around it, so that a signal reaches the run itself.
 *
 * @param task Its name.
 * @param args What comes behind it.
 * @param surroundings Where and how.
 */
export function startTask(
  task: string,
  args: readonly string[],
  { project = root, wrap = [] }: TaskSurroundings = {},
): StartedRun {
  const [, ...command] = taskCommand(task).split(" ");
  const [program, ...rest] = [...wrap, Deno.execPath(), ...command, ...args];
  const child = new Deno.Command(program!, {
    args: rest,
    cwd: project,
    env: { NO_COLOR: "1", INIT_CWD: project, REPRODUCE_DATA: "" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const outcome = child.output().then(({ code, signal, stdout, stderr }) => ({
    status: signal === null ? code : null,
    stdout: decode(stdout),
    stderr: decode(stderr),
  }));
  return { pid: child.pid, outcome };
}

function taskCommand(name: string): string {
  return JSON.parse(Deno.readTextFileSync(`${root}/deno.json`)).tasks[name].command;
}

/** What a signal is sent to. Workers are threads: a signal that kills one ends the process. */
export type Victim = "process" | "worker";

/**
 * Kills a run with SIGKILL after a while.
 *
 * @param ms How long it may run.
 * @returns Whether it was killed; not where it ended before.
 */
export async function killAfter(run: StartedRun, ms: number, victim: Victim, pick: number): Promise<boolean> {
  const ended = new AbortController();
  run.outcome.finally(() => ended.abort());
  try {
    await setTimeout(ms, undefined, { signal: ended.signal });
    Deno.kill(victim === "process" ? run.pid : threadOf(run.pid, pick), "SIGKILL");
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  }
  return (await run.outcome).status === null;
}

/** A thread of a process beside its first, or that; `pick` in [0, 1) chooses it. */
function threadOf(pid: number, pick: number): number {
  // Deno reads /proc for those alone who may do everything.
  const { stdout } = new Deno.Command("ls", { args: [`/proc/${pid}/task`] }).outputSync();
  const threads = new TextDecoder().decode(stdout).split("\n").map(Number)
    .filter((thread) => thread > 0 && thread !== pid);
  return threads[Math.floor(pick * threads.length)] ?? pid;
}
