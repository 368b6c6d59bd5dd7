/**
 * A reproduction for the tests of the runner: six jobs, of which two need each cell `toy/even` and `toy/odd`, and
 * all `toy/all`. The seed count picks what goes wrong: 2 a job that fails, 3 one that gives NaN, 4 slow jobs; or what is
 * used: 5 two wide jobs, 6 a checkpoint. 7 is a disk that takes no more.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { Figure, FigureSource } from "../../figure.ts";
import type { Job, Measurement, Plan, Reproduction, RunContext } from "../../reproduction.ts";

type Parameters = { readonly i: number; readonly seeds: number };

/** The toy. */
export const reproduction: Reproduction<Parameters, number> = {
  id: "toy",
  paper: { title: "A toy", authors: ["Nobody"], year: 2026, venue: "tests" },
  datasets: [],
  seeds: { smoke: 1, standard: 1, full: 1 },
  expectedMinutes: { smoke: 0, standard: 0, full: 0 },
  jobs({ seeds }: Plan): Job<Parameters>[] {
    return Array.from({ length: 6 }, (_, i) => ({
      id: `job ${i}`,
      cells: ["toy/all", ...(i < 4 ? [i % 2 === 0 ? "toy/even" : "toy/odd"] : [])],
      inputs: [],
      parameters: { i, seeds },
      wide: seeds === 5 && i < 2,
    }));
  },
  async run({ parameters: { i, seeds } }: Job<Parameters>, context: RunContext): Promise<number> {
    if (seeds === 2 && i === 3) throw new RangeError("Cannot run job 3: this seed makes it fail");
    if (seeds === 3 && i === 3) return NaN;
    if (seeds === 7 && i === 5) throw new UsageError("Cannot write here: make room");
    if (seeds === 4) await new Promise((resolve) => setTimeout(resolve, 300));
    if (seeds === 5) {
      context.progress(0.5);
      return context.threads;
    }
    if (seeds === 6 && i === 3) return await countRuns(context);
    const shared = await context.artifact("shared", [], () => Uint8Array.of(7));
    return shared[0]! * context.rng("toy", i).normal();
  },
  measure(_cell: string, results: readonly number[]): Measurement {
    return { values: results };
  },
  figures({ results, cell }: FigureSource<number>): Figure[] {
    const odd = cell("toy/odd")?.measured ?? "not measured";
    const title = `${results.length} jobs, toy/odd ${odd}`;
    return [{ id: "jobs", title, caption: "What the jobs gave.", panels: [] }];
  },
};

/** Fails in its first run, and finds in the second what the first one kept. */
async function countRuns({ checkpoint, progress }: RunContext): Promise<number> {
  await Deno.writeTextFile(checkpoint, "x", { append: true });
  progress(0.4);
  const { length } = await Deno.readTextFile(checkpoint);
  if (length < 2) throw new Error("Cannot finish in one run: this seed needs two");
  return length;
}
