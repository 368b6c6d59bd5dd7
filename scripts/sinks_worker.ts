/**
 * What `deno task sinks` computes, in a thread of its own.
 *
 * @module
 */
import { startBackend } from "../src/compute/tfjs/start_backend.ts";
import { openModelFolder } from "../src/transformers/formats/open_model_folder.ts";
import { measurePrompt, type PromptMeasurement } from "../src/transformers/measure/measure_prompt.ts";
import { serveApart } from "./lib/run_apart.ts";

/** What is measured. */
export interface SinksInput {
  /** The folder of the model. */
  readonly model: string;
  readonly prompt: string;
  /** Tokens of a window; by default the prompt is one. */
  readonly length?: number;
  /** Before each window; by default what the model was trained with. */
  readonly prefix?: string;
  readonly threads?: number;
}

/** What was measured, and what a user should know of the files. */
export interface SinksOutput {
  readonly measured: PromptMeasurement;
  readonly notes: readonly string[];
}

serveApart(async ({ model, prompt, length, prefix, threads }: SinksInput, progress): Promise<SinksOutput> => {
  // Whisper's encoder runs when its folder is opened.
  const backend = await startBackend(threads === undefined ? {} : { threads });
  try {
    await using opened = await openModelFolder(model);
    const first = prefix ?? opened.prefix;
    const measured = await measurePrompt(opened, prompt, {
      ...length === undefined ? {} : { length },
      ...first === undefined ? {} : { prefix: first },
      progress,
    });
    return { measured, notes: opened.notes };
  } finally {
    backend.dispose();
  }
});
