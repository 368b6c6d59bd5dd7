/**
 * What SIGINT and SIGTERM do to every task: they end it with the status that the contract promises, and never in the middle of a piece
 * of work that does not wait for anything, since they arrive between two turns of the event loop.
 *
 * @module
 */
import { exitStatus } from "../../src/errors.ts";
import { writeToStandardError } from "../../src/files/standard_streams.ts";

const interrupted = new AbortController();

let isListening = false;

/** Whether the task ends its work by itself once it is interrupted. */
let isHeard = false;

/**
 * Has the process ended by the first SIGINT or SIGTERM, which it says in a line, or by the second one where
 * {@linkcode listenForInterruption} waits for the first.
 */
export function endOnSignals(): void {
  if (isListening) return;
  isListening = true;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, () => {
      if (!isHeard) writeToStandardError(`Interrupted by ${name}\n`);
      if (!isHeard || interrupted.signal.aborted) Deno.exit(exitStatus.interrupted);
      interrupted.abort(name);
    });
  }
}

/**
 * The signal of a user who ends the program: aborted, with the name of what was sent, by the first SIGINT or SIGTERM. The second one
 * ends the process at once.
 */
export function listenForInterruption(): AbortSignal {
  isHeard = true;
  endOnSignals();
  return interrupted.signal;
}

/** Lets the signals arrive that computing has held up: one turn of the event loop is left to them. */
export async function hearSignals(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

/**
 * Ends a piece of work whose user has ended the program.
 *
 * @throws The reason of the signal.
 */
export async function throwIfInterrupted(signal: AbortSignal): Promise<void> {
  await hearSignals();
  signal.throwIfAborted();
}
