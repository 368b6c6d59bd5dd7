import { exitStatus } from "../../src/errors.ts";

/**
 * The signal of a user who ends the program: aborted, with the name of what was sent, by the first SIGINT or SIGTERM. The second one
 * ends the process at once.
 */
export function listenForInterruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      if (interrupted.signal.aborted) Deno.exit(exitStatus.interrupted);
      interrupted.abort(signal);
    });
  }
  return interrupted.signal;
}

/**
 * Ends a piece of work whose user has ended the program. A signal arrives between two turns of the event loop, which computing holds
 * up, so one turn is left to it.
 *
 * @throws The reason of the signal.
 */
export async function throwIfInterrupted(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}
