/**
 * `deno task sbom [--out FILE]`: writes the software bill of materials, CycloneDX 1.6 in JSON.
 *
 * @module
 */
import { UsageError } from "../../src/errors.ts";
import { cannotWrite } from "../../src/files/cannot_write.ts";
import { billOfMaterials } from "./bill_of_materials.ts";
import { exitStatus, main, parseCommandLine, print, root, userPath } from "../../scripts/lib/command_line.ts";
import { lockedPackages } from "./locked_packages.ts";
import { packageManifest } from "./package_manifest.ts";
import { type ProjectConfig, runtimeImports } from "./runtime_imports.ts";

await main(() => {
  const usage = "deno task sbom [--out FILE]";
  const { flags, positionals } = parseCommandLine({ out: { type: "string" } }, usage);
  if (positionals.length > 0) throw new UsageError(`Cannot take "${positionals[0]}": usage: ${usage}`);
  const config = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`)) as ProjectConfig;
  const bill = billOfMaterials({
    config,
    packages: lockedPackages(Deno.readTextFileSync(`${root}/deno.lock`)),
    runtime: runtimeImports(config, root),
    manifestOf: (locked) => packageManifest(locked, root),
  });
  if (flags["out"] === undefined) print(bill);
  else write(userPath(flags["out"] as string), bill);
  return exitStatus.ok;
});

function write(path: string, text: string): void {
  try {
    Deno.writeTextFileSync(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
