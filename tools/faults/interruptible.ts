/**
 * The commands that are interrupted, and what each must have written in the end.
 *
 * @module
 */
import { writeNpy } from "../../src/data/readers/npy/write_npy.ts";
import { randomStream } from "../../src/numeric/random/random_stream.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";
import { writeModelFolder } from "../../src/transformers/formats/test_helpers.ts";
import { tinyConfig } from "../../src/transformers/model/tiny_config.ts";
import { root } from "../../scripts/lib/command_line.ts";
import { filesBelow } from "./damage.ts";
import { measuredValues } from "./measured_values.ts";
import { type RunOutcome, startRun } from "./run_process.ts";

/** A command that is interrupted. */
export interface Interruptible {
  /** What it is called in the table. */
  readonly name: string;
  readonly task: string;
  /** The project whose task it is; by default this one. */
  readonly project?: string;
  /** Its arguments, with a new folder that it may write to. */
  args(folder: string): readonly string[];
  /** Its exit status where it is let alone. */
  readonly status: number;
  /** Puts back what a run changes outside its folder. */
  reset?(): Promise<void>;
  /** The folder that it writes to, where that is not its own. */
  readonly writes?: string;
  /** What it gave: equal where two runs gave the same bits. */
  result(folder: string, outcome: RunOutcome): Promise<string>;
}

/** `deno task scatter` on one large image of random pixels. */
export async function interruptibleScatter(folder: string, side: number): Promise<Interruptible> {
  const input = `${folder}/image.npy`;
  const rng = randomStream("faults/interrupt/scatter", 1);
  const image = Float32Array.from({ length: side * side }, () => rng.uniform());
  await Deno.writeFile(input, writeNpy(image, [side, side]));
  return {
    name: `scatter, ${side} x ${side}`,
    task: "scatter",
    args: (
      own,
    ) => [input, `${own}/out.npy`, "--J", "5", "--L", "1", "--max-order", "1", "--meta", `${own}/meta.json`],
    status: 0,
    result: digestOfFiles,
  };
}

/** `deno task reproduce` of one reproduction. */
export function interruptibleReproduction(id: string, args: readonly string[]): Interruptible {
  return {
    name: `reproduce ${id}`,
    task: "reproduce",
    args: (own) => [id, ...args, "--offline", "--out", own],
    status: 0,
    result: (own) => Promise.resolve(measuredValues(readResults(`${own}/results.json`), id)),
  };
}

/** `deno task sinks` on a model of two layers. */
export async function interruptibleSinks(folder: string): Promise<Interruptible> {
  const model = `${folder}/model`;
  await Deno.mkdir(model, { recursive: true });
  await writeModelFolder(model, tinyConfig("qwen2"), { type: "BF16", shards: 2 });
  const prompt = `${folder}/prompt.txt`;
  await Deno.writeTextFile(prompt, "a cat, a dog. is it?\nyes, it is.");
  return {
    name: "sinks",
    task: "sinks",
    args: () => ["--model", model, "--prompt", prompt, "--json"],
    status: 0,
    result: (_, { stdout }) => Promise.resolve(stdout),
  };
}

/** `deno task fetch-data` where the data set lies already: every file is read and checked. */
export function interruptibleFetch(data: string, id: string): Interruptible {
  return {
    name: `fetch-data ${id}`,
    task: "fetch-data",
    args: () => [id, "--data", data],
    status: 0,
    result: (_, { stdout }) => Promise.resolve(stdout),
  };
}

/** `deno task accept` in a copy of this project, which has no baselines. */
export async function interruptibleAccept(folder: string): Promise<Interruptible> {
  const [id, profile, results] = ["scattering_energy", "smoke", `${folder}/accepted`] as const;
  await startRun([id, "--profile", profile, "--out", results]).outcome;
  const project = `${folder}/project`;
  const baseline = `${project}/golden/baseline`;
  await Deno.mkdir(baseline, { recursive: true });
  for await (const { name } of Deno.readDir(root)) {
    if (name !== "golden") await Deno.symlink(`${root}/${name}`, `${project}/${name}`);
  }
  for await (const { name, isFile } of Deno.readDir(`${root}/golden`)) {
    if (isFile) await Deno.copyFile(`${root}/golden/${name}`, `${project}/golden/${name}`);
  }
  return {
    name: "accept",
    task: "accept",
    project,
    args: () => [id, "--profile", profile, "--out", results],
    status: 0,
    reset: () => Deno.remove(`${baseline}/smoke`, { recursive: true }).catch(() => {}),
    writes: baseline,
    result: () => digestOfFiles(baseline),
  };
}

async function digestOfFiles(folder: string): Promise<string> {
  const lines = filesBelow(folder).map(async (path) => {
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
    return `${path.slice(folder.length)} ${new Uint8Array(digest).toHex()}`;
  });
  return (await Promise.all(lines)).join("\n");
}
