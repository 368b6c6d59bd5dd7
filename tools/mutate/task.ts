/**
 * `deno task mutate`: breaks the numeric code in one place after the other, in a copy, and shows that a test fails each time.
 *
 * @module
 */
import { UsageError } from "../../src/errors.ts";
import { markdownTable } from "../../src/suite/report/markdown_table.ts";
import type { Command } from "../../scripts/lib/command.ts";
import { exitStatus, parseCount, print, runCommand, say } from "../../scripts/lib/command_line.ts";
import { listMutants, type Mutant } from "./list_mutants.ts";
import { type TestOutcome, WorkingCopy } from "./working_copy.ts";

const options = {
  jobs: { value: "N", text: "copies that are tested side by side", default: "2", parse: parseCount },
  limit: { value: "SECONDS", text: "a test that takes longer hangs", default: "120", parse: parseCount },
} as const;

const command: Command<typeof options> = {
  task: "mutate",
  summary: "Break the code, one place at a time, and show that a test fails",
  operands: {
    usage: "[PART ...]",
    text: "parts of the paths of files (default: all)",
    least: 0,
    most: Infinity,
  },
  options,
  example: "src/numeric --jobs 1",
};

/** What became of a fault. */
interface Fate extends TestOutcome {
  readonly seconds: number;
}

await runCommand(command, async ({ options: { jobs, limit }, operands }) => {
  const mutants = listMutants().filter(({ file }) =>
    operands.length === 0 || operands.some((part) => file.includes(part))
  );
  if (mutants.length === 0) {
    throw new UsageError(
      `No fault is in a file with "${operands.join('" or "')}" in its path: name another part`,
    );
  }
  const copies = Array.from({ length: Math.min(jobs, mutants.length) }, () => new WorkingCopy());
  try {
    const tests = [...new Set(mutants.flatMap(({ tests }) => tests))];
    say(`${mutants.length} faults; first the ${tests.length} test files without one`);
    const { state, detail } = await copies[0]!.test(tests);
    if (state !== "passed") {
      say(`Cannot count faults that tests notice: without one they must pass: ${detail}`);
      return exitStatus.unexpected;
    }
    const fates = await fatesOf(mutants, copies, limit * 1000);
    print(tableOf(mutants, fates));
    return fates.every(isKilled) ? exitStatus.ok : exitStatus.unexpected;
  } finally {
    for (const copy of copies) copy[Symbol.dispose]();
  }
});

/** Each copy takes the next mutant when it is free. */
async function fatesOf(
  mutants: readonly Mutant[],
  copies: readonly WorkingCopy[],
  limit: number,
): Promise<Fate[]> {
  const fates: Fate[] = [];
  let next = 0;
  await Promise.all(copies.map(async (copy) => {
    while (next < mutants.length) {
      const i = next++;
      const { file, line } = mutants[i]!;
      const start = Date.now();
      const outcome = await copy.testWith(mutants[i]!, limit);
      const fate = { ...outcome, seconds: (Date.now() - start) / 1000 };
      fates[i] = fate;
      say(`${verdict(fate)} ${file}:${line}${outcome.state === "broken" ? `: ${outcome.detail}` : ""}`);
    }
  }));
  return fates;
}

/** A mutant that hangs is noticed, too; one that no test could meet is not. */
function isKilled({ state }: TestOutcome): boolean {
  return state === "failed" || state === "hung";
}

function verdict(outcome: TestOutcome): string {
  if (outcome.state === "broken") return "BROKEN";
  return isKilled(outcome) ? "killed" : "SURVIVED";
}

function tableOf(mutants: readonly Mutant[], fates: readonly Fate[]): string {
  const rows = fates.map((fate, i) => {
    const { file, line, kind, original, mutated } = mutants[i]!;
    const by = isKilled(fate) ? fate.detail : "";
    return [`${file}:${line}`, kind, original, mutated, verdict(fate), by, fate.seconds.toFixed(1)];
  });
  const header = ["place", "kind", "original", "mutated", "verdict", "killed by", "seconds"];
  const killed = fates.filter(isKilled).length;
  return `${markdownTable(header, rows).join("\n")}\n\n${killed} of ${fates.length} faults were noticed\n`;
}
