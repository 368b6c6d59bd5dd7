/**
 * Work in a thread of its own, so that the one that hears signals never waits for it: a signal arrives between two turns of the event
 * loop, and a product of large matrices or the transform of a large image is one turn that may take minutes.
 *
 * @module
 */
import { DataError, GoldenError, UsageError } from "../../src/errors.ts";

/** What comes back. */
type Answer<Output> =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "done"; readonly output: Output }
  | { readonly kind: "failed"; readonly name: string; readonly message: string; readonly stack: string };

/**
 * Has a worker do a piece of work.
 *
 * @param worker The module of the worker, which calls {@linkcode serveApart}.
 * @param input What it is given, by structured clone.
 * @param progress Hears which share is done.
 * @returns What it gives.
 * @throws What it threw; the errors that a user can mend are of their class again.
 */
export function runApart<Input, Output>(
  worker: URL,
  input: Input,
  progress: (share: number) => void,
): Promise<Output> {
  const thread = new Worker(worker, { type: "module" });
  return new Promise<Output>((resolve, reject) => {
    thread.onmessage = ({ data }: MessageEvent<Answer<Output>>) => {
      if (data.kind === "progress") progress(data.share);
      else if (data.kind === "done") resolve(data.output);
      else reject(errorAgain(data));
    };
    thread.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    thread.postMessage(input);
  }).finally(() => thread.terminate());
}

function errorAgain({ name, message, stack }: Answer<never> & { readonly kind: "failed" }): Error {
  const kind = [UsageError, DataError, GoldenError].find((known) => known.name === name) ?? Error;
  const error = new kind(message);
  error.stack = stack;
  return error;
}

/**
 * Does what {@linkcode runApart} asks for, once.
 *
 * @param run The work; it tells which share is done.
 */
export function serveApart<Input, Output>(
  run: (input: Input, progress: (share: number) => void) => Promise<Output>,
): void {
  const answer = (message: Answer<Output>) => self.postMessage(message);
  self.onmessage = async ({ data }: MessageEvent<Input>) => {
    try {
      answer({ kind: "done", output: await run(data, (share) => answer({ kind: "progress", share })) });
    } catch (error) {
      const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
      answer({ kind: "failed", name, message, stack });
    }
  };
}
