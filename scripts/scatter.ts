/**
 * `deno task scatter IN.npy OUT.npy`: the scattering transform of a file of images.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { findBank, namedBanks } from "../src/scattering/banks/named_banks.ts";
import type { WaveletBank } from "../src/scattering/banks/wavelet_bank.ts";
import { ProgressLine } from "../src/suite/report/progress_line.ts";
import { scatterFile, type ScatterFileOptions } from "../src/scattering/scatter_file.ts";
import { exitStatus, main, parseCommandLine, parseCount, print, userPath } from "./lib/command_line.ts";
import { listenForInterruption } from "./lib/interruption.ts";

const usage = "deno task scatter IN.npy OUT.npy --J N [--L N] [--max-order N] " +
  `[--wavelet ${namedBanks.map((bank) => bank.name).join("|")}] ` +
  "[--sampling N] [--boundary reflect|periodic|zero] [--threads N] " +
  "[--meta FILE.json]";

await main(async () => {
  const text = { type: "string" } as const;
  const { flags, positionals: [input, output, ...more] } = parseCommandLine({
    J: text,
    L: text,
    "max-order": text,
    wavelet: text,
    sampling: text,
    boundary: text,
    threads: text,
    meta: text,
    help: { type: "boolean", default: false },
  }, usage);
  if (flags["help"]) {
    print(`${usage}\n`);
    return exitStatus.ok;
  }
  if (input === undefined || output === undefined || more.length > 0) {
    throw new UsageError(`Cannot tell input and output: usage: ${usage}`);
  }
  if (flags["J"] === undefined) throw new UsageError(`--J is missing: usage: ${usage}`);
  const count = (flag: string) =>
    flags[flag] === undefined ? undefined : flags[flag] === "0" ? 0 : parseCount(flag, String(flags[flag]));
  const name = (flag: string) => flags[flag] as string | undefined;
  const chosen = {
    J: count("J"),
    L: count("L"),
    maxOrder: count("max-order"),
    bank: flags["wavelet"] === undefined ? undefined : parseBank(flags["wavelet"] as string),
    sampling: count("sampling"),
    boundary: name("boundary"),
    threads: count("threads"),
    meta: flags["meta"] === undefined ? undefined : userPath(flags["meta"] as string),
  };
  const signal = listenForInterruption();
  const line = new ProgressLine("scatter", "images");
  try {
    await scatterFile(userPath(input), userPath(output), {
      // What is not given takes its default; what is given is checked with the options.
      ...Object.fromEntries(
        Object.entries(chosen).filter(([, value]) => value !== undefined),
      ) as unknown as ScatterFileOptions,
      signal,
      onProgress: (done, total) => line.show({ done, total, cached: 0, resumed: 0 }),
    });
    return exitStatus.ok;
  } catch (error) {
    if (signal.aborted) return exitStatus.interrupted;
    throw error;
  }
});

/** Checks the name of the wavelets. */
function parseBank(name: string): WaveletBank {
  try {
    return findBank(name);
  } catch (error) {
    throw new UsageError(`--wavelet: ${(error as Error).message}`);
  }
}
