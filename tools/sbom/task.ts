/**
 * `deno task sbom [--out FILE]`: writes the software bill of materials, CycloneDX 1.6 in JSON.
 *
 * @module
 */
import { refuseSameFile } from "../../src/files/same_file.ts";
import { writeWhole } from "../../src/files/write_whole.ts";
import { billOfMaterials } from "./bill_of_materials.ts";
import type { Command } from "../../scripts/lib/command.ts";
import { exitStatus, print, root, runCommand, userPath } from "../../scripts/lib/command_line.ts";
import { lockedPackages } from "./locked_packages.ts";
import { packageManifest } from "./package_manifest.ts";
import { type ProjectConfig, runtimeImports } from "./runtime_imports.ts";

const options = {
  out: { value: "FILE", text: "where it goes", otherwise: "standard output", parse: userPath },
} as const;

const command: Command<typeof options> = {
  task: "sbom",
  summary: "Write the software bill of materials: CycloneDX 1.6 from deno.lock",
  options,
  example: "--out bill.json",
};

await runCommand(command, ({ options: { out } }) => {
  refuseSameFile([
    { name: "deno.json", path: `${root}/deno.json` },
    { name: "deno.lock", path: `${root}/deno.lock` },
    { name: "--out", path: out },
  ]);
  const config = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`)) as ProjectConfig;
  const bill = billOfMaterials({
    config,
    packages: lockedPackages(Deno.readTextFileSync(`${root}/deno.lock`)),
    runtime: runtimeImports(config, root),
    manifestOf: (locked) => packageManifest(locked, root),
  });
  if (out === undefined) print(bill);
  else writeWhole(out, bill);
  return exitStatus.ok;
});
