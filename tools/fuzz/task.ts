/**
 * `deno task fuzz`: tries the readers of files on many damaged ones, and prints the first file that breaks a promise.
 *
 * @module
 */
import { UsageError } from "../../src/errors.ts";
import type { FuzzReport } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";
import { watchedFuzz } from "./watched_fuzz.ts";
import type { Command } from "../../scripts/lib/command.ts";
import { exitStatus, parseCount, print, runCommand } from "../../scripts/lib/command_line.ts";

const options = {
  runs: { value: "N", text: "files that each target is tried on", default: "100000", parse: parseCount },
  seed: { value: "N", text: "seed of the files", default: "1", parse: parseCount },
} as const;

const names = fuzzTargets.map(({ name }) => name);

const command: Command<typeof options> = {
  task: "fuzz",
  summary: "Try the readers of files on damaged ones",
  operands: { usage: "[TARGET ...]", text: "readers (default: all)", least: 0, most: Infinity },
  options,
  example: `${names[0]} --runs 1000`,
  note: `Targets: ${names.join(", ")}`,
};

await runCommand(command, async ({ options: { runs, seed }, operands }) => {
  const unknown = operands.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`Unknown target "${unknown}": it must be one of ${names.join(", ")}`);
  }
  print(row("target", "inputs", "accepted", "refused", "seconds", "inputs/s", "growth"));
  let sound = true;
  for (const name of operands.length === 0 ? names : operands) {
    const report = await watchedFuzz(name, { runs, seed });
    const { accepted, refused, elapsedMs, growth } = report;
    const seconds = elapsedMs / 1000;
    const inputs = accepted + refused;
    print(row(
      name,
      inputs,
      accepted,
      refused,
      seconds.toFixed(1),
      (inputs / seconds).toFixed(),
      `${(growth / 2 ** 20).toFixed()} MiB`,
    ));
    const fault = faultOf(report, runs);
    if (fault !== undefined) print(fault);
    sound &&= fault === undefined;
  }
  return sound ? exitStatus.ok : exitStatus.unexpected;
});

function row(name: string, ...cells: readonly (string | number)[]): string {
  return `${name.padEnd(24)}${cells.map((cell) => String(cell).padStart(11)).join("")}\n`;
}

/** What is wrong, with all that is needed to see it again. */
function faultOf({ failure, accepted, refused }: FuzzReport, runs: number): string | undefined {
  if (failure !== undefined) {
    const { seed, path, bytes, reason } = failure;
    return `  ${reason}\n  seed ${seed}, path ${path}, ${bytes.length} bytes: ${bytes.toHex()}\n`;
  }
  if (runs >= 1000 && (accepted === 0 || refused === 0)) {
    return "  Every file was accepted, or every one refused: the files of this target try nothing\n";
  }
  return undefined;
}
