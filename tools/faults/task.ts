/**
 * `deno task faults`: kills runs, damages their caches and their data, fills the disk, and counts what became of it.
 *
 * @module
 */
import { randomStream } from "../../src/numeric/random/random_stream.ts";
import {
  exitStatus,
  main,
  parseCommandLine,
  parseCount,
  parseProfile,
  print,
  say,
  userPath,
} from "../../scripts/lib/command_line.ts";
import { UsageError } from "../../src/errors.ts";
import { damageData } from "./damage_data.ts";
import { fillDisk } from "./fill_disk.ts";
import { killReproduction } from "./kill_reproduction.ts";
import { type UndisturbedRun, undisturbedRun } from "./undisturbed_run.ts";
import { type Tally, tallyTable } from "./tally.ts";
import { loadReproductions } from "../../scripts/lib/load_reproductions.ts";

const kinds = ["kill", "disk", "data"];
const usage =
  "deno task faults [MODULE ...] [--kind kill|disk|data] [--profile smoke|standard] [--times N] " +
  "[--seed N] [--data DIR] [--reference RESULTS.json] [--out DIR]";

await main(async () => {
  const { flags, positionals } = parseCommandLine({
    kind: { type: "string", multiple: true, default: kinds },
    profile: { type: "string", default: "smoke" },
    times: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    data: { type: "string" },
    reference: { type: "string" },
    out: { type: "string", default: "out/faults" },
  }, usage);
  const path = (name: string) => flags[name] === undefined ? undefined : userPath(flags[name] as string);
  const chosen = flags["kind"] as string[];
  const unknown = chosen.find((kind) => !kinds.includes(kind));
  if (unknown !== undefined) {
    throw new UsageError(`Unknown kind of fault "${unknown}": it must be one of ${kinds.join(", ")}`);
  }
  const profile = parseProfile(flags["profile"] as string);
  const times = parseCount("times", flags["times"] as string);
  const seed = parseCount("seed", flags["seed"] as string);
  const out = path("out")!;
  const data = path("data");
  const own = data === undefined ? [] : ["--data", data];
  const tallies: Tally[] = [];
  const expectedFor = (reproduction: string, args: readonly string[]): Promise<UndisturbedRun> =>
    undisturbedRun(reproduction, args, `${out}/undisturbed`, path("reference"));

  if (chosen.includes("kill")) {
    for (const { reproduction: { id } } of await loadReproductions(positionals)) {
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
  print(tallyTable(tallies));
  const isClean = tallies.every(({ wrong, lost }) => wrong.length === 0 && lost === 0);
  return isClean ? exitStatus.ok : exitStatus.unexpected;
});
