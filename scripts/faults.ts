/**
 * `deno task faults`: kills runs, damages their caches and their data, fills the disk, and counts what became of it.
 *
 * @module
 */
import { randomStream } from "../src/random/random_stream.ts";
import {
  exitStatus,
  main,
  parseCommandLine,
  parseCount,
  parseProfile,
  print,
  say,
  userPath,
} from "./command_line.ts";
import { UsageError } from "../src/errors.ts";
import { damageData } from "./faults/damage_data.ts";
import { fillDisk } from "./faults/fill_disk.ts";
import { killModule } from "./faults/kill_module.ts";
import { type Expected, expectedOf } from "./faults/expected_of.ts";
import { type Tally, tallyTable } from "./faults/tally.ts";
import { loadModules } from "./modules.ts";

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
  const expectedFor = (module: string, args: readonly string[]): Promise<Expected> =>
    expectedOf(module, args, `${out}/undisturbed`, path("reference"));

  if (chosen.includes("kill")) {
    for (const { reproduction: { id } } of await loadModules(positionals)) {
      const args = [id, "--profile", profile, "--offline", ...own];
      const expected = await expectedFor(id, args);
      const rng = randomStream(`faults/kill/${id}`, seed);
      tallies.push(
        ...await killModule({ ...expected, module: id, args, out: `${out}/${id}`, kills: times, rng, say }),
      );
    }
  }
  if (chosen.includes("disk")) {
    const module = "scattering_energy";
    const args = [module, "--profile", "smoke"];
    const { expected } = await expectedOf(module, args, `${out}/undisturbed-disk`, undefined);
    const rng = randomStream("faults/disk", seed);
    const options = { module, args, expected, folder: `${out}/disk`, times, largest: 500_000, rng, say };
    tallies.push(await fillDisk(options));
  }
  if (chosen.includes("data") && data === undefined) {
    say("No data faults: name a folder with real data, --data DIR");
  } else if (chosen.includes("data")) {
    const module = "mnist_scattering";
    const args = [module, "--profile", "standard", "--cell", "table4/n=300/x/*"];
    const rng = randomStream("faults/data", seed);
    const folder = `${out}/data`;
    tallies.push(
      ...await damageData({ module, args, dataset: "mnist", data: data!, folder, times, rng, say }),
    );
  }
  print(tallyTable(tallies));
  const isClean = tallies.every(({ wrong, lost }) => wrong.length === 0 && lost === 0);
  return isClean ? exitStatus.ok : exitStatus.unexpected;
});
