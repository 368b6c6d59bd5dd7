import type { RandomStream } from "../../src/numeric/random/random_stream.ts";
import { damage, filesBelow } from "./damage.ts";
import { startRun } from "./run_process.ts";
import { newTally, type Tally } from "./tally.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";
import { measuredValues } from "./measured_values.ts";

/** What is computed on data that is damaged or taken away. */
export interface DataFaultOptions {
  /** The id of the reproduction. */
  readonly reproduction: string;
  /** What comes behind `deno task reproduce`, without data and output folder. */
  readonly args: readonly string[];
  /** A folder of one data set inside the data folder, such as `mnist`. */
  readonly dataset: string;
  /** The data folder; it is copied and stays as it is. */
  readonly data: string;
  /** A new folder to work in. */
  readonly folder: string;
  /** How often each fault is tried. */
  readonly times: number;
  readonly rng: RandomStream;
  readonly say: (line: string) => void;
}

/**
 * Damages files of a data set before a run, and takes the data set away in the middle of one.
 *
 * A damaged file is refused by name with exit status 3, or its content is what it was (a bit of a gzip header). After
 * the data is back, the same output folder gives the bits of an undisturbed run.
 */
export async function damageData(options: DataFaultOptions): Promise<Tally[]> {
  const { reproduction, dataset, data, folder, times, rng, say } = options;
  const copy = `${folder}/data`;
  const restore = () => {
    Deno.mkdirSync(`${copy}/${dataset}`, { recursive: true });
    for (const path of filesBelow(`${data}/${dataset}`)) {
      const target = `${copy}${path.slice(data.length)}`;
      Deno.mkdirSync(target.slice(0, target.lastIndexOf("/")), { recursive: true });
      Deno.copyFileSync(path, target);
    }
  };
  const start = (out: string) => startRun([...options.args, "--offline", "--data", copy, "--out", out]);
  const valuesIn = (out: string) => measuredValues(readResults(`${out}/results.json`), reproduction);

  restore();
  const started = performance.now();
  await start(`${folder}/undisturbed`).outcome;
  const elapsedMs = performance.now() - started;
  const expected = valuesIn(`${folder}/undisturbed`);

  const flips = newTally(`${dataset}: damaged file`);
  for (; flips.tried < times; flips.tried++) {
    const files = filesBelow(`${copy}/${dataset}`);
    const path = files[rng.integer(files.length)]!;
    const what = `${path}: ${damage(path, rng)}`;
    const out = `${folder}/flip-${flips.tried}`;
    const { status, stdout, stderr } = await start(out).outcome;
    say(`${what}: status ${status}`);
    if (status === 3 && `${stdout}${stderr}`.includes(path)) flips.refused++;
    else if (valuesIn(out) === expected) flips.same++;
    else flips.wrong.push(`${what}: status ${status}, and other values`);
    restore();
  }

  const removals = newTally(`${dataset}: folder removed during a run`);
  for (; removals.tried < times; removals.tried++) {
    const out = `${folder}/removed-${removals.tried}`;
    const run = start(out);
    const ms = Math.round(elapsedMs * rng.uniform());
    await new Promise((resolve) => setTimeout(resolve, ms));
    await Deno.remove(`${copy}/${dataset}`, { recursive: true });
    const { status, stdout, stderr } = await run.outcome;
    say(`${dataset} removed after ${ms} ms: status ${status}`);
    // Too early, and the run takes a stand-in and says so; the values of one are never those of the data.
    const named = status === 3 && `${stdout}${stderr}`.includes(dataset);
    if (!named && valuesIn(out) !== expected) {
      removals.wrong.push(`removed after ${ms} ms: status ${status}`);
    }
    restore();
    await start(out).outcome;
    if (valuesIn(out) === expected) removals.same++;
    else removals.wrong.push(`removed after ${ms} ms: other values once it was back`);
  }
  return [flips, removals];
}
