/**
 * `deno task scatter IN.npy OUT.npy`: the scattering transform of a file of images.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { findBank, namedBanks } from "../src/scattering/banks/named_banks.ts";
import type { WaveletBank } from "../src/scattering/banks/wavelet_bank.ts";
import { ProgressLine } from "../src/suite/report/progress_line.ts";
import type { JobProgress } from "../src/suite/runner/run_jobs.ts";
import { scatterFile, type ScatterFileOptions } from "../src/scattering/scatter_file.ts";
import type { Command } from "./lib/command.ts";
import {
  exitStatus,
  parseCount,
  parseCountFrom0,
  parseThreads,
  parseWord,
  runCommand,
  say,
  userPath,
} from "./lib/command_line.ts";
import { listenForInterruption } from "./lib/interruption.ts";

const options = {
  J: { value: "N", text: "log2 of the largest scale", required: true, parse: parseCount },
  L: { value: "N", text: "orientations", otherwise: "8", parse: parseCount },
  "max-order": { value: "N", text: "largest order", otherwise: "2", parse: parseCountFrom0 },
  wavelet: {
    value: "NAME",
    text: namedBanks.map((bank) => bank.name).join(", "),
    otherwise: "kymatio",
    parse: parseBank,
  },
  sampling: { value: "N", text: "step between outputs, in pixels", otherwise: "2^J", parse: parseCount },
  boundary: {
    value: "NAME",
    text: "reflect, periodic or zero",
    otherwise: "reflect",
    parse: parseWord(["reflect", "periodic", "zero"]),
  },
  threads: { value: "N", text: "threads", otherwise: "one a core", parse: parseThreads },
  meta: {
    value: "FILE.json",
    text: "order, scales and angles of every path",
    otherwise: "none",
    parse: userPath,
  },
} as const;

const command: Command<typeof options> = {
  task: "scatter",
  summary: "Scattering transform of an .npy file of images",
  operands: { usage: "IN.npy OUT.npy", text: "images (..., H, W); paths (..., P, h, w)", least: 2, most: 2 },
  options,
  example: "images.npy scattered.npy --J 3 --max-order 2",
};

await runCommand(
  command,
  async ({ options: { J, L, wavelet, sampling, boundary, threads, meta, ...more }, operands }) => {
    const [input, output] = operands.map(userPath);
    const chosen = {
      J,
      L,
      maxOrder: more["max-order"],
      bank: wavelet?.name,
      sampling,
      boundary,
      threads,
      meta,
    };
    const signal = listenForInterruption();
    using line = new ProgressLine("scatter", "images");
    let shown: JobProgress | undefined;
    // Filters and tables take a while before the first image, and tell nothing.
    const waiting = setInterval(() => {
      if (shown !== undefined && shown.done < shown.total) line.show(shown);
    }, 1000);
    try {
      await scatterFile(input!, output!, {
        // What is not given takes its default; what is given is checked with the options.
        ...Object.fromEntries(
          Object.entries(chosen).filter(([, value]) => value !== undefined),
        ) as unknown as ScatterFileOptions,
        signal,
        onProgress: (done, total) => {
          shown = { done, total, cached: 0, resumed: 0 };
          if (done > 0) line.show(shown);
        },
      });
      return exitStatus.ok;
    } catch (error) {
      if (!signal.aborted) throw error;
      line[Symbol.dispose]();
      say(`Interrupted by ${signal.reason}: nothing was written`);
      return exitStatus.interrupted;
    } finally {
      clearInterval(waiting);
    }
  },
);

/** Checks the name of the wavelets. */
function parseBank(name: string): WaveletBank {
  try {
    return findBank(name);
  } catch (error) {
    throw new UsageError(`--wavelet: ${(error as Error).message}`);
  }
}
