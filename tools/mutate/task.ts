/**
 * `deno task mutate`: breaks the numeric code in one place after the other, in a copy, and shows that a test fails each time.
 *
 * @module
 */
import { UsageError } from "../../src/errors.ts";
import { markdownTable } from "../../src/suite/report/markdown_table.ts";
import {
  exitStatus,
  main,
  parseCommandLine,
  parseCount,
  print,
  say,
} from "../../scripts/lib/command_line.ts";
import { listMutants, type Mutant } from "./list_mutants.ts";
import { type TestOutcome, WorkingCopy } from "./working_copy.ts";

const usage = "deno task mutate [PART OF A PATH ...] [--jobs N] [--limit SECONDS]";

/** What became of a fault. */
interface Fate extends TestOutcome {
  readonly seconds: number;
}

await main(async () => {
  const { flags, positionals } = parseCommandLine({
    jobs: { type: "string", default: "2" },
    limit: { type: "string", default: "120" },
  }, usage);
  const jobs = parseCount("jobs", flags["jobs"] as string);
  const limit = parseCount("limit", flags["limit"] as string) * 1000;
  const mutants = listMutants().filter(({ file }) =>
    positionals.length === 0 || positionals.some((part) => file.includes(part))
  );
  if (mutants.length === 0) throw new UsageError(`No fault is in a file of that name: usage: ${usage}`);
  const copies = Array.from({ length: Math.min(jobs, mutants.length) }, () => new WorkingCopy());
  try {
    const tests = [...new Set(mutants.flatMap(({ tests }) => tests))];
    say(`${mutants.length} faults; first the ${tests.length} test files without one`);
    const { state, detail } = await copies[0]!.test(tests);
    if (state !== "passed") {
      say(`Cannot count faults that tests notice: without one they must pass: ${detail}`);
      return exitStatus.unexpected;
    }
    const fates = await fatesOf(mutants, copies, limit);
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
