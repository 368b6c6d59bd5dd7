/**
 * `deno task compare A B`: what moved between two results, in standard errors.
 *
 * @module
 */
import { compareResults } from "../src/suite/report/compare_results.ts";
import { comparisonText } from "../src/suite/report/comparison_text.ts";
import { terminalColumns } from "../src/suite/report/terminal_columns.ts";
import { readSoundResults } from "../src/suite/runner/read_sound_results.ts";
import type { Results } from "../src/suite/runner/results.ts";
import type { Command } from "./lib/command.ts";
import { exitStatus, print, runCommand } from "./lib/command_line.ts";
import { resultsPath } from "./lib/results_path.ts";

const options = { json: { text: "print the comparison as JSON" } } as const;

const command: Command<typeof options> = {
  task: "compare",
  summary: "Say what moved between two results.json, in standard errors",
  operands: { usage: "A B", text: "two results.json, or folders that hold one", least: 2, most: 2 },
  options,
  example: "earlier/results.json out",
};

await runCommand(command, ({ options: { json }, operands: [a, b] }) => {
  const comparison = compareResults(sound(a!), sound(b!));
  print(
    json
      ? `${JSON.stringify(comparison, null, 1)}\n`
      : comparisonText(comparison, terminalColumns(Deno.stdout)),
  );
  return comparison.same ? exitStatus.ok : exitStatus.unexpected;
});

function sound(named: string): Results {
  return readSoundResults(resultsPath(named), "Cannot compare");
}
