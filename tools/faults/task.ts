/**
 * `deno task faults`: kills runs, damages their caches and their data, fills the disk, interrupts tasks, and counts what became of it.
 *
 * @module
 */
import { randomStream } from "../../src/numeric/random/random_stream.ts";
import type { Command } from "../../scripts/lib/command.ts";
import {
  exitStatus,
  parseCount,
  parseProfile,
  parseWord,
  print,
  runCommand,
  say,
  userPath,
} from "../../scripts/lib/command_line.ts";
import { damageData } from "./damage_data.ts";
import { fillDisk } from "./fill_disk.ts";
import { interrupt } from "./interrupt.ts";
import {
  interruptibleAccept,
  interruptibleFetch,
  interruptibleReproduction,
  interruptibleScatter,
  interruptibleSinks,
} from "./interruptible.ts";
import { killReproduction } from "./kill_reproduction.ts";
import { type UndisturbedRun, undisturbedRun } from "./undisturbed_run.ts";
import { type Tally, tallyTable } from "./tally.ts";
import { loadReproductions } from "../../scripts/lib/load_reproductions.ts";

const kinds = ["kill", "disk", "data", "interrupt"] as const;

const options = {
  kind: {
    value: kinds.join("|"),
    text: "kind of fault; repeatable",
    otherwise: "all",
    repeatable: true,
    parse: parseWord(kinds),
  },
  profile: { value: "NAME", text: "profile of killed runs", default: "smoke", parse: parseProfile },
  times: { value: "N", text: "faults of each kind", default: "10", parse: parseCount },
  seed: { value: "N", text: "seed of the faults", default: "1", parse: parseCount },
  data: { value: "DIR", text: "real data, for data faults", otherwise: "none", parse: userPath },
  reference: {
    value: "RESULTS.json",
    text: "results without faults",
    otherwise: "one is run",
    parse: userPath,
  },
  out: { value: "DIR", text: "where the runs go", default: "out/faults", parse: userPath },
} as const;

const command: Command<typeof options> = {
  task: "faults",
  summary:
    "Kill and interrupt runs, damage their caches and data, fill the disk, and count what became of it",
  operands: {
    usage: "[MODULE ...]",
    text: "those to kill and interrupt (default: all)",
    least: 0,
    most: Infinity,
  },
  options,
  example: "scattering_energy --kind kill --times 3",
};

await runCommand(command, async ({ options, operands }) => {
  const { profile, times, seed, data, reference, out } = options;
  const chosen: readonly string[] = options.kind.length === 0 ? kinds : options.kind;
  const own = data === undefined ? [] : ["--data", data];
  const tallies: Tally[] = [];
  const expectedFor = (reproduction: string, args: readonly string[]): Promise<UndisturbedRun> =>
    undisturbedRun(reproduction, args, `${out}/undisturbed`, reference);

  if (chosen.includes("kill")) {
    for (const { reproduction: { id } } of await loadReproductions(operands)) {
      const args = [id, "--profile", profile, "--offline", ...own];
      const expected = await expectedFor(id, args);
      const rng = randomStream(`faults/kill/${id}`, seed);
      tallies.push(
        ...await killReproduction({
          ...expected,
          reproduction: id,
          args,
          out: `${out}/${id}`,
          kills: times,
          rng,
          say,
        }),
      );
    }
  }
  if (chosen.includes("disk")) {
    const reproduction = "scattering_energy";
    const args = [reproduction, "--profile", "smoke"];
    const { expected } = await undisturbedRun(reproduction, args, `${out}/undisturbed-disk`, undefined);
    const rng = randomStream("faults/disk", seed);
    const options = {
      reproduction,
      args,
      expected,
      folder: `${out}/disk`,
      times,
      largest: 500_000,
      rng,
      say,
    };
    tallies.push(await fillDisk(options));
  }
  if (chosen.includes("data") && data === undefined) {
    say("No data faults: name a folder with real data, --data DIR");
  } else if (chosen.includes("data")) {
    const reproduction = "mnist_scattering";
    const args = [reproduction, "--profile", "standard", "--cell", "table4/n=300/x/*"];
    const rng = randomStream("faults/data", seed);
    const folder = `${out}/data`;
    tallies.push(
      ...await damageData({ reproduction, args, dataset: "mnist", data: data!, folder, times, rng, say }),
    );
  }
  if (chosen.includes("interrupt")) {
    await Deno.mkdir(out, { recursive: true });
    const folder = await Deno.makeTempDir({ dir: out, prefix: "interrupt-" });
    const reproductions = await loadReproductions(operands);
    const commands = reproductions.map(({ reproduction: { id } }) =>
      interruptibleReproduction(id, ["--profile", profile, ...own])
    );
    if (operands.length === 0) {
      if (data !== undefined) commands.push(interruptibleFetch(data, "mnist"));
      commands.push(await interruptibleSinks(folder), await interruptibleAccept(folder));
      commands.push(await interruptibleScatter(folder, 4096));
    }
    for (const command of commands) {
      const rng = randomStream(`faults/interrupt/${command.name}`, seed);
      tallies.push(...await interrupt(command, { folder: `${folder}/runs`, times, rng, say }));
      await Deno.remove(`${folder}/runs`, { recursive: true });
    }
  }
  print(tallyTable(tallies));
  const isClean = tallies.every(({ wrong, lost }) => wrong.length === 0 && lost === 0);
  return isClean ? exitStatus.ok : exitStatus.unexpected;
});
