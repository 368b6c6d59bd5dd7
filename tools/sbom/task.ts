/**
 * `deno task sbom [--out FILE]`: writes the software bill of materials, CycloneDX 1.6 in JSON.
 *
 * @module
 */
import { cannotWrite } from "../../src/files/cannot_write.ts";
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
  const config = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`)) as ProjectConfig;
  const bill = billOfMaterials({
    config,
    packages: lockedPackages(Deno.readTextFileSync(`${root}/deno.lock`)),
    runtime: runtimeImports(config, root),
    manifestOf: (locked) => packageManifest(locked, root),
  });
  if (out === undefined) print(bill);
  else write(out, bill);
  return exitStatus.ok;
});

function write(path: string, text: string): void {
  try {
    Deno.writeTextFileSync(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
