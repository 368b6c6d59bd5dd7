import type { RandomStream } from "../../src/numeric/random/random_stream.ts";
import { startRun } from "./run_process.ts";
import { newTally, type Tally } from "./tally.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";
import { measuredValues } from "./measured_values.ts";

/** What is computed on a disk that fills up. */
export interface DiskFaultOptions {
  /** The id of the reproduction. */
  readonly reproduction: string;
  /** What comes behind `deno task reproduce`, without the output folder. */
  readonly args: readonly string[];
  /** A new folder to work in. */
  readonly folder: string;
  /** How often. */
  readonly times: number;
  /** The most bytes that the disk has; the output of the run needs more. */
  readonly largest: number;
  /** What {@linkcode measuredValues} says of an undisturbed run. */
  readonly expected: string;
  readonly rng: RandomStream;
  readonly say: (line: string) => void;
}

/**
 * Runs on a small file system in memory that fills up, then makes it larger and runs again. Needs the right to mount.
 */
export async function fillDisk(options: DiskFaultOptions): Promise<Tally> {
  const { reproduction, args, folder, times, largest, expected, rng, say } = options;
  const tally = newTally(`${reproduction}: full disk`);
  await Deno.mkdir(folder, { recursive: true });
  for (; tally.tried < times; tally.tried++) {
    const kilobytes = 4 * Math.ceil(largest * rng.uniform() / 4096);
    await mount("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]);
    try {
      const first = await startRun([...args, "--out", `${folder}/out`]).outcome;
      say(`${reproduction}: on ${kilobytes} KiB: status ${first.status}`);
      const said = first.stderr.trimEnd().split("\n").at(-1)!;
      if (first.status === 2 && /Cannot write .*No space left/.test(said)) tally.refused++;
      else if (first.status !== 0) tally.wrong.push(`on ${kilobytes} KiB: status ${first.status}: ${said}`);
      await mount("mount", ["-o", "remount,size=1g", folder]);
      await startRun([...args, "--out", `${folder}/out`]).outcome;
      if (measuredValues(readResults(`${folder}/out/results.json`), reproduction) === expected) tally.same++;
      else tally.wrong.push(`on ${kilobytes} KiB: other values once there was room`);
    } finally {
      await mount("umount", [folder]);
    }
  }
  return tally;
}

async function mount(program: "mount" | "umount", args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  if (!success) throw new Error(`Cannot ${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}
