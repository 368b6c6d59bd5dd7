/**
 * `deno task determinism`: runs a profile in every way that must change no bit, and says where it did.
 *
 * @module
 */
import type { Command } from "../../scripts/lib/command.ts";
import {
  exitStatus,
  parseProfile,
  print,
  runCommand,
  say,
  userPath,
} from "../../scripts/lib/command_line.ts";
import {
  fastMode,
  firstDifference,
  olderProcessor,
  otherCompilers,
  otherPlace,
  runShards,
  runVaried,
  type Variation,
} from "./determinism_runs.ts";
import type { Results } from "../../src/suite/runner/results.ts";

const options = {
  profile: { value: "NAME", text: "smoke, standard, full or authors", default: "smoke", parse: parseProfile },
  data: { value: "DIR", text: "data folder", otherwise: "$REPRODUCE_DATA, else ./data", parse: userPath },
  out: { value: "DIR", text: "where the runs go", default: "out/determinism", parse: userPath },
} as const;

const command: Command<typeof options> = {
  task: "determinism",
  summary: "Run a profile in every way that must change no bit",
  operands: { usage: "[MODULE ...]", text: "reproductions (default: all)", least: 0, most: Infinity },
  options,
  example: "scattering_energy --profile smoke",
};

const variations: Readonly<Record<string, Variation>> = {
  "1 thread": { threads: 1 },
  "2 threads": { threads: 2 },
  "4 threads": { threads: 4 },
  "older processor": olderProcessor,
  "other place": otherPlace,
  "other compilers": otherCompilers,
  "fast": fastMode,
};

await runCommand(command, async ({ options: { profile, data, out }, operands }) => {
  const args = [...operands, "--profile", profile, ...(data === undefined ? [] : ["--data", data])];
  // Nothing of an earlier comparison may be taken from a cache.
  await Deno.mkdir(out, { recursive: true });
  const fresh = await Deno.makeTempDir({ dir: out, prefix: "runs-" });

  const runs: [string, Results][] = [];
  for (const [name, variation] of Object.entries(variations)) {
    say(name);
    runs.push([name, await runVaried(args, `${fresh}/${name.replaceAll(" ", "-")}`, variation)]);
  }
  say("shards, one killed");
  const shards = [{ threads: 1 }, { threads: 2 }, { threads: 3 }];
  runs.push(["shards, one killed", await runShards(args, `${fresh}/shards`, shards)]);

  const [[, reference], ...others] = runs as [[string, Results], ...[string, Results][]];
  const differences = reference.modules.map((reproduction) =>
    others.map(([, { modules }]) =>
      firstDifference(reproduction, modules.find(({ id }) => id === reproduction.id)!)
    )
  );
  const heading = ["reproduction", "digest", "accepted", ...others.map(([name]) => name)];
  const rows = reference.modules.map(({ id, digest, digestVerdict }, i) => [
    id,
    digest,
    digestVerdict,
    ...differences[i]!.map((cell) => cell === null ? "same" : `differs: ${cell}`),
  ]);
  print([heading, heading.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join(""));
  await Deno.remove(fresh, { recursive: true });
  const unexpected = differences.flat().some((cell) => cell !== null) ||
    reference.modules.some(({ digestVerdict }) => digestVerdict === "moved");
  return unexpected ? exitStatus.unexpected : exitStatus.ok;
});
