/**
 * `deno task synthesise IN OUT.npy`: a texture of the user's own, from a maximum-entropy model of one image.
 *
 * @module
 */
import { synthesiseFile, type SynthesiseFileOptions } from "../src/maximum_entropy/synthesise_file.ts";
import { ProgressLine } from "../src/suite/report/progress_line.ts";
import type { Command } from "./lib/command.ts";
import {
  exitStatus,
  parseCount,
  parseCountFrom0,
  parseThreads,
  runCommand,
  say,
  userPath,
} from "./lib/command_line.ts";
import { listenForInterruption } from "./lib/interruption.ts";

const options = {
  seed: { value: "N", text: "which sample", otherwise: "0", parse: parseCountFrom0 },
  iterations: { value: "N", text: "steps of gradient descent", otherwise: "200", parse: parseCount },
  periodic: { text: "the image goes on beyond its edges" },
  losses: { value: "FILE.csv", text: "the loss after each step", otherwise: "none", parse: userPath },
  threads: { value: "N", text: "threads", otherwise: "one a core", parse: parseThreads },
} as const;

const command: Command<typeof options> = {
  task: "synthesise",
  summary: "Sample a texture like an image, from its wavelet statistics",
  operands: { usage: "IN OUT.npy", text: "an .npy, .png, .jpg or .pgm image; float32", least: 2, most: 2 },
  options,
  example: "gravel.png like_gravel.npy --seed 1",
};

await runCommand(command, async ({ options: { seed, iterations, periodic, losses, threads }, operands }) => {
  const [input, output] = operands.map(userPath);
  const signal = listenForInterruption();
  using line = new ProgressLine("synthesise", "steps");
  const chosen = { seed, iterations, losses, threads, isPeriodic: periodic };
  const { side, relativeLoss, ...done } = await synthesiseFile(input!, output!, {
    ...Object.fromEntries(
      Object.entries(chosen).filter(([, value]) => value !== undefined),
    ) as SynthesiseFileOptions,
    signal,
    onStep: (step, total) => {
      if (step > 0) line.show({ done: step, total, cached: 0, resumed: 0 });
    },
  });
  line[Symbol.dispose]();
  const found = `${side} x ${side} pixels, relative loss ${
    relativeLoss.toExponential(1)
  } after ${done.iterations} steps`;
  if (signal.aborted) {
    say(`Interrupted by ${signal.reason}: the best so far was written: ${found}`);
    return exitStatus.interrupted;
  }
  say(found);
  return exitStatus.ok;
});
