/**
 * `deno task fuzz`: tries the readers of files on many damaged ones, and prints the first file that breaks a promise.
 *
 * @module
 */
import { UsageError } from "../../src/errors.ts";
import type { FuzzReport } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";
import { watchedFuzz } from "./watched_fuzz.ts";
import { exitStatus, main, parseCommandLine, parseCount, print } from "../../scripts/lib/command_line.ts";

const usage = "deno task fuzz [TARGET ...] [--runs N] [--seed N]";

await main(async () => {
  const { flags, positionals } = parseCommandLine({
    runs: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  }, usage);
  const names = fuzzTargets.map(({ name }) => name);
  if (flags["help"]) {
    print(`${usage}\nTargets: ${names.join(", ")}\n`);
    return exitStatus.ok;
  }
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`Unknown target "${unknown}": it must be one of ${names.join(", ")}`);
  }
  const runs = parseCount("runs", String(flags["runs"]));
  const seed = parseCount("seed", String(flags["seed"]));
  print(row("target", "inputs", "accepted", "refused", "seconds", "inputs/s", "growth"));
  let sound = true;
  for (const name of positionals.length === 0 ? names : positionals) {
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
