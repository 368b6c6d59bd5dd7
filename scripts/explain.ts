/**
 * `deno task explain CELL`: what one number claims, how it is judged and why, and how to measure just it.
 *
 * @module
 */
import { reproductions } from "../reproductions/mod.ts";
import { UsageError } from "../src/errors.ts";
import { terminalColumns } from "../src/suite/report/terminal_columns.ts";
import type { Command } from "./lib/command.ts";
import { exitStatus, print, root, runCommand } from "./lib/command_line.ts";
import { explainCells, explanationText, listText } from "./lib/explanation.ts";
import { listCells, matchingCells } from "./lib/matching_cells.ts";
import { nearest } from "./lib/nearest.ts";

const options = { json: { text: "print all that is known as JSON" } } as const;

const command: Command<typeof options> = {
  task: "explain",
  summary: "Say what one cell claims, how it is judged and why",
  operands: {
    usage: "CELL",
    text: "a cell, a module/cell, or a glob, which lists its cells",
    least: 1,
    most: 1,
  },
  options,
  example: "scattering_energy/table1/J=3/m=1",
};

/** How many cells are suggested in place of one that is not there. */
const mostSuggestions = 3;

await runCommand(command, async ({ options: { json }, operands }) => {
  const text = operands[0]!;
  const cells = listCells(`${root}/golden`, reproductions.map(({ id }) => id));
  const found = matchingCells(text, cells);
  if (found.length === 0) {
    const near = nearest(
      text,
      [...cells.flatMap(({ module, cell }) => [cell, `${module}/${cell}`])],
      mostSuggestions,
    );
    throw new UsageError(
      `Unknown cell "${text}": ${near.length === 0 ? "" : `did you mean ${near.join(" or ")}? `}` +
        "deno task reproduce --list names them all",
    );
  }
  const explanations = await explainCells(found, `${root}/golden`);
  const columns = terminalColumns(Deno.stdout);
  print(
    json
      ? `${JSON.stringify(explanations, null, 1)}\n`
      : explanations.length === 1
      ? explanationText(explanations[0]!, columns)
      : listText(explanations, columns),
  );
  return exitStatus.ok;
});
